/** Generates docs/machine-programs.md: the machine's programs, as the machine itself lists them. */
import { usedImages } from '../../src/course-data/used-images.ts';
import { packagesBeyond, readPackages } from '../../src/course-data/image-packages.ts';
import type { ImagePackage } from '../../src/course-data/image-packages.ts';
import { DEFAULT_IMAGE } from '../../src/machine/image/default-image.ts';
import { LocalMachine } from '../../src/machine/local-machine.ts';
import { nodeEffects } from '../../src/machine/node-machine.ts';
import { machineFolder } from '../../src/paths.ts';

/** Into a pipe, since ls quotes and aligns names on a terminal. */
const LIST_PROGRAMS = 'ls -l /usr/bin /usr/sbin | cat';

/** The document, in Markdown. It starts each machine from its snapshot. */
export async function describePrograms(): Promise<string> {
  const [listing, applets, builtins] = await askMachine(DEFAULT_IMAGE, [
    LIST_PROGRAMS,
    'busybox --list',
    'compgen -b',
  ]);
  const programs = programsOf(listing ?? '');
  const packages = readPackages(DEFAULT_IMAGE);
  const others: string[] = [];
  for (const image of usedImages().slice(1)) {
    const [own] = await askMachine(image, [LIST_PROGRAMS]);
    others.push(...describeOther(image, programsOf(own ?? ''), programs, packages));
  }
  return [
    '# The programs of the machine',
    '<!-- Made from the image by `npm run references`. Do not edit it. -->',
    'A cell can use these programs and no others: nothing can be installed, and the machine has no connection to other networks. A command that is not listed here ends with `command not found` and the status 127.',
    '## Programs',
    'They behave as in Debian 12; the page “The machine” lists the exceptions. An arrow leads to the program that does the work. `man NAME` shows the manual page of most of them.',
    list(programs),
    '## Programs in busybox',
    'They are for the roots of containers, where one program with many names is enough. Outside, `busybox NAME` runs them, and `busybox NAME --help` prints their options.',
    list(linesOf(applets ?? '')),
    '## Built into the shell',
    'Sessions run bash. `help NAME` explains a command.',
    list(linesOf(builtins ?? '')),
    '## Packages',
    'The image is built from these packages of Debian 12 for i386.',
    table(packages),
    ...others,
  ].join('\n\n');
}

/** The section of another image: the programs and packages in which it differs from the default one. */
export function describeOther(
  image: string,
  own: readonly string[],
  programs: readonly string[],
  packages: readonly ImagePackage[],
  ofImage = readPackages(image),
): string[] {
  const more = own.filter((program) => !programs.includes(program));
  const missing = programs.filter((program) => !own.includes(program));
  const beyond = packagesBeyond(ofImage, packages);
  return [
    `## The machine \`${image}\``,
    `A page whose frontmatter has \`image: ${image}\` runs on this machine. The programs above are the default machine’s.`,
    more.length ? `It also has: ${list(more)}` : 'It has no other programs.',
    ...(missing.length ? [`It does not have: ${list(missing)}`] : []),
    beyond ? 'It is built from the packages above and these:' : 'It is built from these packages:',
    table(beyond ?? ofImage),
  ];
}

function table(packages: readonly ImagePackage[]): string {
  const rows = packages.map(({ name, version }) => `| \`${name}\` | \`${version}\` |`);
  return ['| package | version |', '| --- | --- |', ...rows].join('\n');
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

async function askMachine(image: string, commands: string[]): Promise<string[]> {
  const machine = new LocalMachine(nodeEffects(machineFolder, image));
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

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

// The order is part of a committed file, so it must not depend on this computer's language.
function byCode(a: string, b: string): number {
  return a < b ? -1 : 1;
}
