/** Writes a cell's live output into the text of its page. */
import { toPageActivity } from '../cells/activity.ts';
import { parseChapter, replaceActivities } from '../cells/text/chapter.ts';
import { acceptOutcomes } from '../cells/prove/finding.ts';
import type { StepOutcome } from '../cells/run/result.ts';
import type { Acceptance } from './acceptance.ts';

/** Parses a request's body. Throws when it is not an Acceptance for a page of content/. */
export function readAcceptance(body: string): Acceptance {
  const value = JSON.parse(body) as Partial<Acceptance> | null;
  const { file, cell, outcomes } = value ?? {};
  const isPage = /^content\/(?:[\w-]+\/)*[\w-]+\.mdx$/.test(file ?? '');
  if (!isPage || typeof file !== 'string') throw new Error('The file is not a page of content/.');
  if (typeof cell !== 'string' || !Array.isArray(outcomes) || !outcomes.every(isOutcome)) {
    throw new Error('The request has no cell with its outcomes.');
  }
  return { file, cell, outcomes };
}

function isOutcome(value: unknown): value is StepOutcome {
  const { lines, status, matches } = (value ?? {}) as Partial<StepOutcome>;
  const areLines = Array.isArray(lines) && lines.every((line) => typeof line === 'string');
  const isStatus = status === undefined || Number.isInteger(status);
  return areLines && isStatus && typeof matches === 'boolean';
}

/**
 * Replaces that cell's output, and nothing else, in the page's text. Throws an AuthorError for a
 * mistake in the page, and an Error when the cell has changed in the meantime.
 */
export function acceptInText(text: string, { file, cell, outcomes }: Acceptance): string {
  const current = parseChapter(file, text).find(
    (each) => JSON.stringify(toPageActivity(each)) === cell,
  );
  if (!current) {
    throw new Error(
      `The cell in ${file} has changed since this page was loaded. Reload the page, and run the cell.`,
    );
  }
  return replaceActivities(text, [acceptOutcomes(current, outcomes)]);
}
