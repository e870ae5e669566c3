// Runs all cells of a page in Node, in page order, as “Run all” does in a browser, and then all trials of its tasks.
import { proveTasks } from '../../../src/cells/prove/task.ts';
import { proveInOrder } from '../../../src/cells/prove/verify.ts';
import type { RunResult } from '../../../src/cells/run/result.ts';
import type { PageOfCells } from '../../../src/course-data/course-pages.ts';
import { LocalMachine } from '../../../src/machine/local-machine.ts';
import { nodeEffects } from '../../../src/machine/node-machine.ts';

/** Its method `run` runs a page from the clean machine of its image and resolves to results by id. */
export function startNode(machineFolder: string) {
  let present: { image: string; machine: LocalMachine } | undefined;
  const close = async (): Promise<void> => {
    const { machine } = present ?? {};
    present = undefined;
    await machine?.dispose();
  };
  const machineOf = async (image: string): Promise<LocalMachine> => {
    if (present?.image === image) return present.machine;
    await close();
    const machine = new LocalMachine(nodeEffects(machineFolder, image));
    present = { image, machine };
    await machine.start();
    return machine;
  };
  return {
    async run({ image, cells, tasks }: PageOfCells): Promise<Map<string, RunResult>> {
      const machine = await machineOf(image);
      const found = new Map<string, RunResult>();
      for await (const finding of proveInOrder(machine, cells)) found.set(finding.id, finding);
      for await (const finding of proveTasks(machine, [...cells, ...tasks], tasks)) {
        // The first trial that failed counts.
        const before = found.get(finding.id);
        if (!before || before.verdict === 'passed') found.set(finding.id, finding);
      }
      return found;
    },
    close,
  };
}
