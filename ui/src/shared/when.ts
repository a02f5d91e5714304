/** How times are said: short, and in the words one would use at a stall. Stored times are UTC; these are the laptop's. */

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const dayOfYear = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
});

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "14:05", "yesterday 14:05", "3 Nov 14:05", "3 Nov 2025 14:05". */
export function timeOf(at: string, now: Date = new Date()): string {
  const then = new Date(at);
  if (Number.isNaN(then.getTime())) return "";
  const time = clock.format(then);
  const days = Math.round((startOfDay(now) - startOfDay(then)) / DAY);
  if (days === 0) return time;
  if (days === 1) return `yesterday ${time}`;
  if (days === -1) return `tomorrow ${time}`;
  const date = then.getFullYear() === now.getFullYear() ? day : dayOfYear;
  return `${date.format(then)} ${time}`;
}

/** As {@link timeOf}, without the hour where it was another year: for a narrow column. */
export function shortOf(at: string, now: Date = new Date()): string {
  const isThisYear = new Date(at).getFullYear() === now.getFullYear();
  return isThisYear ? timeOf(at, now) : dateOf(at);
}

/** "3 Nov 2025". */
export function dateOf(at: string): string {
  const then = new Date(at);
  return Number.isNaN(then.getTime()) ? "" : dayOfYear.format(then);
}

/** "just now", "5 minutes ago", "3 hours ago", "yesterday", "12 days ago". */
export function agoOf(at: string, now: Date = new Date()): string {
  const past = now.getTime() - new Date(at).getTime();
  if (past < MINUTE) return "just now";
  if (past < HOUR) return counted(past / MINUTE, "minute");
  if (past < DAY) return counted(past / HOUR, "hour");
  return past < 2 * DAY ? "yesterday" : counted(past / DAY, "day");
}

/** "a few seconds left", "about 40 seconds left", "about 3 minutes left"; nothing where it is not known. */
export function leftOf(seconds: number | null): string {
  if (seconds === null) return "";
  if (seconds < 10) return "a few seconds left";
  if (seconds < 90) return `about ${Math.ceil(seconds / 10) * 10} seconds left`;
  return `about ${Math.round(seconds / 60)} minutes left`;
}

function counted(amount: number, unit: string): string {
  const whole = Math.floor(amount);
  return `${whole} ${unit}${whole === 1 ? "" : "s"} ago`;
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
