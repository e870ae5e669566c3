import { expect, test } from 'vitest';
import { checkPageFields } from './frontmatter-mistake.ts';
import { readFrontmatter } from './yaml.ts';

const check = (name: string, fields: string) => () => {
  const file = `content/${name}.mdx`;
  const source = `---\n${fields}\n---\n`;
  checkPageFields(name, file, readFrontmatter(file, source).frontmatter, source);
};

test('a field that is missing is asked for', () => {
  expect(check('index', 'description: d')).toThrowErrorMatchingInlineSnapshot(`
    [BadFrontmatter: content/index.mdx:1:1  BadFrontmatter
    The frontmatter of this page has a mistake in \`title\`: Required
    Add a line \`title: …\` between the two \`---\` lines at the top of the file.]
  `);
});

test('each wrong field has its line and the reason', () => {
  const fields = 'title: 1\ntemplate: spash\nsidebar:\n  order: x\nminuts: 3';
  expect(check('index', fields)).toThrowErrorMatchingInlineSnapshot(`
    [BadFrontmatter: content/index.mdx:2:1  BadFrontmatter
    The frontmatter of this page has a mistake in \`title\`: Expected string, received number
    Correct \`title\` between the two \`---\` lines.

    content/index.mdx:3:1  BadFrontmatter
    The frontmatter of this page has a mistake in \`template\`: Invalid option: expected one of "doc"|"splash"
    Correct \`template\` between the two \`---\` lines.

    content/index.mdx:4:1  BadFrontmatter
    The frontmatter of this page has a mistake in \`sidebar.order\`: Expected number, received string
    Correct \`sidebar.order\` between the two \`---\` lines.

    content/index.mdx:6:1  BadFrontmatter
    The frontmatter of this page has a mistake in \`minuts\`: There is no such field. Did you mean \`minutes\`?
    Correct \`minuts\` between the two \`---\` lines.]
  `);
});

test('a page needs a title, and a chapter its fields', () => {
  expect(check('index', 'title: " "')).toThrow('`title`: Write a title');
  expect(check('index', 'title: T')).not.toThrow();
  expect(check('index', 'title: T\nminutes: 3')).toThrow('`minutes`: Only pages in content/chap');
  const chapter = check('chapters/x', 'title: T\nminutes: 0');
  expect(chapter).toThrow(/`outcomes`: Required[^]*`needs`: Required[^]*x\.mdx:3:1[^]*`minutes`/);
});

test('an image that does not exist is named with its line, the reason and the images', () => {
  expect(check('index', 'title: T\nimage: course')).not.toThrow();
  expect(check('index', 'title: T\nimage: corse')).toThrow(
    /index\.mdx:3:1 .*\n.*`image`: There is no image "corse"\. Did you mean "course"\? The images are: course.*\nCorrect `image`/,
  );
  expect(check('index', 'title: T\nimage: 3')).toThrow('`image`: Expected string, received number');
});
