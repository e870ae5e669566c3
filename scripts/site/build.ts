// Builds the site into dist/: makes the machine's snapshot, builds the pages, and finishes them.
import { build } from 'astro';
import { spawnSync } from 'node:child_process';
import { explainMistakes, throwMistakes } from '../../src/author-error.ts';
import { contentMistakes } from '../../src/content-check/content-mistakes.ts';
import { removeUnusedDrawings } from '../../src/markdown/render-diagram.ts';
import { writeFileList } from './file-list.ts';
import { finishPages } from './finish-pages.ts';
import { hashInputs, writeStamp } from './input-hash.ts';

process.env['ASTRO_TELEMETRY_DISABLED'] = '1';

try {
  await buildSite();
} catch (error) {
  const mistakes = explainMistakes(error);
  console.error(mistakes ? `\n${mistakes}\n` : error);
  process.exit(1);
}

async function buildSite() {
  // Computed first, so that a file saved during the build leads to another build.
  const inputs = await hashInputs();
  // Astro would stop at the first page with a mistake.
  throwMistakes(contentMistakes());
  makeSnapshot();
  step('Building the pages');
  await build({ logLevel: 'warn' });
  step('Adding the security policy to each page');
  const diagrams = await finishPages('dist');
  const removed = await removeUnusedDrawings(diagrams);
  if (removed.length > 0) step(`Removed ${removed.length} unused drawings`);
  await writeFileList('dist');
  await writeStamp(inputs);
  step('The site is in dist/');
}

function makeSnapshot() {
  const script = 'scripts/machine/snapshot.ts';
  step('Making the snapshot of the machine');
  const { status } = spawnSync(process.execPath, [script], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${script} ended with ${status ?? 'a signal'}.`);
}

function step(text: string) {
  console.log(`build: ${text}`);
}
