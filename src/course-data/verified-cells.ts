// The results of the last full run, for each cell in Node and in each browser.
import { z } from 'astro/zod';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { toPageActivity } from '../cells/activity.ts';
import type { Activity, PageActivity } from '../cells/activity.ts';
import { verdicts } from '../cells/run/result.ts';
import { printWhatRuns } from '../cells/text/chapter.ts';
import type { ImageEntry } from '../machine/image/manifest.ts';
import { dataMistake } from './data-mistake.ts';

/** Written by `npm run verify:browsers`. */
export const verifiedFile = 'src/course-data/verified-cells.json';

/** The environments in which cells run, in the order of the columns. */
export const environments = ['node', 'chromium', 'firefox', 'webkit'] as const;
export type Environment = (typeof environments)[number];

export const environmentNames: Record<Environment, string> = {
  node: 'Node',
  chromium: 'Chromium',
  firefox: 'Firefox ESR',
  webkit: 'WebKitGTK',
};

const cellResult = z.strictObject({
  /** The page below content/, without `.mdx`. */
  page: z.string(),
  cell: z.string(),
  /** Hash of the cell's text at the run, see `cellText`. It differs if the cell has changed since. */
  text: z.string(),
  result: z.enum(verdicts),
  reason: z.string().optional(),
});

const verifiedImage = z.strictObject({
  kernel: z.string(),
  /** SHA-256 of the image's entry in images.json, which contains the hashes of all parts. */
  entry: z.string().regex(/^[0-9a-f]{64}$/),
});

const run = z.strictObject({
  date: z.iso.date(),
  /** The version of Node or of the browser. */
  version: z.string(),
  engine: z.string(),
  /** The images of the pages, by name. */
  images: z.record(z.string(), verifiedImage),
  cells: z.array(cellResult),
});

const verified = z.strictObject({
  node: run.optional(),
  chromium: run.optional(),
  firefox: run.optional(),
  webkit: run.optional(),
});

export type CellResult = z.infer<typeof cellResult>;
export type VerifiedImage = z.infer<typeof verifiedImage>;
export type VerifiedRun = z.infer<typeof run>;
/** Each environment's last run. */
export type Verified = z.infer<typeof verified>;

/**
 * The known run with new results for one page; undefined if there is none, or if the new run had another image, engine or
 * version, whose results would not belong together. It keeps the date of the known run, which is the older one.
 */
export function withPage(
  known: VerifiedRun | undefined,
  page: string,
  run: VerifiedRun,
): VerifiedRun | undefined {
  const isSame = known?.version === run.version && known.engine === run.engine;
  if (!isSame || !Object.entries(run.images).every(([name, image]) => isKnown(known, name, image)))
    return undefined;
  const others = known.cells.filter((cell) => cell.page !== page);
  const at = known.cells.findIndex((cell) => cell.page === page);
  const images = { ...known.images, ...run.images };
  return {
    ...known,
    images,
    cells: others.toSpliced(at < 0 ? others.length : at, 0, ...run.cells),
  };
}

/** Whether a run has used this image, or none of this name. */
function isKnown({ images }: VerifiedRun, name: string, { entry, kernel }: VerifiedImage): boolean {
  const known = images[name];
  return known === undefined || (known.entry === entry && known.kernel === kernel);
}

/** Reads the file. A project without one has no runs. Throws an AuthorError for an invalid file. */
export function readVerified(file = verifiedFile): Verified {
  if (!existsSync(file)) return {};
  const text = readFileSync(file, 'utf8');
  const data: unknown = JSON.parse(text);
  const { success, data: found, error } = verified.safeParse(data);
  if (!success) throw dataMistake(file, text, data, error);
  return found;
}

/** Prints the file with one line for each cell, so that diffs are easy to read. */
export function printVerified(verified: Verified): string {
  const runs = environments.flatMap((environment) => {
    const run = verified[environment];
    if (!run) return [];
    const { cells, ...facts } = run;
    const lines = cells.map((cell) => `\n   ${JSON.stringify(cell)}`);
    const head = JSON.stringify(facts, undefined, 2).replace(/\n\}$/, '');
    return [` "${environment}": ${head},\n  "cells": [${lines.join(',')}]}`];
  });
  return `{\n${runs.join(',\n')}\n}\n`;
}

/**
 * A short hash of what a cell or task runs and prints. Its title and what the inspector shows do not count, nor do the
 * mistakes of a task, which the page does not carry.
 */
export function cellText(activity: Activity | PageActivity): string {
  const carried = 'position' in activity ? toPageActivity(activity) : activity;
  return createHash('sha256').update(printWhatRuns(carried)).digest('hex').slice(0, 12);
}

/** An image as the results name it. A new build that gives the same bytes is the same image. */
export function describeImage(image: ImageEntry): VerifiedImage {
  const given = { ...image, recipe: undefined };
  const entry = createHash('sha256').update(JSON.stringify(given)).digest('hex');
  return { kernel: image.version, entry };
}

/** The result for the present text of a cell; undefined if this text has not run. */
export function resultOf(
  run: VerifiedRun | undefined,
  page: string,
  cell: Activity,
): CellResult | undefined {
  const found = run?.cells.find((each) => each.page === page && each.cell === cell.id);
  return found?.text === cellText(cell) ? found : undefined;
}

/** Number of a page's cells whose present text passed. */
export function countPassed(
  run: VerifiedRun | undefined,
  page: string,
  cells: readonly Activity[],
): number {
  return cells.filter((cell) => resultOf(run, page, cell)?.result === 'passed').length;
}
