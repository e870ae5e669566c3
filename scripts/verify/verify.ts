/** Runs the cells of content/ on the machine that the reader gets and compares; see verify-options.ts. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findMistake, printMistake } from '../../src/author-error.ts';
import { describeFindings, isProved } from '../../src/cells/prove/finding.ts';
import type { Finding } from '../../src/cells/prove/finding.ts';
import { acceptChapter } from './accept.ts';
import { readChapter, readChapters } from './read-chapters.ts';
import { toJUnit } from './junit.ts';
import { ProvedKeys, readMachine } from './keys.ts';
import { readOptions, usage, UsageError } from './options.ts';
import type { WorkerSettings } from './chapter-worker.ts';
import { chapterWorker, proveChapters } from './pool.ts';
import { Progress } from './progress.ts';
import { findFlakes, makeRecord } from './record.ts';
import type { Chapter, VerifyRecord } from './record.ts';
import { concernedCells, watchFiles } from './watch.ts';
import { machineFolder, top } from '../../src/paths.ts';

const folder = machineFolder;

/** Findings of one cell belong together. */
function byCell(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { id } = finding.cell;
    groups.set(id, [...(groups.get(id) ?? []), finding]);
  }
  return [...groups.values()];
}

function report({ file, findings, seconds, crashed }: Chapter, progress: Progress): void {
  const told = byCell(findings).map(describeFindings).filter(Boolean);
  for (const text of told) progress.print(`\n${text}\n`);
  if (crashed !== undefined) {
    progress.print(`\n${file}  crashed after ${findings.length} proofs: ${crashed}\n`);
    return;
  }
  const cells = new Set(findings.map(({ cell }) => cell.id)).size;
  progress.print(`${file}: ${cells} cells, ${told.length} not as printed, ${seconds.toFixed(0)} s`);
}

/** Proves chapters, or only these of their cells, and fills in what was found. */
async function prove(
  chapters: readonly Chapter[],
  { clockAhead, pageCache }: Omit<WorkerSettings, 'folder'>,
  chosen?: readonly string[],
): Promise<void> {
  const files = new Map(chapters.map((chapter) => [chapter.file, chapter]));
  const tasks = chapters.map(({ file, text }) => ({ file, text, ...(chosen && { chosen }) }));
  const cells = chapters.flatMap((chapter) => chapter.cells);
  const toProve = cells.filter(
    ({ id, skip }) => skip === undefined && (chosen?.includes(id) ?? true),
  );
  const progress = new Progress(process.stdout, toProve.length * (chosen ? 1 : 2));
  await proveChapters(tasks, chapterWorker({ folder, clockAhead, pageCache }), {
    onFinding: (file, finding) => {
      files.get(file)?.findings.push(finding);
      progress.step(`${file} ${finding.cell.id}`, isProved(finding));
    },
    onEnd: (file, seconds, crashed) => {
      const chapter = files.get(file);
      if (!chapter) return;
      Object.assign(chapter, { seconds }, crashed !== undefined && { crashed });
      report(chapter, progress);
    },
  });
}

const isGood = ({ findings, crashed }: Chapter): boolean =>
  crashed === undefined && findings.every(isProved);

async function writeText(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

function summarize({ counts, skipped }: VerifyRecord, failed: number): void {
  for (const { file, line, cell, reason } of skipped) {
    console.log(`${file}:${line}  cell "${cell}" skipped: ${reason}`);
  }
  const kinds = (['differs', 'timed out', 'crashed', 'not run'] as const)
    .filter((verdict) => counts[verdict])
    .map((verdict) => `${counts[verdict]} ${verdict}`);
  const detail = kinds.length ? ` (${kinds.join(', ')})` : '';
  console.log(`verify: ${counts.passed} as printed, ${failed} not${detail}`);
  const { varyingLines, lines } = counts;
  console.log(
    `verify: skipped cells: ${counts.skipped}; lines that may vary: ${varyingLines} of ${lines}`,
  );
}

/** Rewrites the outputs; gives how many findings are wrong even so. */
async function acceptAll(chapters: readonly Chapter[]): Promise<number> {
  let wrong = 0;
  for (const chapter of chapters) {
    const { rewritten, left } = await acceptChapter(join(top, chapter.file), chapter);
    if (rewritten.length) console.log(`${chapter.file}: rewritten: ${rewritten.join(', ')}`);
    for (const each of byCell(left)) console.log(`\nnot accepted:\n${describeFindings(each)}\n`);
    wrong += left.length + (chapter.crashed === undefined ? 0 : 1);
  }
  return wrong;
}

const advice = [
  'If the new outputs are right: npm run verify -- --accept FILE',
  'If a part of them differs each time: <pid>, <number>, <hex>, <duration> or ..., see content/README.md.',
].join('\n');

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), process.env);
  const { only } = options;
  if (options.help) {
    console.log(usage);
    return 0;
  }
  const machine = await readMachine(top, folder);
  const { chapters: all, mistakes } = await readChapters(top, options.files, machine);
  for (const mistake of mistakes) console.log(`\n${mistake}\n`);
  const chapters = all.filter(
    ({ cells }) => only === undefined || cells.some(({ id }) => id === only),
  );
  if (only !== undefined && !chapters.length) throw new UsageError(`No page has a cell "${only}".`);

  const proved = await ProvedKeys.read(join(top, '.cache/proved.json'));
  for (const chapter of options.all ? [] : chapters) {
    chapter.known = proved.has(chapter.file, chapter.key);
    if (chapter.known) console.log(`${chapter.file}: proved before, --all proves it again`);
  }
  const clockAhead = options.clock === undefined ? 0 : options.clock - Date.now();
  const ran = chapters.filter(({ known }) => !known);
  const { pageCache } = options;
  await prove(ran, { clockAhead, pageCache }, only === undefined ? undefined : [only]);
  for (const chapter of only === undefined ? ran : []) {
    const key = isGood(chapter) ? chapter.key : undefined;
    // Another clock or page cache may fail what was proved under ours, but proves nothing more.
    if ((options.clock === undefined && !pageCache) || !key) await proved.note(chapter.file, key);
  }

  const record = makeRecord(chapters, {
    date: new Date().toISOString(),
    machine: { kernel: machine.kernel, snapshot: machine.snapshot },
    ...(options.clock !== undefined && { clock: new Date(options.clock).toISOString() }),
  });
  await writeText(options.json, `${JSON.stringify(record, undefined, 2)}\n`);
  await writeText(options.junit, toJUnit(record));
  const flakes =
    options.against === undefined ? [] : findFlakes(await readRecord(options.against), record);
  for (const flake of flakes) console.log(`\n${flake}\n`);

  const crashed = ran.filter((chapter) => chapter.crashed !== undefined).length;
  const wrong = record.proofs.length - record.counts.passed + crashed;
  const failed = wrong + mistakes.length + flakes.length;
  summarize(record, failed);
  const known = chapters.length - ran.length;
  if (known) console.log(`verify: ${known} pages were proved before and not run`);
  // For `npm test`, which adds up what its parts count.
  const counts = process.env['TEST_REPORT'];
  if (counts) await writeText(counts, JSON.stringify({ passed: record.counts.passed, failed }));
  if (options.watch) await watchAll(chapters, (file) => readChapter(top, file, machine));
  if (options.accept) return (await acceptAll(ran)) + mistakes.length ? 1 : 0;
  if (wrong) console.log(advice);
  return failed ? 1 : 0;
}

async function readRecord(file: string): Promise<VerifyRecord> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    const hint = 'Make it first: npm run verify -- --all';
    throw new UsageError(`The earlier pass cannot be read: ${error.message}\n${hint}`);
  });
  return JSON.parse(text) as VerifyRecord;
}

/** Proves what each save concerns, alone, until Ctrl-C. */
async function watchAll(
  chapters: readonly Chapter[],
  read: (file: string) => Promise<Chapter>,
): Promise<void> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const seen = new Map(chapters.map(({ file, cells }) => [file, cells]));
  console.log(`\nverify: waiting for changes of ${[...seen.keys()].join(', ')}; Ctrl-C ends`);
  const onChange = async (file: string): Promise<void> => {
    try {
      const chapter = await read(file);
      const chosen = concernedCells(seen.get(file) ?? [], chapter.cells);
      seen.set(file, chapter.cells);
      if (chosen.length) await prove([chapter], { clockAhead: 0 }, chosen);
    } catch (error) {
      console.log(`\n${explain(error)}\n`);
    }
  };
  await watchFiles([...seen.keys()], onChange, stop.signal);
}

/** An error in words for the one who called this. */
function explain(error: unknown): string {
  const mistake = findMistake(error);
  if (mistake) return printMistake(mistake);
  return error instanceof UsageError ? `verify: ${error.message}` : String(error);
}

try {
  process.exit(await main());
} catch (error) {
  console.log(explain(error));
  if (error instanceof UsageError) console.log('npm run verify -- --help tells what can be asked.');
  process.exit(error instanceof UsageError ? 2 : 1);
}
