/** Counts the bytes that a reader downloads for the first cell of a page. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseChapter } from '../../src/cells/text/chapter.ts';
import { runActivity } from '../../src/cells/run/run-activity.ts';
import { counted } from '../../src/counted.ts';
import type { FileSource } from '../../src/machine/image/files.ts';
import type { MachineEffects } from '../../src/machine/load-machine.ts';
import { LocalMachine } from '../../src/machine/local-machine.ts';
import { say } from './figures.ts';
import type { Figure } from './report.ts';

/** Wraps a source of files and counts the bytes of each request: binary files as stored, JSON gzipped. */
export function countedFiles(
  files: FileSource,
  readText: (file: string) => Promise<Uint8Array>,
): { files: FileSource; counts: Map<string, number> } {
  const counts = new Map<string, number>();
  return {
    counts,
    files: {
      ...files,
      read(entry, options) {
        counts.set(entry.file, entry.bytes);
        return files.read(entry, options);
      },
      async readJson(file, signal) {
        counts.set(file, gzipSync(await readText(file)).length);
        return files.readJson(file, signal);
      },
    },
  };
}

/** The sum of the matching files, in MB. */
function sum(counts: ReadonlyMap<string, number>, isMeant: (file: string) => boolean): number {
  const found = [...counts].filter(([file]) => isMeant(file));
  return found.reduce((total, [, bytes]) => total + bytes, 0) / 1e6;
}

/** The page whose first cell runs. The bytes are counted until the cell's first output, or until the cell has ended. */
export interface FirstCell {
  /** Path of the page below content/. */
  page: string;
  until: 'first output' | 'end';
  aim: string;
}

/** Runs a page's first cell on a fresh machine. */
export async function measureBytes(
  top: string,
  folder: string,
  effects: MachineEffects,
  { page: file, until, aim }: FirstCell,
): Promise<Figure[]> {
  say(`bytes to the ${until} of the first cell of ${file}`);
  const page = join(top, 'content', file);
  const [cell] = parseChapter(page, await readFile(page, 'utf8'));
  if (!cell) throw new Error(`${page} has no cell.`);
  const { files, counts } = countedFiles(effects.files, (file) => readFile(join(folder, file)));
  const machine = new LocalMachine({ ...effects, files });
  await machine.start();
  let atOutput: Map<string, number> | undefined;
  await runActivity(machine, cell, { onOutput: () => (atOutput ??= new Map(counts)) });
  await machine.dispose();
  if (!atOutput) throw new Error(`The cell "${cell.id}" printed nothing.`);
  const seen = until === 'end' ? counts : atOutput;
  const parts = [...seen.keys()].filter((file) => file.startsWith('parts/'));
  const row = (what: string, value: number): Figure => ({ what, values: [value], unit: 'MB' });
  return [
    {
      ...row(
        `to download until the ${until}, without the engine`,
        sum(seen, () => true),
      ),
      aim,
    },
    row(
      '– the snapshot',
      sum(seen, (file) => /\/snapshot.*\.bin$/.test(file)),
    ),
    row(
      '– entry of the snapshot, gzipped',
      sum(seen, (file) => file.endsWith('.json')),
    ),
    row(
      `– ${counted(parts.length, 'part')} of the disk`,
      sum(seen, (file) => parts.includes(file)),
    ),
  ];
}

/** The engine's program and scripts in the built site, gzipped, as a host sends them. */
export async function measureEngine(assets: string): Promise<Figure> {
  let bytes = 0;
  for (const file of await readdir(assets)) {
    const needed = file.endsWith('.wasm') || /^(machine\.worker|page-machine)/.test(file);
    if (needed) bytes += gzipSync(await readFile(join(assets, file))).length;
  }
  return { what: 'engine and worker, gzipped', values: [bytes / 1e6], unit: 'MB' };
}
