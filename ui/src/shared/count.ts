const figures = new Intl.NumberFormat("en-GB");

/** "1,204". */
export function figure(count: number): string {
  return figures.format(count);
}

/** "1 person", "12 people". */
export function counted(count: number, one: string, many: string): string {
  return `${figure(count)} ${count === 1 ? one : many}`;
}

/** "640 kB", "4.8 MB". */
export function sizeOf(bytes: number): string {
  if (bytes < 1_000_000) return `${figure(Math.max(1, Math.round(bytes / 1_000)))} kB`;
  return `${figure(Math.round(bytes / 100_000) / 10)} MB`;
}
