import { listen } from "@tauri-apps/api/event";

/** Tells the paths of files that are dropped on the window. Returns how to stop. */
export function whenDropped(tell: (paths: string[]) => void): () => void {
  const unlisten = listen<{ paths: string[] }>("tauri://drag-drop", ({ payload }) => {
    tell(payload.paths);
  });
  return () => {
    void unlisten.then((stop) => stop());
  };
}
