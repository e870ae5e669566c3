import { mdxToJs } from 'satteri';
import { expect, test } from 'vitest';
import { citations } from './citations.ts';

const build = async (page: string) =>
  (await mdxToJs(page, { mdastPlugins: [citations()] })).code.replaceAll('\\xA0', '\u00a0');

test.each([
  ['a space', 'It was so <Cite id="a" />.'],
  ['the end of a line', 'It was so\n<Cite id="a" />.'],
])('a citation stays with the word before it, after %s', async (_, page) => {
  expect(await build(page)).toContain('so\u00a0"');
});

test('a second citation stays with the first, and other elements may begin a line', async () => {
  const code = await build('So <Cite id="a" /> <Cite id="b" /> a <Term id="c">c</Term>.');
  expect(code.match(/"[^"]*\u00a0"/g)).toEqual(['"So\u00a0"', '"\u00a0"']);
  expect(code).toContain('" a "');
});

test('a citation at the beginning shows the name of its source', async () => {
  expect(await build('- <Cite id="a" />: a paper')).toMatch(/id: "a",\s+named: true/);
  expect(await build('It was so <Cite id="a" />.')).not.toContain('named');
});
