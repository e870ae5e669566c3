// Runs the checks and makes sure that the last line counts them, whatever happens to the runner.
import { existsSync, rmSync } from 'node:fs';
import { runOnBundledNode } from '../start/bootstrap.mjs';

// Written by run-tests.ts after it has printed its last line.
const finished = '.cache/tests-finished';

try {
  rmSync(finished, { force: true });
  process.exitCode = await runOnBundledNode('scripts/test/run-tests.ts');
} catch (error) {
  console.error(error.message);
}
if (!existsSync(finished)) {
  console.error('The checks could not be run to their end; the reason is above.');
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
