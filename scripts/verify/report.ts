/** The wording of the report on a pass of `npm run verify`. */
import type { ActivityKind } from '../../src/cells/activity.ts';
import { printProofs } from '../../src/cells/prove/finding.ts';
import type { Proof } from '../../src/cells/prove/finding.ts';
import { counted } from '../../src/counted.ts';
import type { ChapterInput, ChapterResult, VerifyRecord } from './record.ts';

/** The faults of each activity of a chapter, merged from both passes. */
export function faultsOf({ activities }: ChapterInput, proofs: readonly Proof[]): string[] {
  return activities
    .map((activity) =>
      printProofs(
        activity,
        proofs.filter(({ cell }) => cell === activity.id),
      ),
    )
    .filter(Boolean);
}

/** The faults of a chapter, and the reason if it was not completed. */
export function failuresOf({ input, proofs, crashed }: ChapterResult): string[] {
  const faults = faultsOf(input, proofs);
  if (crashed === undefined) return faults;
  return [...faults, `${input.file}  crashed after ${counted(proofs.length, 'proof')}: ${crashed}`];
}

/** What is printed at the end of a chapter: its faults, and a line of counts if it was completed. */
export function describeChapter(result: ChapterResult): string[] {
  const failures = failuresOf(result);
  const printed = failures.map((text) => `\n${text}\n`);
  const { input, proofs, seconds, crashed } = result;
  if (crashed !== undefined) return printed;
  const count = (kind: ActivityKind): number =>
    new Set(proofs.filter((proof) => proof.kind === kind).map(({ cell }) => cell)).size;
  const tasks = count('task') ? `, ${counted(count('task'), 'task')}` : '';
  const counts = `${counted(count('cell'), 'cell')}${tasks}, ${failures.length} not as expected`;
  return [...printed, `${input.file}: ${counts}, ${seconds.toFixed(0)} s`];
}

/** The last lines of a pass: what was skipped, and the counts. */
export function summarize({ counts, skipped }: VerifyRecord, failed: number): string[] {
  const reasons = skipped.map(
    ({ file, line, kind, cell, reason }) => `${file}:${line}  ${kind} "${cell}" skipped: ${reason}`,
  );
  const kinds = (['differs', 'timed out', 'crashed', 'not run'] as const)
    .filter((verdict) => counts[verdict])
    .map((verdict) => `${counts[verdict]} ${verdict}`);
  const detail = kinds.length ? ` (${kinds.join(', ')})` : '';
  const { varyingLines, lines } = counts;
  return [
    ...reasons,
    `verify: ${counts.passed} as expected, ${failed} not${detail}`,
    `verify: skipped: ${counts.skipped}; lines that may vary: ${varyingLines} of ${lines}`,
  ];
}
