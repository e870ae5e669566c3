/** Parses the fence of a task, and checks what a schema cannot. */
import type { z } from 'zod';
import { collect, throwMistakes } from '../../author-error.ts';
import type { AuthorError, Mistake, Position } from '../../author-error.ts';
import { nearest } from '../../nearest.ts';
import type { OptionName } from '../cell.ts';
import { VALUE_NAME } from '../task.ts';
import type { Task, TaskText } from '../task.ts';
import type { Fence } from './fences.ts';
import { cellMistake } from './mistakes.ts';
import { parseOptions } from './options.ts';
import { taskSchema } from './task-schema.ts';
import { readTaskSource } from './task-source.ts';
import type { Path, TaskSource } from './task-source.ts';

/** Parses a task. Throws an AuthorError for all its mistakes. */
export function parseTask({ meta, text, position, prefix }: Fence): Task {
  const mistakes: Mistake[] = [];
  const options = collect(mistakes, () => parseTaskOptions(meta, position));
  const body = collect(mistakes, () => {
    const source = readTaskSource(text, { position, indent: prefix.more.length });
    const data = readFields(source);
    checkTask(data, source);
    const linesOf = (name: 'solutions' | 'mistakes'): number[] =>
      data[name].map((_, i) => source.placeOf([name, i]).line);
    return { ...data, lines: { solutions: linesOf('solutions'), mistakes: linesOf('mistakes') } };
  });
  throwMistakes(mistakes);
  if (!options || !body) throw new Error('A task without mistakes was not read.');
  return { kind: 'task', ...options, ...body, source: text.trimEnd(), position };
}

/** Options of a cell that a task cannot have, with the reason. */
const foreign: [OptionName, string][] = [
  [
    'fresh',
    'A task is checked on the machine as the reader left it, so it cannot require a clean machine.',
  ],
  ['interrupt', 'A check of a task has to end by itself.'],
];

function parseTaskOptions(meta: string, position: Position) {
  const options = parseOptions(meta, position, 'task');
  for (const [name, reason] of foreign) {
    const column = options.columns[name];
    if (column === undefined) continue;
    throw cellMistake('BadTask', { ...position, column }, reason, `Remove the option "${name}".`);
  }
  const { title } = options;
  if (title !== undefined) return { ...options, title };
  const message = 'This task has no title.';
  throw cellMistake('BadTask', position, message, 'Write title="What to do", in sentence case.');
}

function readFields({ data, placeOf }: TaskSource): TaskText {
  const read = taskSchema.safeParse(data ?? {});
  if (read.success) return read.data;
  const mistakes = read.error.issues.flatMap((issue) => fieldMistakes(issue, placeOf));
  throwMistakes(mistakes);
  throw new Error('The schema reports no error.');
}

const fields = Object.keys(taskSchema.shape);

function fieldMistakes(issue: z.core.$ZodIssue, placeOf: (path: Path) => Position): Mistake[] {
  const wrong = (path: Path, reason: string, hint: string): Mistake => {
    const message = `The field \`${path.map(String).join('.')}\` of this task is wrong: ${reason}.`;
    return cellMistake('BadTask', placeOf(path), message, hint).mistake;
  };
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const meant = issue.path.length ? undefined : nearest(key, fields);
      const hint = meant ? `Did you mean \`${meant}\`?` : `Correct or remove \`${key}\`.`;
      return wrong([...issue.path, key], 'there is no such field', hint);
    });
  }
  const name = String(issue.path.at(-1) ?? '');
  if (issue.message.endsWith('received undefined')) {
    return [wrong(issue.path, 'it is missing', `Add \`${name}\`. ${GUIDE}`)];
  }
  if (issue.code === 'invalid_union') {
    const reason =
      issue.path[0] === 'values' ? 'it is neither a range nor a list' : 'it is not text';
    const hint =
      issue.path[0] === 'values'
        ? 'Write whole numbers { from: 8, to: 32 }, or { from: 8, to: 32, step: 4 }, or a list { of: [one, two] }.'
        : 'Write a text, or a list of texts, each in quotes.';
    return [wrong(issue.path, reason, hint)];
  }
  const reason = issue.message
    .replace(/^Invalid input: /, '')
    .replace(/^./, (a) => a.toLowerCase());
  return [wrong(issue.path, reason, `Correct it. ${GUIDE}`)];
}

const GUIDE = 'content/README.md describes each field.';

/** Throws one AuthorError for all names and references that lead nowhere. */
function checkTask(task: TaskText, source: TaskSource): void {
  const mistakes: Mistake[] = [];
  const add = (path: Path, message: string, hint: string): void => {
    mistakes.push(cellMistake('BadTask', source.placeOf(path), message, hint).mistake);
  };
  const hints: string[] = [];
  for (const [i, check] of task.checks.entries()) {
    for (const [j, { id, when }] of check.hints.entries()) {
      const isLast = j === check.hints.length - 1;
      const path = ['checks', i, 'hints', j];
      if (hints.includes(id)) {
        add([...path, 'id'], `Two hints of this task have the id "${id}".`, 'Rename one of them.');
      }
      hints.push(id);
      if (isLast && when !== undefined) {
        const message = 'The last hint of a check has a `when`, so some failures have no hint.';
        add([...path, 'when'], message, 'Remove it, or add a hint without `when` below.');
      }
      if (!isLast && when === undefined) {
        const message = `The hint "${id}" has no \`when\`, so the hints below it are never shown.`;
        add(
          path,
          message,
          'Add a `when` with a text of the output that the hint is for, or move the hint to the end.',
        );
      }
    }
  }
  for (const [i, { hint }] of task.mistakes.entries()) {
    if (hints.includes(hint)) continue;
    const meant = nearest(hint, hints);
    const all = `The hints are ${hints.join(', ')}.`;
    const message = `This mistake expects the hint "${hint}", which no check has.`;
    add(['mistakes', i, 'hint'], message, meant ? `Did you mean "${meant}"? ${all}` : all);
  }
  checkDifferent(task.solutions, 'solutions', 'solution', add);
  checkDifferent(
    task.mistakes.map(({ run }) => run),
    'mistakes',
    'mistake',
    add,
  );
  collect(mistakes, () => checkNames(task, source));
  throwMistakes(mistakes);
}

function checkDifferent(
  lists: readonly string[][],
  field: string,
  word: string,
  add: (path: Path, message: string, hint: string) => void,
): void {
  const printed = lists.map((commands) => commands.join('\n'));
  for (const [i, text] of printed.entries()) {
    const first = printed.indexOf(text);
    if (first === i) continue;
    const message = `This ${word} is the same as number ${first + 1}.`;
    add([field, i], message, `Write a different ${word}, or remove it.`);
  }
}

function checkNames({ values }: TaskText, { texts, placeOf }: TaskSource): void {
  const mistakes: AuthorError[] = [];
  const known = Object.keys(values);
  const used = new Set<string>();
  for (const field of ['goal', 'checks', 'solutions', 'mistakes']) {
    for (const { text, placeOf: placeIn } of texts([field])) {
      for (const [whole, name = ''] of text.matchAll(VALUE_NAME)) {
        used.add(name);
        if (known.includes(name)) continue;
        const meant = nearest(name, known);
        const all = known.length
          ? `The values are ${known.join(', ')}.`
          : 'This task has no values.';
        mistakes.push(
          cellMistake(
            'BadTask',
            placeIn(whole),
            `There is no value "${name}".`,
            meant ? `Did you mean {{${meant}}}?` : `${all} Add it to \`values\`, or correct it.`,
          ),
        );
      }
    }
  }
  for (const name of known) {
    if (used.has(name)) continue;
    const message = `No text of this task uses the value "${name}".`;
    const hint = `Write {{${name}}} where it belongs, or remove it.`;
    mistakes.push(cellMistake('BadTask', placeOf(['values', name]), message, hint));
  }
  throwMistakes(mistakes.map(({ mistake }) => mistake));
}
