// Makes the snapshots that `build.ts --later` has left out, and adds them to the built site.
import { otherImages } from '../../src/machine/image/image-names.ts';
import { addToBuild } from './add-to-build.ts';
import { makeSnapshot } from './pending-snapshots.ts';

try {
  for (const image of otherImages()) {
    await makeSnapshot(image);
    await addToBuild(image);
    console.log(`build: the machine ${image} is in dist/`);
  }
} catch {
  // The script has printed the reason.
  process.exitCode = 1;
}
