/**
 * Prepares a built site for its host: node scripts/publish/prepare.ts FOLDER ADDRESS
 * Checks that the build has not changed, then adds the files that open pages of earlier deploys need.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { counted } from '../../src/counted.ts';
import { LIST, readGeneration, type FileList } from '../site/file-list.ts';
import { carryOver, type Effects } from './carry-over.ts';
import { appendLines } from './github.ts';

const [folder, address] = process.argv.slice(2);
if (!folder || !address) {
  console.error('usage: node scripts/publish/prepare.ts FOLDER ADDRESS');
  process.exit(2);
}

const notes: string[] = [];
const effects: Effects = {
  fetch,
  note: (text) => void notes.push(text),
  fileMs: 30_000,
  totalMs: 300_000,
};

const list = JSON.parse(await readFile(join(folder, LIST), 'utf8')) as FileList;
const found = await readGeneration(folder);
if (found.generation !== list.generation) {
  throw new Error(
    `The files in ${folder} do not match its ${LIST}: one has changed since the build. Build the site again.`,
  );
}
const copied = await carryOver(folder, list, address, effects);
const megabytes = (copied.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6).toFixed(1);
appendLines('GITHUB_STEP_SUMMARY', [
  `Prepared generation ${list.generation}, with ${counted(copied.length, 'file')} (${megabytes} MB) from earlier deploys.`,
  ...notes.map((note) => `- ${note}`),
]);
