/**
 * Types the commands of commands/ into an unmodified Debian in QEMU, and writes its output to debian/. Each group
 * runs twice: output that varies needs matchers. Groups that were recorded before, on the same Debian, are kept. Needs
 * root on Debian 12 for amd64; takes about twenty minutes for all.
 * usage: npm run guest:debian [-- FILE…]   (FILE: a file in commands/ without .txt; all without one)
 */
import { spawnSync } from 'node:child_process';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { hashTree } from '../../src/hash-tree.ts';
import { top } from '../../src/paths.ts';
import { isSame, parseAnswers, parseCommands, printAnswers } from './commands.ts';
import type { Answer, Group } from './commands.ts';
import { keepBooted, startDebian } from './debian-machine.ts';

const here = import.meta.dirname;
const built = join(top, '.cache/conformance');
/** The files of guest/ from which that Debian is built. */
const inputs = [
  ...['build.sh', 'init', 'debian-machine.ts'].map((file) => `conformance/${file}`),
  ...['images/course/packages', 'images/course/packages.lock', 'layers/settings/files/etc'],
];

/** The groups of a file that this Debian has already answered, and whose commands have not changed since. */
async function readKept(file: string, origin: string): Promise<Group<Answer>[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.includes(`\n# ${origin}\n`) ? parseAnswers(file, text) : [];
}

const hasSameCommands = (group: Group, answers: Group<Answer>): boolean =>
  group.origin === answers.origin &&
  isDeepStrictEqual(
    group.commands.map(({ command }) => command),
    answers.commands.map(({ command }) => command),
  );

async function type({ origin, commands }: Group): Promise<Group<Answer>> {
  const machine = await startDebian(built);
  const answers: Answer[] = [];
  try {
    for (const { command } of commands) answers.push({ command, ...(await machine.run(command)) });
  } finally {
    machine.stop();
  }
  return { origin, commands: answers };
}

/** Types a group twice. Rejects when the second time does not print the same as the first. */
async function typeTwice(group: Group): Promise<Group<Answer>> {
  const [first, second] = [await type(group), await type(group)];
  group.commands.forEach((command, i) => {
    const [one, two] = [first.commands[i], second.commands[i]];
    if (one && two && isSame(command, one, two)) return;
    const printed = [one, two].map((answer) => answer?.lines.join('\n'));
    throw new Error(
      `${group.origin}: the output of "${command.command}" varies, or does not match its form:\n` +
        printed.join('\n--- the second time:\n'),
    );
  });
  return first;
}

/** Calls `work` for all items, as many at a time as there are processors; resolves to the results in their order. */
async function inParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const rest = [...items.entries()];
  const next = async (): Promise<void> => {
    for (let entry = rest.shift(); entry; entry = rest.shift())
      results[entry[0]] = await work(entry[1]);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, next));
  return results;
}

/** Resolves to the number of groups that could not be recorded, after it has printed the reasons. */
async function record(name: string, origin: string): Promise<number> {
  const commands = join(here, 'commands', `${name}.txt`);
  const answers = join(here, 'debian', `${name}.txt`);
  const groups = parseCommands(commands, await readFile(commands, 'utf8'));
  const kept = await readKept(answers, origin);
  const recorded = await inParallel(groups, async (group) => {
    const before = kept.find((each) => hasSameCommands(group, each));
    if (before) return before;
    return typeTwice(group).catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
    });
  });
  const answered = recorded.filter((each) => each !== undefined);
  await mkdir(join(here, 'debian'), { recursive: true });
  await writeFile(answers, printAnswers(origin, answered));
  console.log(`${name}: ${answered.length} of ${groups.length} groups are recorded.`);
  return groups.length - answered.length;
}

/** Builds and boots the Debian, unless one was built from the same inputs. */
async function buildOnce(): Promise<void> {
  const recipe = await hashTree(join(top, 'guest'), inputs);
  const mark = join(built, 'recipe');
  if ((await readFile(mark, 'utf8').catch(() => '')) === recipe) return;
  const { status } = spawnSync('bash', [join(here, 'build.sh'), built, 'course'], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('Building Debian failed. The reason is printed above.');
  await keepBooted(built);
  await writeFile(mark, recipe);
}

await buildOnce();
const origin = `Printed by ${(await readFile(join(built, 'origin.txt'), 'utf8')).trim()}, in QEMU`;
const names = process.argv.slice(2);
const all = (await readdir(join(here, 'commands'))).map((file) => basename(file, '.txt'));
let missing = 0;
for (const name of names.length ? names : all) missing += await record(name, origin);
process.exitCode = missing ? 1 : 0;
