/** Ten megabytes through the serial line, each way, while another session keeps the machine busy. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { coldBoot } from '../cold-boot.ts';
import { FrameReader, FrameType } from './frame.ts';
import { readImage } from '../image/read-image.ts';
import { nodeEffects } from '../node-machine.ts';
import { withOutput } from '../step-output.ts';
import { machineFolder } from '../../paths.ts';

/** Of nine bytes each. */
const LINES = 1_200_000;

const effects = nodeEffects(machineFolder);
const { engine, channel } = await coldBoot(await readImage(effects), effects);
const outputOf = (command: string) =>
  withOutput((onOutput) => channel.session('host').run(command, { onOutput }));
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

test('output arrives complete and in order', async () => {
  // A session drops most of this much output, so the test reads the frames itself.
  const reader = new FrameReader();
  const hash = createHash('sha256');
  let bytes = 0;
  const receive = engine.onReceive;
  const host = channel.session('host');
  await host.run('true');
  engine.onReceive = (received) => {
    for (const { type, stream, payload } of reader.read(received)) {
      if (type !== FrameType.output || stream !== host.stream) continue;
      bytes += payload.length;
      hash.update(payload);
    }
    receive(received);
  };
  await channel.session('second').run('while :; do echo busy; sleep 0.01; done > /dev/tty &');
  await host.run(`seq -w ${LINES}`);
  engine.onReceive = receive;
  const lines = Array.from({ length: LINES }, (_, i) => `${String(i + 1).padStart(7, '0')}\r\n`);
  expect(bytes).toBe(LINES * 9);
  expect(hash.digest('hex')).toBe(sha256(lines.join('')));
});

test('input arrives complete and in order', async () => {
  const lines = Array.from({ length: 2500 }, (_, i) => `${i} `.repeat(4000).slice(0, 4000));
  const text = `${lines.join('\n')}\n`;
  // head reads whole lines from the terminal; a shell would read single bytes.
  const command = `mountpoint -q /scratch || mount /scratch; head -c ${text.length} > /scratch/in\n${lines.join('\n')}`;
  expect((await channel.session('host').run(command)).status).toBe(0);
  const { output } = await outputOf('sha256sum < /scratch/in');
  expect(output.split(' ')[0]).toBe(sha256(text));
});

test('a file is written and read back unchanged', async () => {
  const file = new Uint8Array(10_000_000).map((_, i) => (i * 2654435761) >>> 13);
  await channel.putFile('/scratch/file', file);
  const { output } = await outputOf('sha256sum < /scratch/file');
  expect(output.split(' ')[0]).toBe(createHash('sha256').update(file).digest('hex'));
  expect(Buffer.compare(await channel.getFile('/scratch/file'), file)).toBe(0);
});
