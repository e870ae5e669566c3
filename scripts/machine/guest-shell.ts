/**
 * Boots an image and opens its shell on this terminal, through the same agent as a page.
 * Ctrl-C interrupts, Ctrl-D at an empty line ends. usage: npm run guest:shell [-- --image NAME --console]
 */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { coldBoot } from '../../src/machine/cold-boot.ts';
import { readImage } from '../../src/machine/image/read-image.ts';
import { DEFAULT_IMAGE } from '../../src/machine/image/default-image.ts';
import { nodeEffects } from '../../src/machine/node-machine.ts';
import { machineFolder } from '../../src/paths.ts';

const { values } = parseArgs({
  options: {
    console: { type: 'boolean', default: false },
    image: { type: 'string', default: DEFAULT_IMAGE },
  },
});
const effects = nodeEffects(machineFolder, values.image);
const image = await readImage(effects);
console.log(`Booting ${image.version}`);
const { engine, channel } = await coldBoot(image, {
  ...effects,
  ...(values.console && { onConsole: (text: string) => process.stderr.write(text) }),
});
engine.onHalt = () => {
  console.log('\nThe machine has stopped.');
  process.exit(0);
};

const lines = createInterface({ input: process.stdin, output: process.stdout, prompt: '$ ' });
// Lines wait here when they arrive faster than they run, for instance from a file.
const waiting: string[] = [];
let running = false;

async function runWaiting(): Promise<void> {
  if (running) return;
  running = true;
  for (let line = waiting.shift(); line !== undefined; line = waiting.shift()) {
    const result = await channel
      .session('host')
      .run(line, { onOutput: (text) => process.stdout.write(text) })
      .catch((reason: Error) => console.log(reason.message));
    if (result?.status) console.log(`[${result.status}]`);
    if (result && result.status === undefined) console.log('[a program waits for input]');
  }
  running = false;
  if (ended) process.exit(0);
  lines.prompt();
}

let ended = false;
lines.on('line', (line) => {
  waiting.push(line);
  void runWaiting();
});
lines.on('SIGINT', () => {
  if (running) channel.session('host').interrupt();
  else lines.close();
});
lines.on('close', () => {
  ended = true;
  if (!running) process.exit(0);
});
lines.prompt();
