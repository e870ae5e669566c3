/**
 * The commands in this folder and Debian's output. A file in commands/ has groups, each for a freshly booted
 * machine:
 *
 *   = ip-netns(8), EXAMPLES   where the commands come from
 *   $ ip netns add vpn        a command, as in a cell
 *   $ sleep 100 &
 *   [1] <pid>                 its output, only if that varies: with the matchers of cells
 *   ! the reason              why our output differs from Debian's
 *
 * A file in debian/ has the same groups with all outputs and exit statuses, as Debian printed them.
 */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { outputMatches } from '../../src/cells/match/compare.ts';
import { parseTranscript, printTranscript } from '../../src/cells/text/transcript.ts';

/** The output of a command, and its exit status. */
export interface Printed {
  lines: readonly string[];
  status: number;
}

export interface Command {
  command: string;
  /** Its output with matchers, if it varies. */
  form: readonly string[] | undefined;
  /** The reason why our output differs from Debian's. */
  reason: string | undefined;
}

export interface Group<Content = Command> {
  origin: string;
  commands: Content[];
}

/** Debian's answer to a command. */
export interface Answer extends Printed {
  command: string;
}

function* readGroups(file: string, text: string) {
  const lines = text.split('\n');
  const begins = lines.flatMap((line, i) => (line.startsWith('= ') ? [i] : []));
  for (const [i, begin] of begins.entries()) {
    const body = lines.slice(begin + 1, begins[i + 1]).join('\n');
    const steps = parseTranscript(body.trimEnd(), { file, line: begin + 1, column: 1 });
    yield { origin: lines[begin]?.slice(2).trim() ?? '', steps };
  }
}

/** Parses a file in commands/. Throws an AuthorError for a mistake. */
export function parseCommands(file: string, text: string): Group[] {
  return [...readGroups(file, text)].map(({ origin, steps }) => ({
    origin,
    commands: steps.map(({ command, output }) => {
      const reason = output.find((line) => line.startsWith('! '))?.slice(2);
      const form = output.filter((line) => !line.startsWith('! '));
      return { command, form: form.length ? form : undefined, reason };
    }),
  }));
}

const DIGEST = /^# sha256 ([0-9a-f]{64})\n/;
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Formats Debian's answers as a file that begins with a hash, which reveals an edit. Throws if a line looks like the
 * start of a group.
 */
export function printAnswers(origin: string, groups: readonly Group<Answer>[]): string {
  const command = groups
    .flatMap(({ commands }) => commands)
    .find(({ lines }) => lines.some((line) => line.startsWith('= ')));
  if (command)
    throw new Error(
      `"${command.command}" prints a line that begins with "= ", as groups do. Pipe it through sed.`,
    );
  const body = groups.map(({ origin: source, commands }) => {
    const steps = commands.map(({ command, lines, status }) => ({
      command,
      output: [...lines],
      status,
    }));
    return `\n= ${source}\n${printTranscript(steps)}\n`;
  });
  const text = `# ${origin}\n${body.join('')}`;
  return `# sha256 ${digest(text)}\n${text}`;
}

/** Parses a file in debian/. Throws an Error if it was changed after it was recorded. */
export function parseAnswers(file: string, text: string): Group<Answer>[] {
  const [line = '', recorded] = DIGEST.exec(text) ?? [];
  if (digest(text.slice(line.length)) !== recorded)
    throw new Error(
      `${file} was edited after it was recorded. Record it again: npm run guest:debian`,
    );
  return [...readGroups(file, text)].map(({ origin, steps }) => ({
    origin,
    commands: steps.map(({ command, output, status }) => ({ command, lines: output, status })),
  }));
}

/** Whether two machines printed the same, compared as in cells: output that varies has to match its form with matchers. */
export function isSame({ form }: Pick<Command, 'form'>, debian: Printed, ours: Printed): boolean {
  const lines = form
    ? outputMatches(form, debian.lines) && outputMatches(form, ours.lines)
    : isDeepStrictEqual(debian.lines, ours.lines);
  return lines && debian.status === ours.status;
}
