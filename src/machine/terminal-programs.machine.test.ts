/** Full-screen programs, resizing, job control, erasing and pasted text, on the real machine, as a terminal emulator shows them. */
import { Terminal } from '@xterm/headless';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { machineFolder } from '../paths.ts';
import { LocalMachine } from './local-machine.ts';
import { nodeEffects } from './node-machine.ts';
import { runWithOutput } from './step-output.ts';

const machine = new LocalMachine(nodeEffects(machineFolder));
const run = (command: string) => runWithOutput(machine, { session: 'host', command });
const type = (data: string) => machine.writeTerminal('host', data);

let terminal: Terminal;
let unwatch = (): void => {};

async function resize(rows: number, columns: number): Promise<void> {
  terminal.resize(columns, rows);
  await machine.resizeTerminal('host', { rows, columns });
}

/** The lines of the screen, without trailing spaces. */
function lines(): string[] {
  const { active } = terminal.buffer;
  return Array.from(
    { length: terminal.rows },
    (_, row) =>
      active
        .getLine(active.baseY + row)
        ?.translateToString()
        .trimEnd() ?? '',
  );
}

const matcher = (line: string | RegExp): unknown =>
  typeof line === 'string' ? line : expect.stringMatching(line);

/** Waits until the screen has these lines from the given row on. */
const shows = (expected: (string | RegExp)[], row = 0): Promise<void> =>
  expect
    .poll(() => lines().slice(row, row + expected.length), { timeout: 20_000 })
    .toEqual(expected.map(matcher));

/** Waits until a line of the screen matches. */
const showsLine = (line: string | RegExp): Promise<void> =>
  expect.poll(lines, { timeout: 20_000 }).toContainEqual(matcher(line));

/** Starts cat(1) and waits until it runs, since bash's line editor would read anything that is typed earlier. */
async function startCat(): Promise<void> {
  await type('cat > text\r');
  await machine.run({ session: 'second', command: 'until pidof -q cat; do sleep 0.1; done' });
}

const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => `${from + at}`);

beforeAll(() => machine.start());
beforeEach(async () => {
  await machine.reset();
  terminal = new Terminal({ allowProposedApi: true, rows: 10, cols: 60 });
  terminal.onData((reply) => void type(reply));
  unwatch = machine.watchTerminal('host', (data) => terminal.write(data));
  await resize(10, 60);
  await run('cd; seq 100 > numbers');
  await showsLine(/\$$/);
});
afterEach(() => {
  unwatch();
  terminal.dispose();
});
afterAll(() => machine.dispose());

describe('a full-screen program follows the size of the terminal', () => {
  test('less', async () => {
    await type('less numbers\r');
    await shows([...numbers(1, 9), 'numbers']);
    await resize(16, 40);
    await shows([...numbers(1, 15), /^numbers|^:/]);
    await type('/77\r');
    await shows([...numbers(77, 91), ':']);
    await type('q');
    await showsLine(/\$$/);
    await type('echo $LINES $COLUMNS\r');
    await showsLine(/^16 40$/);
    expect(await run('echo $LINES $COLUMNS')).toMatchObject({ output: '24 80\n', status: 0 });
  });

  test('less that a step has started', async () => {
    expect(await run('less numbers')).toMatchObject({ status: undefined });
    await resize(16, 40);
    await shows([...numbers(1, 15), /^numbers|^:/]);
    await type('q');
    await showsLine(/\$$/);
  });

  test('vi, which saves what was typed', async () => {
    await type('vi text\r');
    await shows([/^$/, ...Array<string>(8).fill('~')]);
    await resize(14, 50);
    await shows([/^$/, ...Array<string>(12).fill('~')]);
    await type('igrün → 漢字\rtwo\u001bk0x');
    await shows(['rün → 漢字', 'two', '~']);
    await type(':wq\r');
    await showsLine(/\$$/);
    expect(await run('cat text')).toMatchObject({ output: 'rün → 漢字\ntwo\n', status: 0 });
  });

  test('top', async () => {
    await type('top\r');
    await shows([/^top - .* load average/, /^Tasks: +\d+ total/]);
    await showsLine(/ PID USER/);
    await resize(20, 80);
    await expect.poll(() => lines().filter((line) => /^ +\d+ root/.test(line)).length).toBe(13);
    await type('q');
    await showsLine(/\$$/);
  });
});

test('nano saves what was typed', async () => {
  await type('nano text\r');
  await shows([/GNU nano .* text/]);
  await type('wächst');
  await shows(['wächst'], 1);
  await shows([/\^G Help/], 8);
  await type('\u000f\r');
  await showsLine(/Wrote 1 line/);
  await type('\u0018');
  await showsLine(/\$$/);
  expect(await run('cat text')).toMatchObject({ output: 'wächst\n', status: 0 });
});

test('a job is stopped, continued and brought back', async () => {
  await type('sleep 1000\r');
  await showsLine('$ sleep 1000');
  await type('\u001a');
  await showsLine(/^\[1\]\+ {2}Stopped +sleep 1000$/);
  await type('bg\r');
  await showsLine('[1]+ sleep 1000 &');
  await type('fg\r');
  await showsLine('sleep 1000');
  await type('\u0003');
  await showsLine('^C');
  expect(await run('jobs; echo end')).toMatchObject({ output: 'end\n', status: 0 });
});

test('a character of several bytes is erased as one, at the prompt and in a program that reads lines', async () => {
  await type('printf "%s|" aä漢\u007f\u007fb x\u001b[D\u007f\r');
  await showsLine(/^abx\|/);
  await startCat();
  await type('xä漢\u007f\u007f\r\u0004');
  await showsLine(/\$$/);
  expect(await run('cat text')).toMatchObject({ output: 'x\n', status: 0 });
});

describe('200 pasted lines arrive whole', () => {
  const commands = numbers(1, 200).map((number) => `echo "line ${number}" >> text`);
  const pasted = numbers(1, 200).map((number) => `line ${number}`);
  const expected = { output: pasted.map((line) => `${line}\n`), status: 0 };
  const read = async () => {
    const { output, status } = await run('cat text');
    return { output: output.match(/.*\n/g), status };
  };

  test('at the prompt, as one entry that runs on Enter', async () => {
    await type(`\u001b[200~${commands.join('\r')}\u001b[201~`);
    await showsLine('echo "line 200" >> text');
    await type('\r');
    await showsLine(/\$$/);
    expect(await read()).toEqual(expected);
  });

  test('at the prompt, without bracketed paste', async () => {
    await run("bind 'set enable-bracketed-paste off'");
    // The terminal may show the last command long before the shell reads it, so wait for its output.
    await type(`${commands.join('\r')}\recho all $((100 + 100))\r`);
    await showsLine(/^all 200$/);
    await showsLine(/\$$/);
    expect(await read()).toEqual(expected);
  });

  test('in a program that reads lines', async () => {
    await startCat();
    await type(`${pasted.join('\r')}\r`);
    await showsLine('line 200');
    await type('\u0004');
    await showsLine(/\$$/);
    expect(await read()).toEqual(expected);
  });
});
