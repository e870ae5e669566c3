// Makes the snapshots of images that `build.ts --later` has left out, and adds them to the built site.
// usage: node scripts/site/add-snapshots.ts IMAGE... [--level N]
//   --level N   compression level of zstd; the default is that of scripts/machine/snapshot.ts
import { parseArgs } from 'node:util';
import { addToBuild } from './add-to-build.ts';
import { makeSnapshot } from './pending-snapshots.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { level: { type: 'string' } },
});
const args = values.level === undefined ? [] : ['--level', values.level];

for (const image of positionals) {
  try {
    await makeSnapshot(image, { args });
  } catch {
    // The script has printed the reason.
    process.exit(1);
  }
  await addToBuild(image);
  console.log(`build: the snapshot of ${image} is in dist/`);
}
