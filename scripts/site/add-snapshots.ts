// Makes the snapshots of images that `build.ts --later` has left out, and adds them to the built site.
// usage: node scripts/site/add-snapshots.ts IMAGE...
import { addToBuild } from './add-to-build.ts';
import { makeSnapshot } from './pending-snapshots.ts';

for (const image of process.argv.slice(2)) {
  try {
    await makeSnapshot(image);
  } catch {
    // The script has printed the reason.
    process.exit(1);
  }
  await addToBuild(image);
  console.log(`build: the snapshot of ${image} is in dist/`);
}
