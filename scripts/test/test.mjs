// Runs the checks. Its last line counts them in any case, even if the runner crashes.
import { existsSync, unlinkSync } from 'fs';
import { runVerb } from '../start/verb.mjs';

// Written by run-tests.ts after it has printed its last line.
const finished = '.cache/tests-finished';

if (existsSync(finished)) unlinkSync(finished);
runVerb('scripts/test/run-tests.ts', process.argv.slice(2)).then((code) => {
  process.exitCode = code;
  if (existsSync(finished)) return;
  console.error('The checks did not run to their end. The reason is above.');
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
});
