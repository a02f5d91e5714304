const heard = new Set<(paths: string[]) => void>();

export function whenDropped(tell: (paths: string[]) => void): () => void {
  heard.add(tell);
  return () => heard.delete(tell);
}

/** Drops files on the window. */
export function drop(...paths: string[]): void {
  for (const tell of heard) tell(paths);
}
