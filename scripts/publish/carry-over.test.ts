import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readGeneration, sha256, writeFileList, type FileList } from '../site/file-list.ts';
import { carryOver } from './carry-over.ts';

let top = '';
let server: Server;
let url = '';
/** The files of the live site; 'stall' never completes its answer. */
let live: Record<string, string | undefined | 'stall'>;
let notes: string[];

beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), 'carry-'));
  live = {};
  notes = [];
  server = createServer((request, response) => {
    const answer = live[(request.url ?? '').slice('/course/'.length)];
    if (answer === undefined) response.writeHead(404).end('nothing here');
    else if (answer === 'stall') response.writeHead(200).write('begin');
    else response.end(answer);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/course/`;
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(top, { recursive: true });
});

const script = (letter: string) => `_astro/page.${letter.repeat(8)}.js`;

/** Builds a site with these scripts. Each holds its own letter, `size` times. */
async function build(letters: string, size = 10): Promise<{ folder: string; list: FileList }> {
  const folder = await mkdtemp(join(top, 'dist-'));
  for (const letter of letters) await write(folder, script(letter), letter.repeat(size));
  await write(folder, 'index.html', `page of ${letters}`);
  await writeFileList(folder);
  const text = await readFile(join(folder, 'files.json'), 'utf8');
  return { folder, list: JSON.parse(text) as FileList };
}

async function write(folder: string, name: string, text: string) {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), text);
}

/** Makes a folder the live site. */
async function publish(folder: string) {
  const { files } = await readGeneration(folder);
  live = {};
  for (const name of ['files.json', ...files.map((file) => file.name)]) {
    live[name] = await readFile(join(folder, name), 'utf8');
  }
}

async function carry({ folder, list }: { folder: string; list: FileList }, maxBytes?: number) {
  const note = (text: string) => void notes.push(text);
  const effects = { fetch, note, fileMs: 300, totalMs: 5000 };
  const copied = await carryOver(folder, list, url, effects, maxBytes);
  return copied.map(({ name }) => name);
}

const scriptsOf = async (folder: string) => (await readdir(join(folder, '_astro'))).sort().join();
const scripts = (letters: string) => [...letters].map((x) => script(x).slice(7)).join();

test('copies the hashed files of the last two deploys that the new build lacks', async () => {
  for (const letters of ['a', 'b', 'c']) {
    const site = await build(letters);
    await carry(site);
    await publish(site.folder);
  }
  const next = await build('d');
  expect(await carry(next)).toEqual([script('c'), script('b')]);
  expect(await scriptsOf(next.folder)).toBe(scripts('bcd'));
  expect(await readFile(join(next.folder, 'index.html'), 'utf8')).toBe('page of d');
});

test('publishing the same build again keeps the deploys before it', async () => {
  for (const letters of ['a', 'b', 'b', 'b']) {
    const site = await build(letters);
    await carry(site);
    await publish(site.folder);
  }
  const next = await build('b');
  expect(await carry(next)).toEqual([script('a')]);
});

test('drops the oldest first beyond the limit', async () => {
  for (const letters of ['a', 'b']) {
    const site = await build(letters, 100);
    await carry(site);
    await publish(site.folder);
  }
  const next = await build('c', 100);
  expect(await carry(next, 150)).toEqual([script('b')]);
  expect(notes.join()).toContain(`${script('a')}: left out, because more than`);
});

test('leaves out files with a different size or hash', async () => {
  const last = await build('abc');
  await publish(last.folder);
  live[script('a')] = 'short';
  live[script('b')] = 'x'.repeat(10);
  const next = await build('d');
  expect(await carry(next)).toEqual([script('c')]);
  expect(notes).toEqual([
    `${script('a')}: left out, because it has 5 bytes instead of 10`,
    `${script('b')}: left out, because it has a different hash`,
  ]);
});

test('goes on after a file that stalls, and after one that is missing', async () => {
  const last = await build('abc');
  await publish(last.folder);
  live[script('a')] = 'stall';
  live[script('b')] = undefined;
  const next = await build('d');
  expect(await carry(next)).toEqual([script('c')]);
  expect(notes).toEqual([
    `${script('a')}: left out, because it took too long`,
    `${script('b')}: left out, because it returned status 404`,
  ]);
});

test('writes nothing outside the site, and no pages', async () => {
  const last = await build('a');
  await publish(last.folder);
  const evil = { bytes: 4, sha256: sha256('evil') };
  const names = ['late.html', '../_astro/x.abcdefgh.js', '_astro/../../x.abcdefgh.js', '/etc/x'];
  last.list.files.push(...names.map((name) => ({ name, ...evil })));
  live['files.json'] = JSON.stringify(last.list);
  live['late.html'] = 'evil';
  const next = await build('b');
  expect(await carry(next)).toEqual([script('a')]);
  expect(notes).toEqual([]);
});

test.each([
  ['no list', undefined, 'returned status 404'],
  ['a page in its place', '<!doctype html>', 'could not be read'],
  ['a list in another format', '{"format":2}', 'has the unknown format 2'],
  ['a list without files', '{"format":1,"earlier":[]}', 'is not a list of files'],
  ['a list that stalls', 'stall', 'took too long'],
])('%s is noted, and the deploy goes on', async (_, answer, reason) => {
  live['files.json'] = answer;
  expect(await carry(await build('a'))).toEqual([]);
  expect(notes).toEqual([expect.stringContaining(`Nothing is carried over: ${url}files.json`)]);
  expect(notes[0]).toContain(reason);
});

test('no live site at all is noted', async () => {
  server.close();
  expect(await carry(await build('a'))).toEqual([]);
  expect(notes[0]).toContain('could not be read (fetch failed)');
});
