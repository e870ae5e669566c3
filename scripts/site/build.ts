// Builds the site into dist/: makes the snapshots of the images that pages use, builds the pages, and finishes them.
// usage: node scripts/site/build.ts [--later]
//   --later   makes only the snapshot of the default image; no page needs another one to be built
import { build } from 'astro';
import { parseArgs } from 'node:util';
import { explainMistakes, throwMistakes } from '../../src/author-error.ts';
import { contentMistakes } from '../../src/content-check/content-mistakes.ts';
import { usedImages } from '../../src/course-data/used-images.ts';
import { DEFAULT_IMAGE } from '../../src/machine/image/default-image.ts';
import { removeUnusedDrawings } from '../../src/markdown/render-diagram.ts';
import { writeFileList } from './file-list.ts';
import { finishPages } from './finish-pages.ts';
import { hashInputs, writeStamp } from './input-hash.ts';
import { makeSnapshot } from './pending-snapshots.ts';

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
  const { values } = parseArgs({ options: { later: { type: 'boolean', default: false } } });
  for (const image of values.later ? [DEFAULT_IMAGE] : usedImages()) {
    step(`Making the snapshot of the machine ${image}`);
    // The script has printed the reason.
    await makeSnapshot(image).catch(() => process.exit(1));
  }
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

function step(text: string) {
  console.log(`build: ${text}`);
}
