import { expect, test } from 'vitest';
import { checkChapterFields } from './chapter-frontmatter.ts';

const fields = { outcomes: ['start a', 'find b'], needs: 'a shell', minutes: 20 };

test('a chapter with all fields and another page with none are valid', () => {
  expect(checkChapterFields('chapters/x', fields)).toEqual([]);
  expect(checkChapterFields('about/machine', { title: 'T' })).toEqual([]);
});

test('a chapter needs all of them', () => {
  expect(checkChapterFields('chapters/x', {})).toEqual([
    'outcomes: Required',
    'needs: Required',
    'minutes: Required',
  ]);
});

test('an invalid field is named with the reason', () => {
  const wrong = { ...fields, outcomes: ['one'], minutes: '20' };
  expect(checkChapterFields('chapters/x', wrong)).toMatchInlineSnapshot(`
    [
      "outcomes: Write 2 to 4 outcomes",
      "minutes: Expected number, received string",
    ]
  `);
});

test('other pages must not have them', () => {
  expect(checkChapterFields('index', { minutes: 3 })).toEqual([
    'minutes: Only pages in content/chapters have this field',
  ]);
});
