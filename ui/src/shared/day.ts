/** "2026-11-25" of what people type for a day: "25/11/2026", "25.11.26", "2026-11-25"; null where it is no day. */
export function dayOf(typed: string): string | null {
  const parts = typed.trim().split(/[/.\s-]+/);
  if (parts.length !== 3 || parts.some((part) => !/^\d+$/.test(part))) return null;
  const [first = "", month = "", last = ""] = parts;
  const [year, day] = first.length === 4 ? [first, last] : [last, first];
  const whole = year.length === 2 ? `20${year}` : year;
  const date = new Date(Date.UTC(Number(whole), Number(month) - 1, Number(day)));
  const isDay =
    whole.length === 4 &&
    date.getUTCMonth() === Number(month) - 1 &&
    date.getUTCDate() === Number(day);
  return isDay ? date.toISOString().slice(0, 10) : null;
}
