import { expect, test } from 'vitest';
import { checkPageFields, explainFrontmatter } from './frontmatter-mistake.ts';

const file = 'content/chapters/x.mdx';

test('asks for a field that is missing', () => {
  const error = new Error(
    '**docs → x** data does not match.\n\n  **title**: **title**: Required\n',
  );
  expect(explainFrontmatter(error, '---\ndescription: d\n---\n', file).message)
    .toMatchInlineSnapshot(`
      "content/chapters/x.mdx:1:1  BadFrontmatter
      The frontmatter of this page does not match its schema. \`title\`: Required
      Add a line \`title: …\` between the two \`---\` lines at the top of the file."
    `);
});

test('names the line of an invalid field, and all errors', () => {
  const error = new Error(
    'x\n\n  **sidebar.order**: Expected number\n  **title**: Expected string\n',
  );
  const source = '---\ntitle: 1\nsidebar:\n  order: x\n---\n';
  expect(explainFrontmatter(error, source, file).message).toMatchInlineSnapshot(`
    "content/chapters/x.mdx:3:1  BadFrontmatter
    The frontmatter of this page does not match its schema. \`sidebar.order\`: Expected number; \`title\`: Expected string
    Correct \`sidebar.order\` between the two \`---\` lines."
  `);
});

test('a page needs a title, and a chapter its fields', () => {
  const check = (name: string, fields: object) => () =>
    checkPageFields(name, file, { ...fields }, '---\nminutes: 0\n---\n');
  expect(check('index', {})).toThrow('`title`: Required\nAdd a line `title: …`');
  expect(check('index', { title: 2 })).toThrow('`title`: Write a text');
  expect(check('index', { title: 'T' })).not.toThrow();
  expect(check('chapters/x', { title: 'T', minutes: 0 })).toThrow('`outcomes`: Required; `needs`');
});
