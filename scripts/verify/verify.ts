/** Runs the cells of content/ on the readers' machine and compares their output; see options.ts. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { explainMistakes } from '../../src/author-error.ts';
import type { Activity } from '../../src/cells/activity.ts';
import { describeFinding, passes } from '../../src/cells/prove/finding.ts';
import type { Finding } from '../../src/cells/prove/finding.ts';
import { trialsOf } from '../../src/cells/prove/task-trial.ts';
import { counted } from '../../src/counted.ts';
import { acceptChapter } from './accept.ts';
import { readChapter, readChapters } from './read-chapters.ts';
import { toJUnit } from './junit.ts';
import { findMachines, ProvedKeys } from './keys.ts';
import { readOptions, usage, UsageError } from './options.ts';
import type { WorkerSettings } from './chapter-worker.ts';
import { chapterWorker, proveChapters } from './pool.ts';
import type { ProofHooks } from './pool.ts';
import { Progress } from './progress.ts';
import { findFlakes, makeRecord } from './record.ts';
import type { ChapterInput, ChapterResult, VerifyRecord } from './record.ts';
import { describeChapter, failuresOf, faultsOf, summarize } from './report.ts';
import { concernedCells, watchFiles } from './watch.ts';
import { machineFolder, top } from '../../src/paths.ts';

const folder = machineFolder;

/** Number of proofs of an activity, with this number of passes over the cells. */
function countProofs(activity: Activity, passes: number): number {
  switch (activity.kind) {
    case 'cell':
      return passes;
    case 'task':
      return trialsOf(activity).length;
  }
}

/** Verifies chapters, or only these of their activities, and reports each at its end. */
async function prove(
  chapters: readonly ChapterInput[],
  { clockAhead, pageCache, quick }: Omit<WorkerSettings, 'folder' | 'image'> & { quick: boolean },
  chosen?: readonly string[],
): Promise<ChapterResult[]> {
  const toProve = chapters
    .flatMap(({ activities }) => activities)
    .filter(({ id, skip }) => skip === undefined && (chosen?.includes(id) ?? true))
    .reduce((sum, activity) => sum + countProofs(activity, chosen || quick ? 1 : 2), 0);
  const progress = new Progress(process.stdout, toProve);
  const findings = new Map<string, Finding[]>(chapters.map(({ file }) => [file, []]));
  const results = new Map<string, ChapterResult>();
  const hooks: ProofHooks = {
    onFinding: (file, finding) => {
      findings.get(file)?.push(finding);
      progress.step(`${file} ${finding.id}`, finding.verdict === 'passed');
    },
    onVarying: (file, id, pass) => {
      const of = findings.get(file)?.find((finding) => finding.id === id && finding.pass === pass);
      if (of) of.varies = true;
    },
    onEnd: (file, seconds, crashed) => {
      const input = chapters.find((chapter) => chapter.file === file);
      if (!input) return;
      const result = resultOf(input, findings.get(file) ?? [], seconds, crashed);
      results.set(file, result);
      for (const text of describeChapter(result)) progress.print(text);
    },
  };
  // Each worker has a machine of one image.
  for (const [image, ofImage] of Map.groupBy(chapters, (chapter) => chapter.image)) {
    const tasks = ofImage.map(({ file, activities }) => {
      return { file, activities, quick, ...(chosen && { chosen }) };
    });
    await proveChapters(tasks, chapterWorker({ folder, image, clockAhead, pageCache }), hooks);
  }
  return chapters.flatMap(({ file }) => results.get(file) ?? []);
}

/** The findings of one activity in the order of the passes. */
function inOrder(findings: readonly Finding[]): Finding[] {
  const place = ({ pass }: Finding): number => passes.findIndex((each) => each === pass);
  return findings.toSorted((a, b) => place(a) - place(b));
}

function resultOf(
  input: ChapterInput,
  findings: readonly Finding[],
  seconds: number,
  crashed: string | undefined,
): ChapterResult {
  // Its parts have been verified side by side.
  const ordered = input.activities.flatMap(({ id }) =>
    inOrder(findings.filter((of) => of.id === id)),
  );
  const proofs = ordered.flatMap((finding) => {
    const activity = input.activities.find(({ id }) => id === finding.id);
    return activity ? [describeFinding(activity, finding)] : [];
  });
  return { input, findings: ordered, proofs, seconds, ...(crashed !== undefined && { crashed }) };
}

const isGood = ({ proofs, crashed }: ChapterResult): boolean =>
  crashed === undefined && proofs.every(({ verdict }) => verdict === 'passed');

async function writeText(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** Rewrites the outputs. Returns the number of proofs that still fail. */
async function acceptAll(results: readonly ChapterResult[]): Promise<number> {
  let wrong = 0;
  for (const result of results) {
    const { file } = result.input;
    const { rewritten, left, warnings } = await acceptChapter(join(top, file), result);
    for (const warning of warnings) console.log(`\nwarning: ${warning}`);
    if (rewritten.length) console.log(`${file}: rewritten: ${rewritten.join(', ')}`);
    for (const text of faultsOf(result.input, left)) console.log(`\nnot accepted:\n${text}\n`);
    if (left.some(({ kind }) => kind === 'task')) {
      console.log('A task has no printed output, so there is nothing to accept. Correct its text.');
    }
    wrong += left.length + (result.crashed === undefined ? 0 : 1);
  }
  return wrong;
}

const advice = [
  'If the new outputs are correct: npm run verify -- --accept FILE',
  'If a part of them varies: write <pid>, <number>, <hex>, <duration> or ..., see content/README.md.',
].join('\n');

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), process.env);
  const { only } = options;
  if (options.help) {
    console.log(usage);
    return 0;
  }
  const earlier = options.against === undefined ? undefined : await readRecord(options.against);
  const findMachine = findMachines(top, folder);
  const { chapters: all, mistakes } = await readChapters(top, options, findMachine);
  for (const mistake of mistakes) console.log(`\n${mistake}\n`);
  const chapters = all.filter(
    ({ activities }) => only === undefined || activities.some(({ id }) => id === only),
  );
  if (only !== undefined && !chapters.length)
    throw new UsageError(`No page has a cell or task "${only}".`);

  const proved = await ProvedKeys.read(join(top, '.cache/proved.json'));
  const known = chapters.filter(({ file, key }) => !options.all && proved.has(file, key));
  for (const { file } of known) console.log(`${file}: verified before; --all verifies it again`);
  const clockAhead = options.clock === undefined ? 0 : options.clock - Date.now();
  const { pageCache, quick } = options;
  const toRun = chapters.filter((chapter) => !known.includes(chapter));
  const ran = await prove(
    toRun,
    { clockAhead, pageCache, quick },
    only === undefined ? undefined : [only],
  );
  for (const result of only === undefined ? ran : []) {
    const key = isGood(result) ? result.input.key : undefined;
    // A partial run, or a run with another clock or page cache, can reveal a failure, but does not count as a verification.
    if ((options.clock === undefined && !pageCache && !quick) || !key)
      await proved.note(result.input.file, key);
  }

  const machines: VerifyRecord['machines'] = {};
  for (const image of new Set(ran.map(({ input }) => input.image))) {
    const { kernel, snapshot } = await findMachine(image);
    machines[image] = { kernel, snapshot };
  }
  const record = makeRecord(ran, {
    date: new Date().toISOString(),
    machines,
    ...(options.clock !== undefined && { clock: new Date(options.clock).toISOString() }),
  });
  await writeText(options.json, `${JSON.stringify(record, undefined, 2)}\n`);
  await writeText(options.junit, toJUnit(record));
  const flakes = earlier ? findFlakes(earlier, record) : [];
  for (const flake of flakes) console.log(`\n${flake}\n`);

  const crashed = ran.filter((result) => result.crashed !== undefined).length;
  const wrong = record.proofs.length - record.counts.passed + crashed;
  const failed = wrong + mistakes.length + flakes.length;
  for (const line of summarize(record, failed)) console.log(line);
  if (known.length)
    console.log(
      `verify: ${counted(known.length, 'page')} had already been verified and did not run`,
    );
  // For `npm test`, which adds up the counts of its parts.
  const counts = process.env['TEST_REPORT'];
  const failures = [...mistakes, ...ran.flatMap(failuresOf), ...flakes];
  if (counts)
    await writeText(counts, JSON.stringify({ passed: record.counts.passed, failed, failures }));
  if (options.watch) await watchAll(chapters, (file) => readChapter(top, file, findMachine));
  if (options.accept) return (await acceptAll(ran)) + mistakes.length ? 1 : 0;
  // A cell that crashed, or whose result varies, has no output that could be accepted.
  const acceptable = record.proofs.filter(({ kind }) => kind === 'cell');
  if (acceptable.some(({ verdict, varies }) => verdict === 'differs' && !varies))
    console.log(advice);
  return failed ? 1 : 0;
}

async function readRecord(file: string): Promise<VerifyRecord> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    const hint = 'Make it first: npm run verify -- --all';
    throw new UsageError(`The earlier pass cannot be read: ${error.message}\n${hint}`);
  });
  return JSON.parse(text) as VerifyRecord;
}

/** Verifies the cells affected by each save, alone, until Ctrl-C. */
async function watchAll(
  chapters: readonly ChapterInput[],
  read: (file: string) => Promise<ChapterInput>,
): Promise<void> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const seen = new Map(chapters.map(({ file, activities }) => [file, activities]));
  console.log(`\nverify: waiting for changes to ${[...seen.keys()].join(', ')}; Ctrl-C stops`);
  const settings = { clockAhead: 0, pageCache: undefined };
  const onChange = async (file: string): Promise<void> => {
    try {
      const chapter = await read(file);
      const chosen = concernedCells(seen.get(file) ?? [], chapter.activities);
      seen.set(file, chapter.activities);
      if (chosen.length) await prove([chapter], { ...settings, quick: false }, chosen);
    } catch (error) {
      console.log(`\n${explain(error)}\n`);
    }
  };
  await watchFiles([...seen.keys()], onChange, stop.signal);
}

/** Describes an error for the user. */
function explain(error: unknown): string {
  const mistakes = explainMistakes(error);
  if (mistakes) return mistakes;
  return error instanceof UsageError ? `verify: ${error.message}` : String(error);
}

try {
  process.exit(await main());
} catch (error) {
  console.log(explain(error));
  if (error instanceof UsageError) console.log('npm run verify -- --help lists the options.');
  process.exit(error instanceof UsageError ? 2 : 1);
}
