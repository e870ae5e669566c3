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
  const [files, applets, builtins] = await askMachine([
    // Into a pipe, since ls quotes and aligns names on a terminal.
    'ls -l /usr/bin /usr/sbin | cat',
    'busybox --list',
    'compgen -b',
  ]);
  const packages = await readFile(join(machineFolder, DEFAULT_IMAGE, 'packages.json'), 'utf8');
  const rows = (JSON.parse(packages) as PackageEntry[]).map(
    ({ name, version }) => `| \`${name}\` | \`${version}\` |`,
  );
  return [
    '# The programs of the machine',
    '<!-- Made from the image by `npm run references`. Do not edit it. -->',
    'A cell can use these programs and no others: nothing can be installed, and the machine has no connection to other networks. A command that is not listed here ends with `command not found` and the status 127.',
    '## Programs',
    'They behave as in Debian 12; the page “The machine” lists the exceptions. An arrow leads to the program that does the work. `man NAME` shows the manual page of most of them.',
    list(programsOf(files ?? '')),
    '## Programs in busybox',
    'They are for the roots of containers, where one program with many names is enough. Outside, `busybox NAME` runs them, and `busybox NAME --help` prints their options.',
    list(linesOf(applets ?? '')),
    '## Built into the shell',
    'Sessions run bash. `help NAME` explains a command.',
    list(linesOf(builtins ?? '')),
    '## Packages',
    'The image is built from these packages of Debian 12 for i386.',
    ['| package | version |', '| --- | --- |', ...rows].join('\n'),
  ].join('\n\n');
}

/** The programs in the output of `ls -l`; a link with its target. */
export function programsOf(listing: string): string[] {
  const found = [...listing.matchAll(/^[l-]\S*x\S* .* \d{4} (\S+)(?: -> (\S+))?$/gm)];
  return found
    .map(([, name = '', target]) => (target ? `${name} → ${target}` : name))
    .toSorted(byCode);
}

function linesOf(output: string): string[] {
  return output.trim().split('\n').toSorted(byCode);
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
