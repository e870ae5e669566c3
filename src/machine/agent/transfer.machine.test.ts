/** The agent's transfers of files. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LocalMachine } from '../local-machine.ts';
import { nodeEffects } from '../node-machine.ts';
import { runWithOutput } from '../step-output.ts';
import { withTimeout } from '../with-timeout.ts';
import { machineFolder } from '../../paths.ts';

const machine = new LocalMachine(nodeEffects(machineFolder));
const outputOf = async (command: string): Promise<string> =>
  (await runWithOutput(machine, { session: 'host', command })).output.trim();

beforeAll(() => machine.start());
beforeEach(() => machine.reset());
afterAll(() => machine.dispose());

describe('a file', () => {
  test.each([0, 1, 4096, 300_000])('of %i bytes is written and read', async (length) => {
    const bytes = crypto.getRandomValues(new Uint8Array(Math.min(length, 65_536)));
    const file = new Uint8Array(length).map((_, i) => bytes[i % bytes.length] ?? 0);
    await machine.putFile('/tmp/file', file);
    expect(await outputOf('stat -c "%s %a" /tmp/file')).toBe(`${length} 644`);
    expect(Buffer.compare(await machine.getFile('/tmp/file'), file)).toBe(0);
  });

  test('can be a program', async () => {
    const script = new TextEncoder().encode('#!/bin/sh\necho ran\n');
    await machine.putFile('/usr/bin/program', script, 0o755);
    expect(await outputOf('program')).toBe('ran');
  });

  test('replaces an existing file', async () => {
    await outputOf('echo a long text > /tmp/file');
    await machine.putFile('/tmp/file', new TextEncoder().encode('x'));
    expect(await outputOf('cat /tmp/file')).toBe('x');
  });

  test('of the kernel (/proc) is read to its end', async () => {
    const text = new TextDecoder().decode(await machine.getFile('/proc/self/status'));
    expect(text).toMatch(/^Name:\tinit\n/);
    expect(text).toMatch(/^Pid:\t1$/m);
  });

  test.each([
    ['/nowhere/file', '/nowhere/file: No such file or directory'],
    ['/dev/null', '/dev/null: is not a regular file'],
    ['', 'file: bad request'],
  ])('"%s" is rejected with a reason', async (path, reason) => {
    await expect(machine.putFile(path, new Uint8Array(1))).rejects.toThrow(reason);
    await expect(machine.getFile(path)).rejects.toThrow(reason);
    expect(await outputOf('echo ok')).toBe('ok');
  });

  test('that does not fit is rejected and leaves no partial file', async () => {
    await outputOf('mkdir /tmp/small; mount -t tmpfs -o size=64k none /tmp/small');
    const reason = '/tmp/small/file: No space left on device';
    await expect(machine.putFile('/tmp/small/file', new Uint8Array(100_000))).rejects.toThrow(
      reason,
    );
    expect(await outputOf('ls /tmp/small; echo ok')).toBe('ok');
  });

  test('that does not fit through a link leaves the link and no partial file', async () => {
    await outputOf('mkdir /tmp/small; mount -t tmpfs -o size=64k none /tmp/small');
    await outputOf('echo before > /tmp/small/file; ln -s small/file /tmp/link');
    await outputOf('chmod 600 /tmp/small/file; ln -s small/new /tmp/dangling');
    for (const link of ['link', 'dangling']) {
      const put = machine.putFile(`/tmp/${link}`, new Uint8Array(100_000));
      await expect(put).rejects.toThrow(`/tmp/${link}: No space left on device`);
    }
    const seen = await outputOf(
      'cd /tmp; readlink link; readlink dangling; stat -c "%n %s" small/*',
    );
    expect(seen).toBe('small/file\nsmall/new\nsmall/file 0');
    await machine.putFile('/tmp/link', new TextEncoder().encode('through'), 0o600);
    expect(await outputOf('cat /tmp/small/file; stat -c " %a" /tmp/small/file')).toBe(
      'through 600',
    );
  });

  test('that accepts no more bytes is rejected and does not block the agent', async () => {
    const path = '/proc/bus/pci/00/00.0'; // takes 256 bytes, and then none
    const file = new Uint8Array(257);
    file.set(await machine.getFile(path));
    const put = withTimeout(10_000, machine.putFile(path, file), () => new Error('no answer'));
    await expect(put).rejects.toThrow(`${path}: takes no more bytes`);
    expect(await outputOf('echo ok')).toBe('ok');
  });
});
