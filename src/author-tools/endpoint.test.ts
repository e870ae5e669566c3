import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { toPageActivity } from '../cells/activity.ts';
import { parseChapter } from '../cells/text/chapter.ts';
import { answerAcceptance } from './endpoint.ts';

const file = 'content/chapters/x.mdx';
const text = '```sh cell id=a\n$ uname\nMinix\n```\n';
const cells = parseChapter(file, text).map((cell) => JSON.stringify(toPageActivity(cell)));
const outcomes = [{ lines: ['Linux'], status: 0, matches: false, truncated: false }];
const body = JSON.stringify({ file, cell: cells[0], outcomes });

let kept = text;
const server = createServer((request, response) => {
  void answerAcceptance(request, response, {
    readFile: async () => kept,
    writeFile: async (_, written) => void (kept = written),
  });
});
let origin = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());
beforeEach(() => void (kept = text));

const send = (init: RequestInit) => fetch(origin, { method: 'POST', body, ...init });

test('writes the output that a page of this server accepts', async () => {
  const { status } = await send({ headers: { Origin: origin } });
  expect(status).toBe(204);
  expect(kept).toBe(text.replace('Minix', 'Linux'));
});

test.each([
  ['another site', () => 'http://example.org', body, 'Only pages of this server'],
  ['a program without a page', () => undefined, body, 'Only pages of this server'],
  ['nonsense', () => origin, '{}', 'not a page of content/'],
])('rejects %s with a reason', async (_, from, sent, reason) => {
  const sender = from();
  const response = await send({ headers: sender ? { Origin: sender } : {}, body: sent });
  expect(response.status).toBe(409);
  expect(await response.text()).toContain(reason);
  expect(kept).toBe(text);
});
