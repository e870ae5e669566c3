// What a pass of `npm run verify` found, as data: for files, for the next pass, for people.
import { isProved, describeFindings, verdictOf } from '../../src/cells/prove/finding.ts';
import type { Finding, Pass, Verdict } from '../../src/cells/prove/finding.ts';
import type { Cell } from '../../src/cells/cell.ts';
import { varies } from '../../src/cells/match/pattern.ts';

/** One cell in one pass. */
export interface Proof {
  file: string;
  line: number;
  cell: string;
  pass: Pass;
  verdict: Verdict;
  seconds: number;
  /** What differs or went wrong, as it was printed. */
  detail?: string;
}

/** A page with cells, and what became of it. */
export interface Chapter {
  file: string;
  text: string;
  cells: Cell[];
  /** Hash of the cells and of the machine that proves them. */
  key: string;
  findings: Finding[];
  seconds: number;
  /** Why it could not be proved to its end. */
  crashed?: string;
  /** Proved before with the same key, and not run. */
  known?: boolean;
}

/** What --json writes. */
export interface VerifyRecord {
  format: 1;
  /** When the pass ended, as ISO 8601. */
  date: string;
  /** The guest's wall clock at the beginning, if it was not ours. */
  clock?: string;
  machine: { kernel: string; snapshot: string };
  counts: Record<Verdict, number> & { skipped: number; lines: number; varyingLines: number };
  chapters: { file: string; key: string; cells: number; seconds: number; crashed?: string }[];
  proofs: Proof[];
  skipped: { file: string; line: number; cell: string; reason: string }[];
}

export function makeRecord(
  chapters: readonly Chapter[],
  about: Pick<VerifyRecord, 'date' | 'clock' | 'machine'>,
): VerifyRecord {
  const ran = chapters.filter(({ known }) => !known);
  const cells = ran.flatMap((chapter) => chapter.cells);
  const proofs = ran.flatMap(({ findings }) => findings.map(proofOf));
  const skipped = cells.flatMap(({ id, skip, place: { file, line } }) =>
    skip === undefined ? [] : [{ file, line, cell: id, reason: skip }],
  );
  const lines = cells.flatMap(({ steps }) => steps.flatMap(({ output }) => output));
  const count = (verdict: Verdict): number =>
    proofs.filter((proof) => proof.verdict === verdict).length;
  return {
    format: 1,
    ...about,
    counts: {
      passed: count('passed'),
      differs: count('differs'),
      'timed out': count('timed out'),
      crashed: count('crashed'),
      'not run': count('not run'),
      skipped: skipped.length,
      lines: lines.length,
      varyingLines: lines.filter(varies).length,
    },
    chapters: ran.map(({ file, key, cells: { length }, seconds, crashed }) => {
      return { file, key, cells: length, seconds, ...(crashed !== undefined && { crashed }) };
    }),
    proofs,
    skipped,
  };
}

function proofOf(finding: Finding): Proof {
  const { cell, pass, seconds } = finding;
  const { file, line } = cell.place;
  const proof = { file, line, cell: cell.id, pass, verdict: verdictOf(finding), seconds };
  return isProved(finding) ? proof : { ...proof, detail: describeFindings([finding]) };
}

/**
 * The proofs of which two passes over the same cells and machine say different things: a sentence
 * for each. A chapter that changed in between is not compared.
 */
export function findFlakes(before: VerifyRecord, now: VerifyRecord): string[] {
  const keyOf = ({ chapters }: VerifyRecord, file: string): string | undefined =>
    chapters.find((chapter) => chapter.file === file)?.key;
  return now.proofs.flatMap((proof) => {
    const { file, line, cell, pass } = proof;
    if (keyOf(before, file) !== keyOf(now, file)) return [];
    const first = before.proofs.find(
      (other) => other.file === file && other.cell === cell && other.pass === pass,
    );
    if (!first || (first.verdict === proof.verdict && first.detail === proof.detail)) return [];
    const both = first.verdict === proof.verdict ? `${proof.verdict} each time in another way` : '';
    const apart = `${first.verdict} in one pass and ${proof.verdict} in the other`;
    return [
      `${file}:${line}  cell "${cell}", ${pass}, is flaky: it ${both || apart}, though nothing was changed.` +
        ' Print only what is the same each time, or write <pid>, <number>, <duration> or ... for what varies.',
    ];
  });
}
