// Serves the pages for their authors. The first time, it also makes the snapshots of the images: pages can be
// read and edited at once, and cells wait until the snapshot of their image exists.
import { spawn } from 'node:child_process';
import { printMistake } from '../../src/author-error.ts';
import { contentMistakes } from '../../src/content-check/content-mistakes.ts';
import { usedImages } from '../../src/course-data/used-images.ts';
import { PendingSnapshots } from './pending-snapshots.ts';

process.env['ASTRO_TELEMETRY_DISABLED'] = '1';

// Astro would exit at the first of these with a stack trace. Other mistakes do not stop the dev server.
const fatal = ['BadYaml', 'BadData', 'BadFrontmatter', 'UnknownPage'];
const mistakes = contentMistakes();
for (const mistake of mistakes) console.error(`${printMistake(mistake)}\n`);
const found = new Set(mistakes.map(({ name }) => name).filter((name) => fatal.includes(name)));
if (found.size) {
  console.error(
    `dev: not started. First correct the mistakes above that are named ${[...found].join(', ')}.`,
  );
  process.exit(1);
}

const pending = new PendingSnapshots(usedImages());
const stop = new AbortController();
const site = spawn(
  process.execPath,
  ['node_modules/astro/bin/astro.mjs', 'dev', ...process.argv.slice(2)],
  {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  },
);
// The dev server answers requests for snapshots, and src/author-tools/pending-snapshots.ts reads these messages.
const send = () => site.connected && site.send({ pendingSnapshots: pending.all });
site.on('message', send);
site.on('exit', (code) => {
  stop.abort();
  process.exit(code ?? 1);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => site.kill(signal));

const args = ['--level', '10', '--draft'];
for (const image of await pending.makeAll({ args, signal: stop.signal, onChange: send }))
  console.error(`dev: no snapshot of ${image}, so its cells cannot run; the lines above say why.`);
