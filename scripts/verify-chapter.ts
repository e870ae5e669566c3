/** A worker of `npm run verify`: proves chapters on a machine of its own, one after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import { parseChapter } from '../src/cells/chapter.ts';
import { proveAlone, proveInOrder } from '../src/cells/verify.ts';
import type { Finding } from '../src/cells/verify.ts';
import { LocalMachine } from '../src/machine/local-machine.ts';
import { nodeEffects } from '../src/machine/node-machine.ts';

/** What the worker is asked: a chapter, and the one cell to prove, or all. */
export interface ChapterTask {
  file: string;
  text: string;
  only: string | undefined;
}

/** What it answers. Errors are told by name, since classes do not cross. */
export type ChapterAnswer =
  { file: string; findings: Finding[]; seconds: number } | { file: string; crashed: string };

const machine = new LocalMachine(nodeEffects(workerData as string));

async function prove({ file, text, only }: ChapterTask): Promise<Finding[]> {
  await machine.start();
  const cells = parseChapter(file, text);
  const findings: Finding[] = [];
  const chosen = cells.filter((cell) => only === undefined || cell.id === only);
  if (only === undefined) {
    for await (const finding of proveInOrder(machine, cells)) findings.push(plain(finding));
  }
  for await (const finding of proveAlone(machine, cells, chosen)) findings.push(plain(finding));
  return findings;
}

function plain(finding: Finding): Finding {
  if (!finding.error) return finding;
  const { name, message } = finding.error;
  return { ...finding, error: { name, message } };
}

parentPort?.on('message', (task: ChapterTask) => {
  const begun = performance.now();
  prove(task).then(
    (findings) => {
      const seconds = (performance.now() - begun) / 1000;
      parentPort?.postMessage({ file: task.file, findings, seconds } satisfies ChapterAnswer);
    },
    (error: unknown) => {
      parentPort?.postMessage({ file: task.file, crashed: String(error) } satisfies ChapterAnswer);
    },
  );
});
