// Runs all cells of a page in Node, in page order, as “Run all” does in a browser.
import type { Cell } from '../../../src/cells/cell.ts';
import { describeFindings, isProved } from '../../../src/cells/prove/finding.ts';
import { proveInOrder } from '../../../src/cells/prove/verify.ts';
import { LocalMachine } from '../../../src/machine/local-machine.ts';
import { nodeEffects } from '../../../src/machine/node-machine.ts';
import type { Found } from './run-page.ts';

/** Starts a machine; its method runs a page's cells from the clean machine. */
export async function startNode(machineFolder: string) {
  const machine = new LocalMachine(nodeEffects(machineFolder));
  await machine.start();
  return {
    async run(cells: Cell[]): Promise<Found[]> {
      const found: Found[] = [];
      for await (const finding of proveInOrder(machine, cells)) {
        const { id } = finding.cell;
        const result = finding.error ? 'failed' : 'differs';
        const reason = describeFindings([finding]).slice(0, 400);
        found.push(
          isProved(finding) ? { cell: id, result: 'passed' } : { cell: id, result, reason },
        );
      }
      return found;
    },
    close: () => machine.dispose(),
  };
}
