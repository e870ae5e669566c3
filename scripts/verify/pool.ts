/** Distributes chapters over as many machines as there are processors to emulate them. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Finding, Pass } from '../../src/cells/prove/finding.ts';
import { commandsOf, partsOf } from './chapter-parts.ts';
import type { ChapterTask, WholeChapter } from './chapter-parts.ts';
import type { ChapterAnswer, WorkerSettings } from './chapter-worker.ts';

/** Each machine needs a processor and, with its kept states, about a gigabyte. */
const MAX_MACHINES = 4;
/** A further machine has to start first, so it is used only if each one gets this many commands. */
const COMMANDS_PER_MACHINE = 20;
/** A worker sends a heartbeat every five seconds, unless it hangs in the engine. */
const SILENT_MS = 120_000;

/** Progress callbacks. Each chapter gets one `onEnd`, with the total time of its parts, and the reason if it crashed. */
export interface ProofHooks {
  onFinding: (file: string, finding: Finding) => void;
  /** Called for a finding of before whose cell printed something else when it ran again. */
  onVarying: (file: string, id: string, pass: Pass) => void;
  onEnd: (file: string, seconds: number, crashed: string | undefined) => void;
}

/** Makes a worker that verifies chapters, on a machine with these settings. */
export function chapterWorker(settings: WorkerSettings): () => Worker {
  return () =>
    new Worker(new URL('./chapter-worker.ts', import.meta.url), { workerData: settings });
}

/**
 * Verifies the parts of chapters in parallel, the longest first, so that no machine works alone for long at the end. A
 * worker that crashes or stops answering ends only its part, and another worker replaces it. Resolves when all have ended.
 */
export async function proveChapters(
  chapters: readonly WholeChapter[],
  createWorker: () => Worker,
  hooks: ProofHooks,
  silentMs = SILENT_MS,
): Promise<void> {
  const waiting = chapters.flatMap(partsOf).sort((a, b) => commandsOf(b) - commandsOf(a));
  const commands = waiting.reduce((sum, task) => sum + commandsOf(task), 0);
  const useful = Math.max(1, Math.min(Math.floor(commands / COMMANDS_PER_MACHINE), waiting.length));
  const count = Math.min(availableParallelism(), MAX_MACHINES, useful);
  const pool = { waiting, createWorker, hooks, silentMs, onEnd: gatherEnds(waiting, hooks) };
  await Promise.all(Array.from({ length: count }, () => work(pool)));
}

interface Pool {
  waiting: ChapterTask[];
  createWorker: () => Worker;
  hooks: ProofHooks;
  silentMs: number;
  onEnd: ProofHooks['onEnd'];
}

/** Returns a function for the end of each part, which reports a chapter once its last part has ended. */
function gatherEnds(tasks: readonly ChapterTask[], { onEnd }: ProofHooks): ProofHooks['onEnd'] {
  const open = Map.groupBy(tasks, ({ file }) => file);
  const ends = new Map<string, { seconds: number; crashed: string | undefined }>();
  return (file, seconds, crashed) => {
    const before = ends.get(file);
    const end = {
      seconds: (before?.seconds ?? 0) + seconds,
      crashed: before?.crashed ?? crashed,
    };
    ends.set(file, end);
    open.get(file)?.pop();
    if (!open.get(file)?.length) onEnd(file, end.seconds, end.crashed);
  };
}

/** Runs one slot of the pool, from its first part to the end of the list. */
async function work({ waiting, createWorker, hooks, silentMs, onEnd }: Pool): Promise<void> {
  let worker: Worker | undefined;
  for (let task = waiting.shift(); task; task = waiting.shift()) {
    worker ??= createWorker();
    const begun = performance.now();
    const crashed = await ask(worker, task, hooks, silentMs);
    onEnd(task.file, (performance.now() - begun) / 1000, crashed);
    if (crashed === undefined) continue;
    await worker.terminate();
    worker = undefined;
  }
  await worker?.terminate();
}

/** Resolves to the reason why the part was not completed, or to undefined. */
function ask(
  worker: Worker,
  task: ChapterTask,
  hooks: ProofHooks,
  silentMs: number,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const onMessage = (answer: ChapterAnswer): void => {
      silence.refresh();
      if (answer.type === 'finding') hooks.onFinding(task.file, answer.finding);
      else if (answer.type === 'varies') hooks.onVarying(task.file, answer.id, answer.pass);
      else if (answer.type === 'done') end();
      else if (answer.type === 'crashed') end(answer.reason);
    };
    const onError = (error: unknown): void => end(`The worker crashed: ${String(error)}`);
    const onExit = (code: number): void => end(`The worker ended with ${code}.`);
    const end = (crashed?: string): void => {
      clearTimeout(silence);
      // One by one, since removing all listeners would also remove the Worker's own.
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      // An unhandled error of an ended worker would end this process.
      if (crashed !== undefined) worker.on('error', () => {});
      resolve(crashed);
    };
    const silence = setTimeout(
      () => end(`The machine did not answer for ${silentMs / 1000} s.`),
      silentMs,
    );
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(task);
  });
}
