import { expect, test } from 'vitest';
import { evidenceSchema } from './evidence.ts';

const point = { what: 'w', source: 's' };
const reason = {
  reason: 'r',
  judgement: 'j',
  for: [point],
  against: [point],
  try: { what: 'w', to: '/chapters/x/#a' },
};

function complaints(changed: object): string[] {
  const reasons = [{ ...reason, ...changed }];
  const { error } = evidenceSchema.safeParse({ caption: 'c', reasons });
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

test('a reason with evidence for it and against it is valid', () => {
  expect(complaints({})).toEqual([]);
});

test.each([
  ['a point without a source', { for: [{ what: 'w' }] }, /^reasons\.0\.for\.0\.source: /],
  ['a reason without evidence against it', { against: [] }, /^reasons\.0\.against: /],
  [
    'an address without a slash',
    { try: { what: 'w', to: 'chapters/x/' } },
    /^reasons\.0\.try\.to: Begin with a slash/,
  ],
  ['a judgement of two lines', { judgement: 'a\nb' }, /^reasons\.0\.judgement: Write one line/],
])('%s is rejected', (_, changed, complaint) => {
  expect(complaints(changed)).toEqual([expect.stringMatching(complaint)]);
});
