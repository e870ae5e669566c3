// Writes into the chapters what the machine answered, where that differs.
import { readFile, writeFile } from 'node:fs/promises';
import type { Cell } from '../../src/cells/cell.ts';
import { replaceCells } from '../../src/cells/text/chapter.ts';
import { outputMatches } from '../../src/cells/match/compare.ts';
import { acceptOutcomes, isProved, verdictOf } from '../../src/cells/prove/finding.ts';
import type { Finding } from '../../src/cells/prove/finding.ts';
import type { Chapter } from './record.ts';

/**
 * The cells of a chapter as they came, in page order or, if that was not run, alone; of those only
 * that differ. A cell that could not be run keeps its text.
 */
function acceptedCells(findings: readonly Finding[]): Cell[] {
  const inOrder = findings.filter(({ pass }) => pass === 'in page order');
  return (inOrder.length ? inOrder : findings)
    .filter((finding) => verdictOf(finding) === 'differs')
    .map(({ cell, outcomes }) => acceptOutcomes(cell, outcomes));
}

/** The findings as they are when the accepted cells are printed: what is left is not accepted. */
function judgeAgain(findings: readonly Finding[], accepted: readonly Cell[]): Finding[] {
  return findings.map((finding) => {
    const cell = accepted.find(({ id }) => id === finding.cell.id) ?? finding.cell;
    const outcomes = finding.outcomes.map((outcome, i) => {
      const step = cell.steps[i];
      const status = outcome.status ?? 0;
      const matches =
        step !== undefined && step.status === status && outputMatches(step.output, outcome.lines);
      return { ...outcome, matches };
    });
    return { ...finding, cell, outcomes };
  });
}

/**
 * Rewrites the outputs of a chapter in its file. Resolves with the ids of the rewritten cells and
 * with what is wrong even so. Rejects when the file was changed since it was read.
 */
export async function acceptChapter(
  path: string,
  { file, text, findings }: Pick<Chapter, 'file' | 'text' | 'findings'>,
): Promise<{ rewritten: string[]; left: Finding[] }> {
  const accepted = acceptedCells(findings);
  const left = judgeAgain(findings, accepted).filter((finding) => !isProved(finding));
  if (!accepted.length) return { rewritten: [], left };
  if ((await readFile(path, 'utf8')) !== text) {
    throw new Error(`${file} was changed meanwhile, so nothing is written. Run this once more.`);
  }
  await writeFile(path, replaceCells(text, accepted));
  return { rewritten: accepted.map(({ id }) => id), left };
}
