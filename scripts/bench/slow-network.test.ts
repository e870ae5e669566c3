import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Line, slowDown } from './slow-network.ts';

test('a line passes bytes at its speed, after half a round trip', () => {
  const line = new Line({ bitsPerSecond: 8000, roundTripMs: 100 });
  expect(line.send(1000, 0)).toBe(1050);
  // The second piece waits for the first; the third finds the line free.
  expect(line.send(500, 200)).toBe(1550);
  expect(line.send(500, 5000)).toBe(5550);
});

const body = Buffer.from(Uint8Array.from({ length: 600_000 }, (_, i) => (i * 7) % 251));
const server = createServer((request, response) => {
  if (request.url === '/cut') response.destroy();
  else response.end(body);
});
let url = '';
let close = (): void => {};
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fast = { bitsPerSecond: 400e6, roundTripMs: 4 };
  const slow = await slowDown((server.address() as AddressInfo).port, fast);
  ({ close } = slow);
  url = `http://127.0.0.1:${slow.port}`;
});
afterAll(() => {
  close();
  server.close();
});

test('several answers at a time arrive whole and in order', async () => {
  const answers = await Promise.all(
    Array.from({ length: 4 }, async () => (await fetch(url)).arrayBuffer()),
  );
  expect(answers.every((answer) => body.equals(Buffer.from(answer)))).toBe(true);
});

test('a connection that the server cuts is cut', async () => {
  await expect(fetch(`${url}/cut`)).rejects.toThrow();
});
