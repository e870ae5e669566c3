/** Generates docs/machine-programs.md: the machine's programs, as the machine itself lists them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PackageEntry } from '../../guest/packages.ts';
import { DEFAULT_IMAGE } from '../../src/machine/image/default-image.ts';
import { LocalMachine } from '../../src/machine/local-machine.ts';
import { nodeEffects } from '../../src/machine/node-machine.ts';
import { machineFolder } from '../../src/paths.ts';

/** The document, in Markdown. It starts the machine from its snapshot. */
export async function describePrograms(): Promise<string> {
  const [files, builtins] = await askMachine(['ls -l /usr/bin /usr/sbin', 'compgen -b']);
  const { own, busybox } = sortPrograms(files ?? '');
  const packages = await readFile(join(machineFolder, DEFAULT_IMAGE, 'packages.json'), 'utf8');
  const rows = (JSON.parse(packages) as PackageEntry[]).map(
    ({ name, version }) => `| \`${name}\` | \`${version}\` |`,
  );
  return [
    '# The programs of the machine',
    '<!-- Made from the image by `npm run references`. Do not edit it. -->',
    'A cell can use these programs and no others: nothing can be installed, and the machine has no connection to other networks. A command that is not listed here ends with `command not found` and the status 127.',
    '## Separate programs',
    'They behave as in Debian 12. An arrow leads to the program that does the work.',
    list(own),
    '## Programs in busybox',
    'They have fewer options than the GNU programs of the same names. `busybox NAME --help` prints the options.',
    list(busybox),
    '## Built into the shell',
    'Sessions run bash. `help NAME` explains a command.',
    list((builtins ?? '').trim().split('\n').toSorted(byCode)),
    '## Packages',
    'The image is built from these packages of Debian 12 for i386.',
    ['| package | version |', '| --- | --- |', ...rows].join('\n'),
  ].join('\n\n');
}

/** Sorts the lines of `ls -l` into separate programs and names of busybox. */
export function sortPrograms(listing: string): { own: string[]; busybox: string[] } {
  const found = [...listing.matchAll(/^[l-]\S*x\S* .* \d{4} (\S+)(?: -> (\S+))?$/gm)];
  const programs = found.map(([, name = '', target]) => ({ name, target }));
  const names = programs.filter(({ target }) => target === 'busybox').map(({ name }) => name);
  const own = programs
    .filter(({ target }) => target !== 'busybox')
    .map(({ name, target }) => (target ? `${name} → ${target}` : name));
  return { own: own.toSorted(byCode), busybox: names.toSorted(byCode) };
}

async function askMachine(commands: string[]): Promise<string[]> {
  const machine = new LocalMachine(nodeEffects(machineFolder));
  try {
    await machine.start();
    const answers: string[] = [];
    for (const command of commands) {
      let answer = '';
      const onOutput = (text: string) => void (answer += text);
      const { status } = await machine.run({ session: 'host', command }, { onOutput });
      if (status !== 0) throw new Error(`${command} ended with ${status ?? 'no status'}.`);
      answers.push(answer);
    }
    return answers;
  } finally {
    await machine.dispose();
  }
}

function list(names: string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

// The order is part of a committed file, so it must not depend on this computer's language.
function byCode(a: string, b: string): number {
  return a < b ? -1 : 1;
}
