// Builds the site if its sources have changed since the last build, and serves it. The snapshots of large images
// are made after that: their pages can be read meanwhile, and their cells wait.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { usedImages } from '../../src/course-data/used-images.ts';
import { addToBuild } from '../site/add-to-build.ts';
import { hashInputs, readStamp } from '../site/input-hash.ts';
import { PendingSnapshots } from '../site/pending-snapshots.ts';
import { serveSite } from '../site/serve-site.ts';

const isBuilt = existsSync('dist/index.html') && (await readStamp()) === (await hashInputs());
if (isBuilt) {
  console.log('The site is up to date.');
} else {
  console.log('Building the site …');
  const build = ['scripts/site/build.ts', '--later'];
  const { status } = spawnSync(process.execPath, build, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
const pending = new PendingSnapshots(usedImages().slice(1));
if (!(await serveSite(process.argv.slice(2), pending))) process.exit(1);
const failed = await pending.makeAll({ onMade: addToBuild });
for (const image of failed) {
  console.error(`Pages that use the machine ${image} can be read, but their cells cannot run.`);
  console.error('The lines above give the reason. Fix the problem, then run npm start again.');
}
