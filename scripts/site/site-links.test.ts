import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkLinks } from './site-links.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'site-'));
  await mkdir(join(folder, 'chapter'));
  await writeFile(join(folder, 'chapter', 'index.html'), '<h2 id="part">Part</h2>');
});
afterEach(() => rm(folder, { recursive: true }));

async function problemsOf(html: string): Promise<string[]> {
  await writeFile(join(folder, 'index.html'), html);
  const site = { folder, siteUrl: 'https://example.org', basePath: '/course' };
  return (await checkLinks(site)).problems;
}

test.each([
  '/course/chapter/#part',
  'chapter/',
  '#top',
  '/course/',
  'https://example.org/course/chapter/',
  'https://elsewhere.example/x?a=1&amp;b=2',
  'mailto:a@example.org',
])('accepts %s', async (address) => {
  expect(await problemsOf(`<a class="x" href="${address}">x</a>`)).toEqual([]);
});

test.each([
  ['/course/none/', 'leads to nothing'],
  ['/course/chapter', 'leads to a folder; add a slash at its end'],
  ['/chapter/', 'lies outside /course/'],
  ['/course/chapter/#parts', 'has no such id; the page has: part'],
  ['http://elsewhere.example/', 'is not encrypted; write https://'],
  ['https://[', 'is not an address'],
])('reports %s', async (address, fault) => {
  const problems = await problemsOf(`<a href="${address}">x</a>`);
  expect(problems).toEqual([`index.html: ${address}  ${fault}`]);
});

test('checks images and scripts, but not the text of comments and scripts', async () => {
  const html =
    '<!-- <a href="/no/"> --><script>"<a href=\'/no/\'>"</script><img alt="" src="none.png">';
  expect(await problemsOf(html)).toEqual(['index.html: none.png  leads to nothing']);
});
