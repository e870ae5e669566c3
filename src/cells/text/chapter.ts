/** Finds the activities in a page's text, and prints them back. */
import type { MdastNode } from 'satteri';
import { caught } from '../../author-error.ts';
import type { Position } from '../../author-error.ts';
import type { Activity } from '../activity.ts';
import type { Cell } from '../cell.ts';
import { closesFence, fencesIn, findFences, printFence, replaceFence } from './fences.ts';
import type { Fence } from './fences.ts';
import { checkActivities } from './graph.ts';
import { cellMistake } from './mistakes.ts';
import { parseOptions, printOptions } from './options.ts';
import { parseTranscript, printTranscript } from './transcript.ts';

/** All activities of a page. Throws an AuthorError for the first mistake. */
export function parseChapter(file: string, text: string): Activity[] {
  return readAll(findFences(file, text));
}

/** The same for a page that has already been parsed, with positions. */
export function activitiesOfTree(
  root: Readonly<MdastNode>,
  file: string,
  text: string,
): Activity[] {
  return readAll(fencesIn(root, file, text));
}

/** All mistakes in the activities of a page. Mistakes between them are looked for once each can be read. */
export function activityMistakes(root: Readonly<MdastNode>, file: string, text: string): unknown[] {
  return caught(() => {
    const fences = fencesIn(root, file, text);
    const mistakes = fences.flatMap((fence) => caught(() => (parseActivity(fence), [])));
    if (!mistakes.length) readAll(fences);
    return mistakes;
  });
}

function readAll(fences: readonly Fence[]): Activity[] {
  const activities = fences.map(parseActivity);
  checkActivities(activities);
  return activities;
}

function parseActivity(fence: Fence): Activity {
  const { kind, isClosed, position, marks } = fence;
  if (!isClosed) {
    // In Markdown such a fence extends to the end of the page, so all following text would be output.
    const hint = `End the ${kind} with a line "${marks}".`;
    throw cellMistake('BadTranscript', position, `The fence of this ${kind} is not closed.`, hint);
  }
  switch (kind) {
    case 'cell':
      return parseCell(fence);
  }
}

function parseCell({ meta, text, position }: Fence): Cell {
  if (!text.trim()) {
    throw cellMistake('BadTranscript', position, 'This cell is empty.', 'Add a line "$ command".');
  }
  const options = parseOptions(meta, position);
  return { kind: 'cell', ...options, steps: parseTranscript(text, position), position };
}

/** The page's text with the new text of the given activities; all else stays unchanged. */
export function replaceActivities(text: string, activities: readonly Activity[]): string {
  let replaced = text;
  // From the end, so that the positions of earlier fences stay valid.
  for (const fence of findFences('', text).reverse()) {
    const { id } = parseOptions(fence.meta, fence.position);
    const activity = activities.find((candidate) => candidate.id === id);
    if (!activity) continue;
    const printed = printText(activity).split('\n');
    // Output that would end the fence needs longer marks.
    const endsFence = printed.some((line) => closesFence(line, fence.marks));
    replaced = endsFence
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
 * AuthorError for the first mistake in one of them.
 */
export function formatChapter(
  file: string,
  text: string,
): { text: string; unformatted: Unformatted[] } {
  let formatted = text;
  const unformatted: Unformatted[] = [];
  for (const fence of findFences(file, text).reverse()) {
    const { begin, end } = fence.span;
    const replaced = replaceFence(
      formatted,
      fence,
      printActivity(parseActivity(fence)).split('\n'),
      'whole',
    );
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
  return { text: formatted, unformatted };
}

/** Prints an activity as its author would write it. */
export function printActivity(activity: Activity): string {
  const meta = `${activity.kind} ${printOptions(activity)}`;
  return printFence(meta, printText(activity)).join('\n');
}

function printText(activity: Activity): string {
  switch (activity.kind) {
    case 'cell':
      return printTranscript(activity.steps);
  }
}
