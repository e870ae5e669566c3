// Runs all cells of a page in Node, in page order, as “Run all” does in a browser, and then all trials of its tasks.
import { proveTasks } from '../../../src/cells/prove/task.ts';
import { proveInOrder } from '../../../src/cells/prove/verify.ts';
import type { RunResult } from '../../../src/cells/run/result.ts';
import type { PageOfCells } from '../../../src/course-data/course-pages.ts';
import { LocalMachine } from '../../../src/machine/local-machine.ts';
import { nodeEffects } from '../../../src/machine/node-machine.ts';

/** Starts a machine. Its method runs a page from the clean machine and resolves to results by id. */
export async function startNode(machineFolder: string) {
  const machine = new LocalMachine(nodeEffects(machineFolder));
  await machine.start();
  return {
    async run({ cells, tasks }: PageOfCells): Promise<Map<string, RunResult>> {
      const found = new Map<string, RunResult>();
      for await (const finding of proveInOrder(machine, cells)) found.set(finding.id, finding);
      for await (const finding of proveTasks(machine, [...cells, ...tasks], tasks)) {
        // The first trial that failed counts.
        const before = found.get(finding.id);
        if (!before || before.verdict === 'passed') found.set(finding.id, finding);
      }
      return found;
    },
    close: () => machine.dispose(),
  };
}
