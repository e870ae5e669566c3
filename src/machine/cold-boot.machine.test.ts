/** A machine that boots from scratch and then stops. */
import { expect, test } from 'vitest';
import { coldBoot } from './cold-boot.ts';
import { readImage } from './image/read-image.ts';
import { nodeEffects } from './node-machine.ts';
import { machineFolder } from '../paths.ts';

const effects = nodeEffects(machineFolder);
const image = await readImage(effects);

test.each([
  ['poweroff -f', 'The machine was switched off.'],
  ['echo c > /proc/sysrq-trigger', 'The kernel panicked.'],
])('%s rejects pending and later requests with the reason', async (command, reason) => {
  const { engine, channel } = await coldBoot(image, effects);
  const pending = expect(channel.session('second').run('sleep 1000')).rejects.toThrow(reason);
  await expect(channel.session('host').run(command)).rejects.toThrow(reason);
  await pending;
  expect(() => channel.session('host')).toThrow(reason);
  await expect(channel.ping()).rejects.toThrow(reason);
  await engine.destroy();
});
