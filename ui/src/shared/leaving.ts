/** What must be put away safely before the window locks: half-filled forms register themselves here. */
const putAway = new Set<() => Promise<void>>();

/** Registers what to do before leaving. Returns how to take it back. */
export function beforeLeaving(settle: () => Promise<void>): () => void {
  putAway.add(settle);
  return () => putAway.delete(settle);
}

/** Waits until everything half done is kept; throws where something could not be. */
export async function settle(): Promise<void> {
  await Promise.all([...putAway].map((each) => each()));
}
