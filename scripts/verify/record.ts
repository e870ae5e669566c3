// The results of a pass of `npm run verify` as data: for files, for the next pass, for people.
import { printFault } from '../../src/cells/prove/finding.ts';
import type { Finding, Proof } from '../../src/cells/prove/finding.ts';
import type { Activity, ActivityKind } from '../../src/cells/activity.ts';
import { verdicts } from '../../src/cells/run/result.ts';
import type { Verdict } from '../../src/cells/run/result.ts';
import { varies } from '../../src/cells/match/pattern.ts';

/** A page with activities, as the input of a pass. */
export interface ChapterInput {
  file: string;
  text: string;
  /** The image on which they run. */
  image: string;
  activities: readonly Activity[];
  /** Hash of the activities and of the machine that verifies them. */
  key: string;
}

/** The result of a page. */
export interface ChapterResult {
  input: ChapterInput;
  findings: readonly Finding[];
  /** The findings in words, in the same order. */
  proofs: readonly Proof[];
  seconds: number;
  /** The reason why it was not completed. */
  crashed?: string;
}

/** One activity in one pass. */
export interface RecordedProof extends Omit<Proof, 'fault'> {
  /** The differences and errors, as printed. */
  detail?: string;
}

/** The content of the --json file. */
export interface VerifyRecord {
  format: 1;
  /** When the pass ended, as ISO 8601. */
  date: string;
  /** The guest's date at its start, if it was not the computer's. */
  clock?: string;
  /** The machines that were used, by the names of their images. */
  machines: Record<string, { kernel: string; snapshot: string }>;
  counts: Record<Verdict, number> & { skipped: number; lines: number; varyingLines: number };
  chapters: {
    file: string;
    image: string;
    key: string;
    cells: number;
    seconds: number;
    crashed?: string;
  }[];
  proofs: RecordedProof[];
  skipped: { file: string; line: number; kind: ActivityKind; cell: string; reason: string }[];
}

export function makeRecord(
  results: readonly ChapterResult[],
  about: Pick<VerifyRecord, 'date' | 'clock' | 'machines'>,
): VerifyRecord {
  const activities = results.flatMap(({ input }) => input.activities);
  const proofs = results.flatMap((result) => result.proofs.map(recorded));
  const skipped = activities.flatMap(({ kind, id, skip, position: { file, line } }) =>
    skip === undefined ? [] : [{ file, line, kind, cell: id, reason: skip }],
  );
  const lines = activities.flatMap(printedLines);
  const counts = verdicts.map((verdict) => [
    verdict,
    proofs.filter((proof) => proof.verdict === verdict).length,
  ]);
  return {
    format: 1,
    ...about,
    counts: {
      ...(Object.fromEntries(counts) as Record<Verdict, number>),
      skipped: skipped.length,
      lines: lines.length,
      varyingLines: lines.filter(varies).length,
    },
    chapters: results.map(({ input: { file, image, key, activities }, seconds, crashed }) => {
      const cells = activities.length;
      return { file, image, key, cells, seconds, ...(crashed !== undefined && { crashed }) };
    }),
    proofs,
    skipped,
  };
}

/** The printed lines of output of an activity. */
function printedLines(activity: Activity): string[] {
  switch (activity.kind) {
    case 'cell':
      return activity.steps.flatMap(({ output }) => output);
    case 'task':
      return [];
  }
}

function recorded(proof: Proof): RecordedProof {
  const { fault, ...rest } = proof;
  return fault === undefined ? rest : { ...rest, detail: printFault(proof) };
}

/**
 * The proofs that differ between two passes over the same cells and machine: a sentence
 * for each. Ignores chapters that changed in between.
 */
export function findFlakes(before: VerifyRecord, now: VerifyRecord): string[] {
  const keyOf = ({ chapters }: VerifyRecord, file: string): string | undefined =>
    chapters.find((chapter) => chapter.file === file)?.key;
  return now.proofs.flatMap((proof) => {
    const { file, line, kind, cell, pass } = proof;
    if (keyOf(before, file) !== keyOf(now, file)) return [];
    const first = before.proofs.find(
      (other) => other.file === file && other.cell === cell && other.pass === pass,
    );
    if (!first || (first.verdict === proof.verdict && first.detail === proof.detail)) return [];
    const both =
      first.verdict === proof.verdict ? `${proof.verdict} in a different way each time` : '';
    const apart = `${first.verdict} in one pass and ${proof.verdict} in the other`;
    return [
      `${file}:${line}  ${kind} "${cell}", ${pass}, is flaky: it ${both || apart}, although nothing has changed.` +
        ' Print only text that stays the same, or write <pid>, <number>, <duration> or ... for the parts that vary.',
    ];
  });
}
