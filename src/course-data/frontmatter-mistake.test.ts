import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { explainFrontmatter } from './frontmatter-mistake.ts';

const fileURL = pathToFileURL('content/chapters/x.mdx');

test('asks for a field that is missing', () => {
  const error = new Error(
    '**docs → x** data does not match.\n\n  **title**: **title**: Required\n',
  );
  expect(explainFrontmatter(error, '---\ndescription: d\n---\n', fileURL).message)
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
  expect(explainFrontmatter(error, source, fileURL).message).toMatchInlineSnapshot(`
    "content/chapters/x.mdx:3:1  BadFrontmatter
    The frontmatter of this page does not match its schema. \`sidebar.order\`: Expected number; \`title\`: Expected string
    Correct \`sidebar.order\` between the two \`---\` lines."
  `);
});
