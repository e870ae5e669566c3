import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runPart } from './run-part.ts';
import type { Part } from './part.ts';

const never = new AbortController().signal;
const node = (code: string) => ['node', '-e', code];
const part = (more: Partial<Part>): Part => ({ name: 'x', minutes: 1, commands: [], ...more });
const before = process.cwd();
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'part-'));
  process.chdir(folder);
});
afterAll(async () => {
  process.chdir(before);
  await rm(folder, { recursive: true });
});

test('counts a part without a report as one check', async () => {
  const outcome = await runPart(part({ commands: [node(''), node('')] }), never);
  expect(outcome).toMatchObject({ name: 'x', passed: 1, failed: 0 });
});

test('stops at the first command that fails, and names it', async () => {
  const outcome = await runPart(part({ commands: [node('process.exit(3)'), node('')] }), never);
  expect(outcome).toMatchObject({ passed: 0, failed: 1, reason: 'node -e ended with 3' });
});

test('uses the counts that a command reports', async () => {
  const write = `require('fs').mkdirSync('.cache');require('fs').writeFileSync(process.env.TEST_REPORT, '{"passed":4,"failed":0}')`;
  const outcome = await runPart(part({ report: 'counts', commands: [node(write)] }), never);
  expect(outcome).toMatchObject({ passed: 4, failed: 0 });
});

test('stops a part that takes longer than its budget', async () => {
  const outcome = await runPart(part({ minutes: 0.001, commands: [['sleep', '1000']] }), never);
  expect(outcome).toMatchObject({ passed: 0, failed: 1 });
  expect(outcome.reason).toBe('stopped after its budget of 0.001 min');
});

test('an interrupt stops all processes of a part', async () => {
  const server = `require('net').createServer().listen(0, function () {
    require('fs').writeFileSync('port', String(this.address().port));
  });`;
  const start = `require('child_process').spawn('node', ['-e', ${JSON.stringify(server)}]);`;
  const stop = new AbortController();
  const running = runPart(part({ commands: [node(start)] }), stop.signal);
  await expect.poll(() => canConnect(), { timeout: 20_000 }).toBe(true);
  stop.abort();
  expect(await running).toMatchObject({ failed: 1, reason: 'interrupted' });
  await expect.poll(() => canConnect()).toBe(false);
});

test('an interrupt ends a program that ignores it within a second', async () => {
  const deaf = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);
    require('fs').writeFileSync('deaf', '');`;
  const stop = new AbortController();
  const running = runPart(part({ commands: [node(deaf)] }), stop.signal);
  await expect.poll(() => existsSync('deaf'), { timeout: 20_000 }).toBe(true);
  const before = performance.now();
  stop.abort();
  expect(await running).toMatchObject({ failed: 1, reason: 'interrupted' });
  expect(performance.now() - before).toBeLessThan(1500);
});

test('fails a program that does not exist', async () => {
  const outcome = await runPart(part({ commands: [['no-such-program']] }), never);
  expect(outcome.reason).toMatch(/could not be started: spawn no-such-program ENOENT/);
});

async function canConnect(): Promise<boolean> {
  const port = Number(await readFile('port', 'utf8').catch(() => '0'));
  if (port === 0) return false;
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
