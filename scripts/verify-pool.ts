/** Spreads chapters over as many machines as there are processors to emulate them. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ChapterAnswer, ChapterTask } from './verify-chapter.ts';

/** Each machine needs a processor, and about a gigabyte with its kept states. */
const MOST_MACHINES = 4;

/** Proves chapters in parallel, the longest first, and calls `onAnswer` as each is done. */
export async function proveChapters(
  tasks: readonly ChapterTask[],
  machineFolder: string,
  onAnswer: (answer: ChapterAnswer) => void,
): Promise<void> {
  const waiting = [...tasks].sort((a, b) => b.text.length - a.text.length);
  const count = Math.min(availableParallelism(), MOST_MACHINES, waiting.length);
  await Promise.all(Array.from({ length: count }, () => work(waiting, machineFolder, onAnswer)));
}

/** One worker, from its first chapter to the end of the list. */
async function work(
  waiting: ChapterTask[],
  machineFolder: string,
  onAnswer: (answer: ChapterAnswer) => void,
): Promise<void> {
  const worker = new Worker(new URL('./verify-chapter.ts', import.meta.url), {
    workerData: machineFolder,
  });
  try {
    for (let task = waiting.shift(); task; task = waiting.shift())
      onAnswer(await ask(worker, task));
  } finally {
    await worker.terminate();
  }
}

function ask(worker: Worker, task: ChapterTask): Promise<ChapterAnswer> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.postMessage(task);
  });
}
