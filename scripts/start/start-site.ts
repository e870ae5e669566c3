// Builds the site if its sources have changed since the last build, then serves it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { hashInputs, readStamp } from '../site/input-hash.ts';

const isBuilt = existsSync('dist/index.html') && (await readStamp()) === (await hashInputs());
if (isBuilt) {
  console.log('The site is up to date.');
} else {
  console.log('Building the site …');
  const { status } = spawnSync(process.execPath, ['scripts/site/build.ts'], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
await import('../site/serve.ts');
