// Waits for an author to save a chapter, and finds the activities to verify again.
import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Activity } from '../../src/cells/activity.ts';
import { chainOf } from '../../src/cells/run/plan.ts';
import { printWhatRuns } from '../../src/cells/text/chapter.ts';

/** Delay after a change, since editors write a file in several steps. */
const QUIET_MS = 100;

/** The ids of cells that are new or changed, and of those that run after one of them. */
export function concernedCells(before: readonly Activity[], now: readonly Activity[]): string[] {
  const old = new Map(before.map((cell) => [cell.id, printWhatRuns(cell)]));
  const changed = new Set(
    now.filter((cell) => old.get(cell.id) !== printWhatRuns(cell)).map(({ id }) => id),
  );
  return now
    .filter(
      (cell) => changed.has(cell.id) || chainOf(now, cell.id).some(({ id }) => changed.has(id)),
    )
    .map(({ id }) => id);
}

/**
 * Calls `onChange` with each of these files when it is saved, one at a time. A file that is
 * saved meanwhile is reported again afterwards. Resolves when the signal is aborted.
 */
export async function watchFiles(
  files: readonly string[],
  onChange: (file: string) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const changed = new Set<string>();
  let wake: () => void = () => {};
  // Watches their folders, since many editors replace the file.
  for (const folder of new Set(files.map((file) => dirname(file)))) {
    watch(folder, { signal }, (_, name) => {
      const file = files.find((each) => dirname(each) === folder && basename(each) === name);
      if (file !== undefined) changed.add(file);
      wake();
    });
  }
  signal.addEventListener('abort', () => wake());
  while (!signal.aborted) {
    if (!changed.size) await new Promise<void>((resolve) => (wake = resolve));
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    const [file] = changed;
    if (file === undefined || signal.aborted) continue;
    changed.delete(file);
    await onChange(file);
  }
}
