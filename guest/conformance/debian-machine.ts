/** The Debian that build.sh makes, in QEMU. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Duplex, Readable, Writable } from 'node:stream';
import { toLines } from '../../src/cells/match/lines.ts';
import type { Printed } from './commands.ts';

/** A shell on a freshly booted Debian. */
export interface DebianMachine {
  /** Types a command. Rejects, with the output so far, if no prompt appears within two minutes or QEMU exits. */
  run(command: string): Promise<Printed>;
  stop(): void;
}

/** Matches the prompt of `init`. */
// eslint-disable-next-line no-control-regex
const PROMPT = /\x1b\]conformance;(\d+)\x07$/;
const WAIT_MS = 120_000;
const COMMAND_LINE =
  'console=ttyS0 quiet panic=-1 cgroup_no_v1=all apparmor=0 selinux=0 rdinit=/init';

/** Collects the text of a stream, and waits until it ends with a given pattern. */
class Expect {
  #text = '';
  #ended: string | undefined;
  #look = (): void => {};

  constructor(stream: Readable) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      this.#text += text;
      this.#look();
    });
  }

  /** All waits reject from now on. */
  end(reason: string): void {
    this.#ended ??= reason;
    this.#look();
  }

  /** Resolves to the text up to the match, and the match. Rejects after two minutes. `what` names the wait. */
  until(pattern: RegExp, what: string): Promise<{ text: string; match: RegExpExecArray }> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => this.end(`nothing came for ${WAIT_MS / 1000} s`), WAIT_MS);
      this.#look = () => {
        const text = this.#text;
        const match = pattern.exec(text);
        if (!match && this.#ended === undefined) return;
        clearTimeout(late);
        this.#look = () => {};
        this.#text = '';
        if (match) resolve({ text: text.slice(0, match.index), match });
        else reject(new Error(`${what}: ${this.#ended}. It had printed:\n${text.slice(-2000)}`));
      };
      this.#look();
    });
  }
}

/** Starts QEMU with the results of build.sh. The shell is on the guest's second serial line. */
async function startQemu(folder: string, options: readonly string[]) {
  const qemu = spawn(
    'qemu-system-x86_64',
    [
      // Emulation instead of the host's virtualization: the machine is the same on every computer.
      ...['-machine', 'pc,accel=tcg', '-cpu', 'qemu64', '-m', '2048'],
      ...['-nodefaults', '-display', 'none', '-no-reboot', '-monitor', 'stdio'],
      ...['-kernel', join(folder, 'vmlinuz'), '-initrd', join(folder, 'initrd.cpio')],
      ...['-append', COMMAND_LINE, '-serial', 'null'],
      ...['-chardev', 'socket,id=shell,fd=3', '-serial', 'chardev:shell', ...options],
    ],
    { stdio: ['pipe', 'pipe', 'inherit', 'pipe'] },
  );
  const [commands, replies, , line] = qemu.stdio as unknown as [Writable, Readable, null, Duplex];
  const [monitor, shell] = [new Expect(replies), new Expect(line)];
  const end = (reason: string) => (): void => [monitor, shell].forEach((each) => each.end(reason));
  qemu.on('error', end('QEMU did not start')).on('exit', end('QEMU ended'));
  commands.on('error', end('QEMU takes no more commands'));
  line.on('error', end('QEMU takes no more input'));
  const command = async (text: string): Promise<string> => {
    commands.write(`${text}\n`);
    return (await monitor.until(/\(qemu\) $/, text)).text;
  };
  await monitor.until(/\(qemu\) $/, 'the start of QEMU');
  return { qemu, commands, line, shell, command };
}

/** Boots to the first prompt, and keeps that state as `booted` in the folder. */
export async function keepBooted(folder: string): Promise<void> {
  const { qemu, commands, shell, command } = await startQemu(folder, []);
  await shell.until(PROMPT, 'the boot');
  await command('migrate_set_parameter max-bandwidth 100G');
  await command(`migrate "exec:cat > '${join(folder, 'booted')}'"`);
  commands.write('quit\n');
  await once(qemu, 'exit');
}

/** Starts a machine in the state that `keepBooted` kept. */
export async function startDebian(folder: string): Promise<DebianMachine> {
  const state = ['-incoming', `exec:cat '${join(folder, 'booted')}'`];
  const { qemu, line, shell, command } = await startQemu(folder, state);
  // Input that is sent before it runs can be lost.
  while (!(await command('info status')).includes('running'));
  return {
    async run(typed) {
      line.write(`${typed}\n`);
      const { text, match } = await shell.until(PROMPT, typed);
      return { lines: toLines(text), status: Number(match[1]) };
    },
    stop: () => qemu.kill('SIGKILL'),
  };
}
