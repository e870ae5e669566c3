// Runs the checks. Its last line counts them in any case, even if the runner crashes.
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
  console.error('The checks did not run to their end. The reason is above.');
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
