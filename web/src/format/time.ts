const CLOCK = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

const DAY = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

const DAY_AND_MONTH = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });

const FULL = new Intl.DateTimeFormat(undefined, {
  dateStyle: "medium",
  timeStyle: "medium",
  hourCycle: "h23",
});

/** The time of day in the reader's zone. */
export const clock = bySecond(CLOCK);

export function day(timestamp: string): string {
  return format(DAY, timestamp);
}

/** The day in a few letters, in the reader's zone. */
export const dayAndMonth = bySecond(DAY_AND_MONTH);

const full = bySecond(FULL);

/** Date and time with milliseconds. */
export function fullTime(timestamp: string): string {
  const text = full(timestamp);
  const milliseconds = /\.(\d{3})Z$/.exec(timestamp)?.[1];
  return milliseconds === undefined ? text : `${text}.${milliseconds}`;
}

/** Milliseconds since 1970; NaN for what is no time. */
export function millis(timestamp: string): number {
  return Date.parse(timestamp);
}

/** Rows that follow each other are often of one second, and formatting a time is slow. */
function bySecond(how: Intl.DateTimeFormat): (timestamp: string) => string {
  let last = { second: "", text: "" };
  return (timestamp) => {
    const second = timestamp.slice(0, 19);
    if (second !== last.second || second === "") last = { second, text: format(how, timestamp) };
    return last.text;
  };
}

function format(how: Intl.DateTimeFormat, timestamp: string): string {
  const at = millis(timestamp);
  return Number.isNaN(at) ? timestamp : how.format(at);
}
