import { expect, test } from 'vitest';
import type { PageRequest } from './page-request.ts';
import { RequestQueue } from './request-queue.ts';

const page: PageRequest = { what: 'page', last: undefined };

test('an unexpected error is reported, and the next request runs', async () => {
  const reported: unknown[] = [];
  let runs = 0;
  const run = async (): Promise<void> => {
    if (++runs === 1) throw new Error('A view threw.');
  };
  const queue = new RequestQueue(run, (reason) => reported.push(reason));
  await Promise.all([queue.add(page), queue.add(page)]);
  await queue.add(page);
  expect(runs).toBe(3);
  expect(reported).toEqual([new Error('A view threw.')]);
  expect(queue.isWorking).toBe(false);
});
