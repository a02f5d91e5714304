import {
  core,
  refusal,
  whenChanged,
  whenHarmed,
  whenLocked,
  type CampaignView,
  type Refused,
  type Scene,
} from "../api";
import { place } from "./place.svelte";

/** What the window shows as a whole: first run, locked, unopenable, or a campaign. */
class SceneNow {
  current = $state.raw<Scene | null>(null);
  failure = $state.raw<Refused | null>(null);
  /** The vault was damaged while it was open: so it is until somebody has closed it and seen to it. */
  harmed = $state(false);

  #looks = 0;

  /** Asks how things stand; only the newest look counts, however late an older one is answered. */
  look = async (): Promise<void> => {
    const look = ++this.#looks;
    try {
      const seen = await core.scene();
      if (look !== this.#looks) return;
      this.current = seen;
      this.failure = null;
    } catch (thrown) {
      if (look === this.#looks) this.failure = refusal(thrown);
    }
  };

  open(campaign: CampaignView): void {
    this.#looks += 1;
    this.harmed = false;
    place.go("capture");
    this.current = { at: "open", campaign };
  }

  /** Starts to follow the core's locks and changes. Returns how to stop. */
  follow(): () => void {
    void this.look();
    const stops = [
      whenLocked(() => {
        if (this.current?.at === "open" || this.current?.at === "flipped") void this.look();
      }),
      whenHarmed(() => {
        if (this.current?.at === "open" || this.current?.at === "flipped") this.harmed = true;
      }),
      whenChanged(["campaign"], () => {
        if (this.current?.at === "open") void this.look();
      }),
      whenChanged(["locked"], () => {
        if (this.current?.at === "open" || this.current?.at === "flipped") void this.look();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }
}

export const scene = new SceneNow();
