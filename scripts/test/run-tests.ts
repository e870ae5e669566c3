// Runs the parts of the checks and ends with one line that counts them:
// node scripts/test/run-tests.ts [--full] [--patient] [--help] [name of a part …]
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runPart, type Outcome } from './run-part.ts';
import { selectParts } from './select-parts.ts';
import type { Part } from './part.ts';
import { parts } from './parts.ts';

/** The factor by which --patient extends the budgets. */
const PATIENCE = 10;

const outcomes: Outcome[] = [];
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
process.on('uncaughtException', (error) => finish(error));

mkdirSync('.cache', { recursive: true });
try {
  const { values, positionals } = parseArgs({
    options: {
      full: { type: 'boolean', default: false },
      help: { type: 'boolean' },
      patient: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  if (values.help) printHelp();
  for (const part of selectParts(parts, positionals, values.full)) {
    if (stop.signal.aborted) break;
    // Correct work on a slow or busy computer passes, and a part that hangs still ends.
    const minutes = part.minutes * (values.patient ? PATIENCE : 1);
    outcomes.push(await runOrSkip({ ...part, minutes }));
  }
  finish(stop.signal.aborted ? 'The checks were interrupted.' : undefined);
} catch (error) {
  finish(error);
}

async function runOrSkip(part: Part): Promise<Outcome> {
  console.log(`\n==== ${part.name} ====`);
  const failed = outcomes.filter((outcome) => outcome.failed > 0).map(({ name }) => name);
  const broken = part.needs?.find((name) => failed.includes(name));
  const outcome = broken
    ? notRun(part, `not run, as ${broken} failed`)
    : await runPart(part, stop.signal);
  console.log(`---- ${describe(outcome)}`);
  return outcome;
}

function notRun({ name }: Part, reason: string): Outcome {
  return { name, passed: 0, failed: 1, seconds: 0, reason, failures: [] };
}

function printHelp(): never {
  const names = parts.map(({ name, full }) => (full ? `${name}*` : name));
  console.log('usage: npm test -- [--full] [--patient] [PART ...]   npm run check -- [PART ...]');
  console.log(`The parts are: ${names.join(', ')}.`);
  console.log('Those with * run only with --full, or when they are named.');
  console.log(`--patient gives each part ${PATIENCE} times its budget.`);
  writeFileSync('.cache/tests-finished', '');
  process.exit(0);
}

function describe({ name, passed, failed, seconds, reason }: Outcome): string {
  const result = failed === 0 ? 'passed' : 'FAILED';
  return `${name}: ${result} in ${seconds} s, ${passed} passed, ${failed} failed${reason ? ` (${reason})` : ''}`;
}

function finish(error?: unknown): never {
  if (error !== undefined) console.error(error);
  const failures = outcomes.filter(({ failed }) => failed > 0);
  // Repeated here, as a log of CI often shows only its end.
  for (const { name, failures } of outcomes) {
    for (const failure of failures) console.log(`\n==== Failed in ${name} ====\n${failure}`);
  }
  console.log('\n==== Summary ====');
  for (const outcome of outcomes) console.log(describe(outcome));
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
  // An error of the runner itself counts as one more failure.
  console.log(`${passed} passed, ${failed + (error === undefined ? 0 : 1)} failed`);
  writeFileSync('.cache/tests-finished', '');
  process.exit(failures.length > 0 || error !== undefined ? 1 : 0);
}
