import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { runChild } from './run-child.mjs';

// A process that starts another one; both print their number and ignore signals that ask them to end.
const deaf = `for (const s of ['SIGINT', 'SIGTERM']) process.on(s, () => {}); console.log(process.pid);`;
const stubborn = `${deaf} setInterval(() => {}, 1000);
  if (process.argv[1] === 'first') require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(
    `${deaf} setInterval(() => {}, 1000)`,
  )}], { stdio: 'inherit' });`;
const script = (graceMs: number) => `
  import { runChild } from './scripts/start/run-child.mjs';
  const args = ['-e', process.argv[1], 'first'];
  const options = { stdio: 'inherit', graceMs: ${graceMs}, name: 'npm' };
  process.exitCode = (await runChild(process.execPath, args, options)).code;`;

let runner: ChildProcess | undefined;
afterEach(() => void runner?.kill('SIGKILL'));

/** Starts both. They share their output, so that `close` comes only after both have ended. */
async function start(graceMs: number) {
  const args = ['--input-type=module', '-e', script(graceMs), stubborn];
  const child = (runner = spawn(process.execPath, args));
  const seen = { text: '', errors: '' };
  child.stderr.on('data', (data) => (seen.errors += data));
  while (seen.text.split('\n').length < 3) seen.text += (await once(child.stdout, 'data'))[0];
  return { child, seen };
}

test('one signal ends a program that ignores it, and its children, within a second', async () => {
  const { child, seen } = await start(500);
  const before = performance.now();
  child.kill('SIGINT');
  expect(await once(child, 'close')).toEqual([130, null]);
  expect(performance.now() - before).toBeLessThan(1500);
  expect(seen.errors).toBe('\nStopping npm …\n');
});

test('a second signal kills at once', async () => {
  const { child } = await start(60_000);
  child.kill('SIGINT');
  await new Promise((done) => setTimeout(done, 300));
  child.kill('SIGINT');
  expect(await once(child, 'close')).toEqual([130, null]);
});

test('the same Ctrl-C, sent on by npm, is not a second one', async () => {
  const { child } = await start(60_000);
  child.kill('SIGINT');
  child.kill('SIGINT');
  await new Promise((done) => setTimeout(done, 300));
  expect(child.exitCode).toBe(null);
  child.kill('SIGINT');
  await once(child, 'close');
});

test('distinguishes a program that the system killed from one that ended', async () => {
  const options = { stdio: 'ignore' as const };
  const die = ['-e', 'process.kill(process.pid, "SIGKILL")'];
  expect(await runChild(process.execPath, die, options)).toMatchObject({ code: 1, killed: true });
  const end = ['-e', 'process.exit(3)'];
  expect(await runChild(process.execPath, end, options)).toMatchObject({ code: 3, killed: false });
});

test('passes on the program’s error output', async () => {
  let seen = '';
  const onError = (data: Buffer) => void (seen += data);
  const stdio: StdioOptions = ['ignore', 'ignore', 'pipe'];
  await runChild(process.execPath, ['-e', 'console.error("no")'], { stdio, onError });
  expect(seen).toBe('no\n');
});
