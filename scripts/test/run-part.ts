// Runs one part of the checks within its budget. At the end it stops all processes of the part.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';
import type { Part } from './part.ts';
import { readFailures } from './failures.ts';
import { countTests, reportTo, type Counts } from './reports.ts';

/** The result of a part. It has a `reason` if the part failed. */
export interface Outcome extends Counts {
  name: string;
  seconds: number;
  reason?: string;
  /** The failed tests, each with its name and message, as far as the part reports them. */
  failures: string[];
}

// Time to end for a part that exceeds its budget. Ctrl-C ends a part within a second.
const graceMs = { budget: 5000, interrupt: 500 };

/** Runs a part's commands one after the other. An abort stops them, and the part fails. */
export async function runPart(part: Part, stop: AbortSignal): Promise<Outcome> {
  const start = performance.now();
  const report = resolve('.cache', `report-${part.name}.json`);
  rmSync(report, { force: true });
  const budget = AbortSignal.timeout(part.minutes * 60_000);
  const ended = await runCommands(part, report, AbortSignal.any([stop, budget]));
  const reason = budget.aborted ? `stopped after its budget of ${part.minutes} min` : ended;
  const counts = countTests(report, part.report, reason === undefined);
  const failures = readFailures(report, part.report);
  return withReason({ name: part.name, ...counts, failures, seconds: secondsSince(start) }, reason);
}

async function runCommands(part: Part, report: string, stop: AbortSignal) {
  const { args, env } = reportTo(report, part.report);
  for (const command of part.commands) {
    const ended = await runCommand([...command, ...args], env, stop);
    if (stop.aborted) return 'interrupted';
    if (ended !== undefined) return `${command.slice(0, 2).join(' ')} ${ended}`;
  }
  return undefined;
}

function runCommand(
  [program = '', ...args]: string[],
  env: Record<string, string>,
  stop: AbortSignal,
): Promise<string | undefined> {
  return new Promise((done) => {
    const path = resolve('node_modules/.bin') + delimiter + (process.env['PATH'] ?? '');
    const isWindows = process.platform === 'win32';
    const child = spawn(program, args, {
      // A test that reads from the terminal would never end.
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', PATH: path, ...env },
      // A process group of its own, so that browsers and servers below it are stopped with it.
      detached: !isWindows,
      shell: isWindows,
    });
    const kill = (signal: NodeJS.Signals) => {
      if (isWindows || child.pid === undefined) child.kill(signal);
      else signalGroup(child.pid, signal);
    };
    let force: NodeJS.Timeout | undefined;
    const onStop = () => {
      kill('SIGTERM');
      const isBudget = (stop.reason as Error).name === 'TimeoutError';
      force = setTimeout(() => kill('SIGKILL'), isBudget ? graceMs.budget : graceMs.interrupt);
    };
    if (stop.aborted) onStop();
    stop.addEventListener('abort', onStop);
    const finish = (ended: string | undefined) => {
      clearTimeout(force);
      stop.removeEventListener('abort', onStop);
      if (stop.aborted) kill('SIGKILL');
      done(ended);
    };
    child.on('error', (error) => finish(`could not be started: ${error.message}`));
    child.on('exit', (code, signal) =>
      finish(code === 0 ? undefined : `ended with ${code ?? signal}`),
    );
  });
}

function signalGroup(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended already.
  }
}

function withReason(outcome: Outcome, reason: string | undefined): Outcome {
  const noTests = outcome.passed + outcome.failed === 0;
  if (noTests) return { ...outcome, failed: 1, reason: reason ?? 'ran no tests' };
  return reason === undefined ? outcome : { ...outcome, reason };
}

function secondsSince(start: number): number {
  return Math.round((performance.now() - start) / 1000);
}
