/** The channel to the agent across saves and restores, at moments that a LocalMachine would not choose. */
import { afterAll, expect, test } from 'vitest';
import { OUTPUT_WINDOW, readCount } from './flow.ts';
import { FrameReader, FrameType } from './frame.ts';
import { downloadStart } from '../image/start-files.ts';
import { loadMachine, readStart } from '../load-machine.ts';
import { nodeEffects } from '../node-machine.ts';
import { withOutput } from '../step-output.ts';
import { withTimeout } from '../with-timeout.ts';
import { machineFolder } from '../../paths.ts';

const effects = nodeEffects(machineFolder);
const { signal } = new AbortController();
const downloaded = await downloadStart(effects, { signal, onProgress: () => {} });
const files = await readStart(downloaded);
const { engine, channel, start } = await loadMachine(files, effects, {
  signal,
  onFailure(error) {
    throw error;
  },
});

async function restore({ state, sessions }: typeof start): Promise<void> {
  await engine.pause();
  await engine.restore(state);
  channel.adopt(sessions);
  await engine.run();
  await channel.greet();
}

afterAll(() => engine.destroy());

test('a session that prints during a save has full credit after the restore', async () => {
  await restore(start);
  const part = OUTPUT_WINDOW / 2 - 2000; // just too little for the page to return credit
  for (let i = 0; i < 3; i++) {
    await channel.session('host').run(`(sleep 0.1; head -c ${part} /dev/zero | tr '\\0' x) &`);
    await channel.ping();
    const sessions = channel.describe();
    await channel.session('second').run('sleep 1');
    await engine.pause();
    await restore({ state: await engine.save(), sessions });
  }
  const step = withOutput((onOutput) => channel.session('host').run('seq 20000', { onOutput }));
  const { output } = await withTimeout(20_000, step, () => new Error('The output has no end.'));
  expect(output).toContain('\n20000\n');
});

test('the agent stays within its credit, including bytes that it has kept back', async () => {
  await restore(start);
  const [fromAgent, toAgent] = [new FrameReader(), new FrameReader()];
  const { onReceive, send } = engine;
  let [onItsWay, most] = [0, 0];
  engine.onReceive = (bytes) => {
    for (const { type, payload } of fromAgent.read(bytes))
      if (type === FrameType.output) onItsWay += payload.length;
    most = Math.max(most, onItsWay);
    // Credit is returned late, so that the agent uses it up.
    setTimeout(() => onReceive(bytes), 400);
  };
  engine.send = (bytes) => {
    for (const { type, payload } of toAgent.read(bytes))
      if (type === FrameType.credit) onItsWay -= readCount(payload);
    send(bytes);
  };
  // The agent keeps back a possible beginning of a mark until the next byte decides.
  const almost = String.raw`$'\e]course;P;1111111111111111111111111111'`;
  const command = `yes ${almost} | head -c 400000`;
  const { output } = await withOutput((onOutput) =>
    channel.session('host').run(command, { onOutput }),
  ).finally(() => Object.assign(engine, { onReceive, send }));
  expect(output.length).toBeGreaterThan(400_000 - 1);
  expect(most).toBeGreaterThan(OUTPUT_WINDOW * 0.9);
  expect(most).toBeLessThanOrEqual(OUTPUT_WINDOW);
});
