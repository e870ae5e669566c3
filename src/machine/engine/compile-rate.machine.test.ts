import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Channel } from '../agent/channel.ts';
import { coldBoot } from '../cold-boot.ts';
import { readImage } from '../image/read-image.ts';
import { nodeEffects } from '../node-machine.ts';
import { withOutput } from '../step-output.ts';
import { machineFolder } from '../../paths.ts';
import { PAUSE } from './compile-rate.ts';
import type { Engine } from './engine.ts';

let engine: Engine;
let channel: Channel;

beforeAll(async () => {
  const effects = nodeEffects(machineFolder);
  ({ engine, channel } = await coldBoot(await readImage(effects), effects));
});
afterAll(() => engine.destroy());

test.each([
  ['60 short commands', 'for i in $(seq 60); do /bin/true; done'],
  ['20,000 rounds of a loop', 'for ((i = 0; i < 20000; i++)); do :; done'],
])('%s are compiled at most once in some millions of instructions', async (_, command) => {
  // v86 instantiates a module for each piece of code that it has compiled.
  const instantiate = vi.spyOn(WebAssembly, 'instantiate');
  const before = engine.instructions();
  const { status, output } = await withOutput((onOutput) =>
    channel.session('host').run(command, onOutput),
  );
  const executed = (engine.instructions() - before) >>> 0;
  const compiled = instantiate.mock.calls.length;
  instantiate.mockRestore();
  expect(status, output).toBe(0);
  expect(compiled).toBeGreaterThan(0);
  expect(compiled).toBeLessThanOrEqual(executed / PAUSE + 1);
});
