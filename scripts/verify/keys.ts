// Remembers the verified chapters, by a hash of their cells and of everything that verifies them.
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Activity } from '../../src/cells/activity.ts';
import { printWhatRuns } from '../../src/cells/text/chapter.ts';
import { hashTree, isCode } from '../../src/hash-tree.ts';
import { readImage, readSnapshotEntry } from '../../src/machine/image/read-image.ts';
import { nodeEffects } from '../../src/machine/node-machine.ts';

/** The machine on which cells are verified. */
export interface ProvingMachine {
  kernel: string;
  /** SHA-256 of the snapshot's state: the recorded one, unless it is a draft. */
  snapshot: string;
  /** Hash of the snapshot and of the code that runs and compares cells. */
  key: string;
}

/** Hash of the code below `top` on which a cell's verdict depends. */
export function hashOfCode(top: string): Promise<string> {
  return hashTree(top, ['src/cells', 'src/machine'], isCode);
}

/** Finds the machine of an image. Rejects when it has no snapshot, or one from an older build. */
export type FindMachine = (image: string) => Promise<ProvingMachine>;

/** Finds the machines in `folder`, and reads each only once. */
export function findMachines(top: string, folder: string): FindMachine {
  const known = new Map<string, Promise<ProvingMachine>>();
  return (image) => {
    const found = known.get(image) ?? readMachine(top, folder, image);
    known.set(image, found);
    return found;
  };
}

async function readMachine(top: string, folder: string, image: string): Promise<ProvingMachine> {
  const effects = nodeEffects(folder, image);
  const snapshot = await readSnapshotEntry(effects).catch((cause: unknown) => {
    const hint = 'Run npm run build first, or verify the pages of another image with --image NAME.';
    const message = `There is no snapshot of the machine ${image} in ${folder}. ${hint}`;
    throw new Error(message, { cause });
  });
  if (!isDeepStrictEqual(snapshot.image, await readImage(effects)))
    throw new Error(
      `The snapshot of the machine ${image} in ${folder} belongs to an older build of the image. Run npm run build first.`,
    );
  const hash = createHash('sha256').update(snapshot.key).update(snapshot.state);
  hash.update(await hashOfCode(top));
  return { kernel: snapshot.image.version, snapshot: snapshot.state, key: hash.digest('hex') };
}

/** The key of a page's activities. It does not depend on prose or line numbers. */
export function keyOfActivities(activities: readonly Activity[], { key }: ProvingMachine): string {
  const hash = createHash('sha256').update(key);
  for (const activity of activities) hash.update(printWhatRuns(activity)).update('\n');
  return hash.digest('hex');
}

/** The keys of verified chapters, kept in a file between runs. An unreadable file counts as empty. */
export class ProvedKeys {
  readonly #file: string;
  readonly #keys: Map<string, string>;

  private constructor(file: string, keys: Map<string, string>) {
    this.#file = file;
    this.#keys = keys;
  }

  static async read(file: string): Promise<ProvedKeys> {
    try {
      const keys = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
      return new ProvedKeys(file, new Map(Object.entries(keys)));
    } catch {
      return new ProvedKeys(file, new Map());
    }
  }

  has(chapter: string, key: string): boolean {
    return this.#keys.get(chapter) === key;
  }

  /** Notes that a chapter was verified with this key, or without a key, that it was not. */
  async note(chapter: string, key: string | undefined): Promise<void> {
    if (key === undefined) this.#keys.delete(chapter);
    else this.#keys.set(chapter, key);
    await mkdir(dirname(this.#file), { recursive: true });
    await writeFile(this.#file, JSON.stringify(Object.fromEntries(this.#keys), undefined, 2));
  }
}
