/** A machine that starts with a different page cache than the snapshot's, since no cell may depend on it. */
import type { CheckpointId } from '../../src/machine/checkpoints.ts';
import { LocalMachine } from '../../src/machine/local-machine.ts';
import type { MachineEffects } from '../../src/machine/load-machine.ts';

/** The command for a clean start, by the page cache that it leaves. */
const preparations = {
  empty: 'echo 3 > /proc/sys/vm/drop_caches',
  // If it read all of /usr, no memory would be free, and the kernel would have to evict pages for each command.
  full: 'cat /usr/bin/* 2> /dev/null | head -c 40M > /dev/null',
};
export type PageCache = keyof typeof preparations;
export const pageCaches = Object.keys(preparations) as PageCache[];

const MAX_MS = 300_000;

/** Its reset leads to the snapshot's state with this page cache. */
export class CachedMachine extends LocalMachine {
  readonly #command: string;
  #prepared: CheckpointId | undefined;

  constructor(effects: MachineEffects, pageCache: PageCache) {
    super(effects);
    this.#command = preparations[pageCache];
  }

  override async reset(): Promise<void> {
    await super.reset();
    if (this.#prepared !== undefined && (await this.returnTo(this.#prepared))) return;
    const session = 'page-cache';
    const { status } = await this.run({ session, command: this.#command, timeout: MAX_MS });
    if (status !== 0) throw new Error(`"${this.#command}" ended with ${status ?? 'no status'}.`);
    await this.run({ session, command: 'exit' });
    this.#prepared = await this.checkpoint();
  }
}
