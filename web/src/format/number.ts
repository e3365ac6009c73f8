const WHOLE = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const ONE_DECIMAL = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const SHORT = new Intl.NumberFormat(undefined, { notation: "compact", maximumFractionDigits: 1 });
const PERCENT = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 0 });

export const whole = (value: number): string => WHOLE.format(value);
export const decimal = (value: number): string => ONE_DECIMAL.format(value);

/** In few characters: `1.2K`. */
export const short = (value: number): string => SHORT.format(value);

/** A share of 0..1 in percent. */
export const percent = (share: number): string => PERCENT.format(share);

/** In kB or MB of a thousand. */
export function byteCount(bytes: number): string {
  if (bytes < 1_000) return `${whole(bytes)} B`;
  return bytes < 1_000_000 ? `${decimal(bytes / 1_000)} kB` : `${decimal(bytes / 1_000_000)} MB`;
}

/** `1 session`, `2 sessions`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${whole(count)} ${count === 1 ? noun : plural}`;
}
