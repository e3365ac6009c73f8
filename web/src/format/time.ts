const CLOCK = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

const DAY = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

const FULL = new Intl.DateTimeFormat(undefined, {
  dateStyle: "medium",
  timeStyle: "medium",
  hourCycle: "h23",
});

/** The time of day in the reader's zone. */
export function clock(timestamp: string): string {
  return format(CLOCK, timestamp);
}

export function day(timestamp: string): string {
  return format(DAY, timestamp);
}

/** Date and time with milliseconds. */
export function fullTime(timestamp: string): string {
  const text = format(FULL, timestamp);
  const milliseconds = /\.(\d{3})Z$/.exec(timestamp)?.[1];
  return milliseconds === undefined ? text : `${text}.${milliseconds}`;
}

/** Milliseconds since 1970; NaN for what is no time. */
export function millis(timestamp: string): number {
  return Date.parse(timestamp);
}

function format(how: Intl.DateTimeFormat, timestamp: string): string {
  const at = millis(timestamp);
  return Number.isNaN(at) ? timestamp : how.format(at);
}
