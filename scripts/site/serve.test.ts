// `npm run preview` with a port that it cannot use.
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';

const serve = (...args: string[]) =>
  spawnSync(process.execPath, ['scripts/site/serve.ts', ...args], { encoding: 'utf8' });

test('a busy port gets one sentence and no stack', async () => {
  const other = createServer();
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  const { port } = other.address() as AddressInfo;
  const { status, stderr } = serve('--port', `${port}`);
  other.close();
  expect(status).toBe(1);
  expect(stderr).toBe(`Port ${port} is in use. Choose another one with --port.\n`);
});

test.each([
  ['--port', 'x', 'The port `x` is not a number from 0 to 65535. Correct --port.\n'],
  ['--colour', 'x', "Unknown option '--colour'"],
])('%s %s gets one sentence and no stack', (option, value, sentence) => {
  const { status, stderr } = serve(option, value);
  expect(status).toBe(1);
  expect(stderr).toContain(sentence);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});
