/** Where in the open campaign the window is: kept in the address's hash, so that links are links. */
export const PLACES = [
  { name: "Capture", path: "capture" },
  { name: "People", path: "people" },
  { name: "Texts", path: "texts" },
  { name: "Inbox", path: "inbox" },
  { name: "In and out", path: "lists" },
  { name: "Settings", path: "settings" },
] as const;

export type Path = (typeof PLACES)[number]["path"];

class Place {
  #parts = $state.raw<string[]>(partsOf(location.hash));

  constructor() {
    window.addEventListener("hashchange", () => (this.#parts = partsOf(location.hash)));
  }

  get path(): Path {
    return PLACES.find(({ path }) => path === this.#parts[0])?.path ?? "capture";
  }

  /** The page within the place, as Settings has several. */
  get page(): string | undefined {
    return this.#parts[1];
  }

  /** What is open within the place: a person, a thread. */
  get open(): string | undefined {
    const part = this.#parts[1];
    if (!part) return undefined;
    try {
      return decodeURIComponent(part);
    } catch {
      // An address that nobody but a hand at the keyboard makes.
      return undefined;
    }
  }

  go(path: Path): void {
    location.hash = `#/${path}`;
  }
}

function partsOf(hash: string): string[] {
  return hash.replace(/^#\/?/, "").split("/");
}

export const place = new Place();
