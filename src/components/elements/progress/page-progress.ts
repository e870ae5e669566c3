/** The progress on this page, and the activities of all pages. */
import { progressKey, withBase } from '../../../with-base.ts';
import { ProgressStore } from './store.ts';
import type { Progress } from './store.ts';

const base = import.meta.env.BASE_URL;

export const progressStore = new ProgressStore(() => localStorage, progressKey(base));

/** The address of a page below the site's base, from its path. Empty for the home page. */
export function addressOf(pathname: string): string {
  return pathname.slice(withBase('/', base).length);
}

/** A page's activities that can run: the hash of each, by its id. */
export type PageTexts = Readonly<Record<string, string>>;

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

/** Number of a page's activities that have run in their present form. */
export function countRun(progress: Progress, address: string, texts: PageTexts): number {
  const entries = progress.get(address);
  return Object.entries(texts).filter(([id, text]) => {
    const entry = entries?.get(id);
    return entry?.ran !== undefined && entry.text === text;
  }).length;
}
