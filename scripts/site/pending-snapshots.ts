// Makes snapshots in processes of their own, and reports their progress.
import { spawn } from 'node:child_process';
import { isPending, type PendingSnapshot } from '../../src/machine/image/pending-snapshot.ts';

const script = 'scripts/machine/snapshot.ts';
/** Characters of the script's error output that a page shows. */
const REASON = 600;

export interface MakeOptions {
  /** More arguments for the script. */
  args?: readonly string[] | undefined;
  onSteps?: (steps: PendingSnapshot) => void;
  /** Ends the work. */
  signal?: AbortSignal | undefined;
}

/** Makes an image's snapshot, unless it is up to date. Rejects with the end of what the script printed as errors. */
export function makeSnapshot(
  image: string,
  { args = [], onSteps, signal }: MakeOptions = {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, '--image', image, ...args], {
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
      signal,
    });
    let errors = '';
    child.stderr?.on('data', (text: Buffer) => {
      process.stderr.write(text);
      errors = (errors + text.toString()).slice(-REASON);
    });
    child.on('message', (message) => {
      if (isPending(message)) onSteps?.(message);
    });
    child.on('error', reject);
    child.on('close', (code, killed) => {
      if (code === 0) return resolve();
      const end = `${script} --image ${image} ended with ${code ?? killed ?? 'no status'}.`;
      reject(new Error(`${end}\n${errors}`.trim()));
    });
  });
}

export interface MakeAllOptions {
  args?: readonly string[];
  signal?: AbortSignal;
  /** Called with each image whose snapshot is made; a server may answer with it once this has resolved. */
  onMade?: (image: string) => Promise<void>;
  /** Called when the answer to a request may have changed. */
  onChange?: () => void;
}

/** The snapshots that a server does not have yet. */
export class PendingSnapshots {
  readonly #pending: Map<string, PendingSnapshot>;
  readonly #make: typeof makeSnapshot;

  /** From now on, these images are pending. */
  constructor(images: readonly string[], make = makeSnapshot) {
    this.#pending = new Map(images.map((image) => [image, { done: 0, of: 0 }]));
    this.#make = make;
  }

  /** Undefined if a server can answer with the snapshot itself. */
  of(image: string): PendingSnapshot | undefined {
    return this.#pending.get(image);
  }

  get all(): Record<string, PendingSnapshot> {
    return Object.fromEntries(this.#pending);
  }

  /** Makes one after the other. A failure does not stop the others. Resolves to the images that could not be made. */
  async makeAll({ args, signal, onMade, onChange }: MakeAllOptions): Promise<string[]> {
    const failed: string[] = [];
    for (const image of this.#pending.keys()) {
      const set = (pending: PendingSnapshot): void => {
        this.#pending.set(image, pending);
        onChange?.();
      };
      try {
        await this.#make(image, { args, onSteps: set, signal });
        await onMade?.(image);
        this.#pending.delete(image);
        onChange?.();
      } catch (error) {
        failed.push(image);
        set({ failed: (error as Error).message });
      }
    }
    return failed;
  }
}
