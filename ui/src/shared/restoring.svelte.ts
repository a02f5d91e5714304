import { core, type Restored } from "../api";
import { Trying } from "./trying.svelte";

/**
 * A backup on its way into the vault's place. The campaign is closed for it, so it is begun on one screen and ends at
 * the unlock screen: that one shows how far it is and says what came of it.
 */
class Restoring extends Trying {
  said = $state.raw<Restored | null>(null);

  async restore(path: string, passphrase: string | null): Promise<void> {
    this.said = null;
    this.said = (await this.run(() => core.restore(path, passphrase))) ?? null;
  }

  /** The same where the vault is damaged: what can be read of it is added. Without a path, the newest good backup. */
  async salvage(path: string | null, passphrase: string): Promise<void> {
    this.said = null;
    this.said = (await this.run(() => core.salvage(path, passphrase))) ?? null;
  }

  /** The vault is open again: nothing of it is said any more. */
  forget(): void {
    this.said = this.failure = null;
  }
}

export const restoring = new Restoring();
