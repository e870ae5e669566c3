/** The progress on this page, and the activities of all pages. */
import { counted } from '../../../counted.ts';
import { progressKey, withBase } from '../../../with-base.ts';
import { ProgressStore } from './store.ts';
import type { Progress, ProgressEntry } from './store.ts';

const base = import.meta.env.BASE_URL;

export const progressStore = new ProgressStore(() => localStorage, progressKey(base));

/** The address of a page below the site's base, from its path. Empty for the home page. */
export function addressOf(pathname: string): string {
  return pathname.slice(withBase('/', base).length);
}

type Texts = Readonly<Record<string, string>>;
/** A page's cells and tasks that can run: the hash of each, by its id. */
export interface PageTexts {
  cells: Texts;
  tasks: Texts;
}

let texts: Promise<Map<string, PageTexts>> | undefined;

/** The activities of all pages, by the page's address. Fetched once. Rejects if that fails. */
export function allTexts(): Promise<Map<string, PageTexts>> {
  return (texts ??= fetchTexts().catch((error: unknown) => {
    texts = undefined;
    throw error;
  }));
}

async function fetchTexts(): Promise<Map<string, PageTexts>> {
  const response = await fetch(withBase('/cells.json', base));
  if (!response.ok) throw new Error(`The list of cells was not found: ${response.status}.`);
  return new Map(Object.entries((await response.json()) as Record<string, PageTexts>));
}

/** How much of a page the reader has done, and of how much. */
export interface PageCount {
  cells: number;
  allCells: number;
  tasks: number;
  allTasks: number;
}

/** Counts a page's cells that have run in their present form, and its tasks that are done in theirs. */
export function countDone(
  progress: Progress,
  address: string,
  { cells, tasks }: PageTexts = { cells: {}, tasks: {} },
): PageCount {
  const entries = progress.get(address);
  const count = (texts: Texts, isDone: (entry: ProgressEntry) => boolean): number =>
    Object.entries(texts).filter(([id, text]) => {
      const entry = entries?.get(id);
      return entry?.text === text && isDone(entry);
    }).length;
  return {
    cells: count(cells, ({ ran }) => ran !== undefined),
    allCells: Object.keys(cells).length,
    tasks: count(tasks, ({ done }) => done === true),
    allTasks: Object.keys(tasks).length,
  };
}

/** Says it in words: `1 of 13 cells run, 1 of 2 tasks done`. */
export function describeCount({ cells, allCells, tasks, allTasks }: PageCount): string {
  const run = `${cells} of ${counted(allCells, 'cell')} run`;
  return allTasks ? `${run}, ${tasks} of ${counted(allTasks, 'task')} done` : run;
}
