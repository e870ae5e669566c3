/** Finds the activities in a page's text, and prints them back. */
import type { MdastNode } from 'satteri';
import { collect, throwMistakes } from '../../author-error.ts';
import type { Mistake, Position } from '../../author-error.ts';
import type { Activity, PageActivity } from '../activity.ts';
import type { Cell, PageCell } from '../cell.ts';
import type { PageTask, Task } from '../task.ts';
import {
  checkClosed,
  checkOtherFences,
  closesFence,
  fencesIn,
  opensFence,
  printFence,
  replaceFence,
} from './fences.ts';
import type { Fence } from './fences.ts';
import { checkActivities } from './graph.ts';
import { checkLostCells } from './lost-cells.ts';
import { cellMistake } from './mistakes.ts';
import { parseOptions, printOptions } from './options.ts';
import { parseTask } from './task.ts';
import { parseTranscript, printTranscript } from './transcript.ts';
import { readTree } from './tree.ts';

/** The cells of a page. Throws one AuthorError for all mistakes, also for those in its other activities. */
export function parseChapter(file: string, text: string): Cell[] {
  return parseActivities(file, text).filter((activity) => activity.kind === 'cell');
}

/** All activities of a page. Throws one AuthorError for all mistakes. */
export function parseActivities(file: string, text: string): Activity[] {
  return activitiesOfTree(readTree(file, text), file, text);
}

/** The same for a page that has already been parsed, with positions. */
export function activitiesOfTree(
  root: Readonly<MdastNode>,
  file: string,
  text: string,
): Activity[] {
  const mistakes: Mistake[] = [];
  const activities = fencesIn(root, file, text).flatMap(
    (fence) => collect(mistakes, () => parseActivity(fence)) ?? [],
  );
  checkOtherFences(mistakes, root, file, text);
  checkLostCells(mistakes, root, file, text);
  throwMistakes(mistakes);
  checkActivities(activities);
  return activities;
}

function parseActivity(fence: Fence): Activity {
  checkClosed(fence.kind, fence);
  switch (fence.kind) {
    case 'cell':
      return parseCell(fence);
    case 'task':
      return parseTask(fence);
  }
}

function parseCell({ meta, text, position }: Fence): Cell {
  if (!text.trim()) {
    throw cellMistake('BadTranscript', position, 'This cell is empty.', 'Add a line "$ command".');
  }
  const options = parseOptions(meta, position);
  const steps = parseTranscript(text, position);
  if (options.skip !== undefined && steps.some(({ ask }) => ask)) {
    const message = `The cell "${options.id}" has a question, but it is skipped, so its output is not verified.`;
    throw cellMistake('BadQuestion', position, message, 'Remove the question or skip.');
  }
  return { kind: 'cell', ...options, steps, position };
}

/** The page's text with the new text of the given activities; all else stays unchanged. */
export function replaceActivities(text: string, activities: readonly Activity[]): string {
  let replaced = text;
  // From the end, so that the positions of earlier fences stay valid.
  for (const fence of fencesIn(readTree('', text), '', text).reverse()) {
    const { id } = parseOptions(fence.meta, fence.position);
    const activity = activities.find((candidate) => candidate.id === id);
    if (!activity) continue;
    const printed = printText(activity).split('\n');
    // Output that looks like the end of a fence, or like another fence, needs longer marks.
    const isLike = (line: string) =>
      closesFence(line, fence.marks) || opensFence(line, fence.marks);
    replaced = printed.some(isLike)
      ? replaceFence(replaced, fence, printActivity(activity).split('\n'), 'whole')
      : replaceFence(replaced, fence, printed, 'text');
  }
  return replaced;
}

/** A fence that is not in canonical form: its first differing line, before and after formatting. */
export interface Unformatted {
  position: Position;
  before: string;
  after: string;
}

/**
 * The page's text with all activities in canonical form, and a list of those that were not. Throws an
 * AuthorError for all mistakes in them.
 */
export function formatChapter(
  file: string,
  text: string,
): { text: string; unformatted: Unformatted[] } {
  let formatted = text;
  const unformatted: Unformatted[] = [];
  const mistakes: Mistake[] = [];
  const root = readTree(file, text);
  checkOtherFences(mistakes, root, file, text);
  for (const fence of fencesIn(root, file, text).reverse()) {
    const { begin, end } = fence.span;
    const activity = collect(mistakes, () => parseActivity(fence));
    if (!activity) continue;
    const replaced = replaceFence(formatted, fence, printActivity(activity).split('\n'), 'whole');
    if (replaced === formatted) continue;
    const found = text.slice(begin, end).split('\n');
    const printed = replaced.slice(begin, replaced.length - (formatted.length - end)).split('\n');
    const first = printed.findIndex((line, i) => line !== found[i]);
    const at = first < 0 ? printed.length : first;
    unformatted.unshift({
      position: { file, line: fence.position.line + at, column: 1 },
      before: found[at] ?? '',
      after: printed[at] ?? '',
    });
    formatted = replaced;
  }
  throwMistakes(mistakes);
  return { text: formatted, unformatted };
}

/**
 * Prints an activity without the words that are only for readers. Activities of the same text here do the same, so a
 * result of one holds for the other.
 */
export function printWhatRuns(activity: PageActivity | Activity): string {
  switch (activity.kind) {
    case 'cell':
      return printActivity(withoutWords(activity));
    case 'task':
      return printTaskRuns(activity);
  }
}

function withoutWords({ title: _title, show: _show, ...cell }: PageCell): PageCell {
  return { ...cell, steps: cell.steps.map(({ ask: _ask, ...step }) => step) };
}

/** The work that a reader is asked to do, and the checks that decide whether it is done. The words of goal and hints are left out. */
function printTaskRuns({ title: _title, show: _show, ...task }: PageTask | Task): string {
  const { values, checks, solutions } = task;
  const mistakes = 'mistakes' in task ? task.mistakes : undefined;
  const judged = checks.map(({ hints, ...check }) => {
    return { ...check, hints: hints.map(({ id, when }) => ({ id, when })) };
  });
  const runs = { values, checks: judged, solutions, mistakes };
  return printFence('task', printOptions(task), JSON.stringify(runs)).join('\n');
}

/** Prints an activity as its author would write it. */
export function printActivity(activity: PageCell | Activity): string {
  return printFence(activity.kind, printOptions(activity), printText(activity)).join('\n');
}

function printText(activity: PageCell | Activity): string {
  switch (activity.kind) {
    case 'cell':
      return printTranscript(activity.steps);
    case 'task':
      return activity.source;
  }
}
