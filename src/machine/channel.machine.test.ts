/** The channel to the agent over saves and restores, which a LocalMachine does not time. */
import { afterAll, expect, test } from 'vitest';
import { OUTPUT_WINDOW } from './flow.ts';
import { fetchMachine, loadMachine } from './load-machine.ts';
import { nodeEffects } from './node-machine.ts';
import { within } from './within.ts';

const effects = nodeEffects('public/machine');
const { signal } = new AbortController();
const files = await fetchMachine(effects, signal, () => {});
const { engine, channel, start } = await loadMachine(files, effects, signal, (error) => {
  throw error;
});

async function restore({ state, sessions }: typeof start): Promise<void> {
  await engine.pause();
  await engine.restore(state);
  channel.adopt(sessions);
  await engine.run();
  await channel.greet();
}

afterAll(() => engine.destroy());

test('a session that prints while its state is kept can print as much as before', async () => {
  await restore(start);
  const part = OUTPUT_WINDOW / 2 - 2000; // so much the page takes without a word
  for (let i = 0; i < 3; i++) {
    await channel.session('host').run(`(sleep 0.1; head -c ${part} /dev/zero | tr '\\0' x) &`);
    await channel.ping();
    const sessions = channel.describe();
    await channel.session('second').run('sleep 1');
    await engine.pause();
    await restore({ state: await engine.save(), sessions });
  }
  const step = channel.session('host').run('seq 20000');
  const { output } = await within(20_000, step, () => new Error('The output has no end.'));
  expect(output).toContain('\n20000\n');
});
