// Serves the pages for their authors. The first time, it also makes the machine's snapshot: pages can be
// read and edited at once, and cells run as soon as the snapshot exists.
import { spawn } from 'node:child_process';
import { printMistake } from '../../src/author-error.ts';
import { contentMistakes } from '../../src/content-check/content-mistakes.ts';

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

const script = ['scripts/machine/snapshot.ts', '--level', '10', '--draft'];
const snapshot = spawn(process.execPath, script, { stdio: 'inherit' });
snapshot.on('exit', (code) => {
  if (code) console.error('dev: no snapshot, so cells cannot run; the lines above say why.');
});

const site = spawn(
  process.execPath,
  ['node_modules/astro/bin/astro.mjs', 'dev', ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
);
site.on('exit', (code) => {
  snapshot.kill();
  process.exit(code ?? 1);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => site.kill(signal));
