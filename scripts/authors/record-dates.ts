/**
 * Records in content/.dates.json when each page was last changed, for copies without git's history. Only the
 * entries of changed pages change: such a page is dated today, since its commit is still to come.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPages } from '../../src/course-data/read-pages.ts';
import {
  DATES,
  gitDates,
  hashPage,
  readRecordedDates,
  type RecordedDates,
} from '../../src/page-dates.ts';
import { top } from '../../src/paths.ts';

/** Renews the record of the pages below `root`. */
export function recordDates(root: string, today: Date): void {
  const recorded = readRecordedDates(root);
  const history = gitDates(root);
  const renewed: RecordedDates = {};
  for (const page of findPages(root)) {
    const hash = hashPage(root, page) ?? '';
    const old = recorded[page];
    if (old?.endsWith(hash)) renewed[page] = old;
    else renewed[page] = `${dayOf(old ? today : (history?.get(page) ?? today))} ${hash}`;
  }
  writeFileSync(join(root, DATES), `${JSON.stringify(renewed, undefined, 2)}\n`);
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

if (import.meta.main) recordDates(top, new Date());
