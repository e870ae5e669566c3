// Runs all activities of a page in Node, in page order, as “Run all” does in a browser.
import type { Activity } from '../../../src/cells/activity.ts';
import { proveInOrder } from '../../../src/cells/prove/verify.ts';
import type { RunResult } from '../../../src/cells/run/result.ts';
import { LocalMachine } from '../../../src/machine/local-machine.ts';
import { nodeEffects } from '../../../src/machine/node-machine.ts';

/** Starts a machine. Its method runs a page's activities from the clean machine and resolves to results by id. */
export async function startNode(machineFolder: string) {
  const machine = new LocalMachine(nodeEffects(machineFolder));
  await machine.start();
  return {
    async run(activities: readonly Activity[]): Promise<Map<string, RunResult>> {
      const found = new Map<string, RunResult>();
      for await (const finding of proveInOrder(machine, activities)) {
        found.set(finding.id, finding);
      }
      return found;
    },
    close: () => machine.dispose(),
  };
}
