/** The shells for the benchmark's loops: in our machines and in the baselines. */
import type { Engine } from '../../src/machine/engine/engine.ts';
import type { LocalMachine } from '../../src/machine/local-machine.ts';
import { runWithOutput } from '../../src/machine/step-output.ts';

/** A shell at its prompt. */
export interface Shell {
  /** Resolves when the command has succeeded; otherwise rejects with its output. */
  run(command: string): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
}

/** Matches the prompt of guest/baseline/init. */
// eslint-disable-next-line no-control-regex
const PROMPT = /\x1b\]bench;(\d+)\x07$/;
const COMMAND_MS = 300_000;

function check(command: string, status: number | undefined, output: string): void {
  if (status === 0) return;
  throw new Error(`"${command}" ended with ${status ?? 'a question'}:\n${output.slice(-2000)}`);
}

/** A session of our machine, through its agent. */
export function machineShell(machine: LocalMachine): Shell {
  return {
    async run(command) {
      const { status, output } = await runWithOutput(machine, {
        session: 'host',
        command,
        timeout: COMMAND_MS,
      });
      check(command, status, output);
    },
    pause: () => machine.pause(),
    resume: () => machine.resume(),
  };
}

/**
 * The shell on the second serial line of a bare engine. Resolves at its first prompt; that, and each
 * command, rejects after five minutes with the output.
 */
export async function serialShell(
  engine: Pick<Engine, 'send' | 'onReceive' | 'run' | 'pause'>,
): Promise<Shell> {
  let output = '';
  let look = (): void => {};
  engine.onReceive = (bytes) => {
    output += Buffer.from(bytes).toString('latin1');
    look();
  };
  const prompt = (): Promise<number> =>
    new Promise((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`no prompt in ${COMMAND_MS / 1000} s:\n${output.slice(-2000)}`)),
        COMMAND_MS,
      );
      look = () => {
        const found = PROMPT.exec(output);
        if (!found) return;
        clearTimeout(late);
        look = () => {};
        resolve(Number(found[1]));
      };
    });
  const first = prompt();
  await engine.run();
  await first;
  return {
    async run(command) {
      output = '';
      const ended = prompt();
      engine.send(new TextEncoder().encode(`${command}\n`));
      check(command, await ended, output);
    },
    pause: () => engine.pause(),
    resume: () => engine.run(),
  };
}
