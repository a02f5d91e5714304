const figures = new Intl.NumberFormat("en-GB");

/** "1,204". */
export function figure(count: number): string {
  return figures.format(count);
}

/** "1 person", "12 people". */
export function counted(count: number, one: string, many: string): string {
  return `${figure(count)} ${count === 1 ? one : many}`;
}
