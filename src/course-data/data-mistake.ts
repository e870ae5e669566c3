// The mistake of a data file that does not match its schema.
import type { z } from 'astro/zod';
import { AuthorError } from '../author-error.ts';
import type { Mistake, Position } from '../author-error.ts';
import { placeOfField } from './data-place.ts';
import { describeIssue } from './describe-issue.ts';

type Path = readonly PropertyKey[];

/** Turns a schema's errors into mistakes, each with its place, its row and field, and the next step. */
export function dataMistake(
  file: string,
  text: string,
  data: unknown,
  error: z.ZodError,
): AuthorError {
  const [first, ...others] = error.issues.flatMap((issue) =>
    // A schema reports the unknown fields of a place together.
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => unknownField(file, text, data, [...issue.path, key]))
      : [wrongField(file, text, data, issue)],
  );
  if (!first) throw new Error('The schema reports no error.');
  return new AuthorError(first, { others });
}

function wrongField(file: string, text: string, data: unknown, issue: z.core.$ZodIssue): Mistake {
  const field = String(issue.path.at(-1) ?? file);
  const reason = describeIssue(issue);
  return badData(
    `${namePath(issue.path, data)}: ${reason}.`,
    `${reason === 'Required' ? 'Add' : 'Correct'} \`${field}\``,
    placeOfField(file, text, issue.path),
  );
}

function unknownField(file: string, text: string, data: unknown, path: Path): Mistake {
  return badData(
    `${namePath(path, data)}: There is no such field.`,
    `Correct or remove \`${String(path.at(-1))}\``,
    placeOfField(file, text, path),
  );
}

function badData(reason: string, hint: string, position: Position): Mistake {
  return {
    name: 'BadData',
    title: 'A data file does not match its schema',
    message: `This file does not match its schema. ${reason}`,
    hint: `${hint}; docs/data-fields.md describes each field.`,
    position,
  };
}

/** Names a field as its author would: `rows[3].cells.vm` -> row "start-up", cells, vm. */
function namePath(path: Path, data: unknown): string {
  const names: string[] = [];
  let value = data;
  for (const step of path) {
    value = (value as Record<PropertyKey, unknown> | undefined)?.[step];
    if (typeof step !== 'number') {
      names.push(`\`${String(step)}\``);
      continue;
    }
    const id = idOf(value);
    names.push(id ? `"${id}"` : `no. ${step + 1}`);
  }
  return names.join(', ') || 'The file';
}

function idOf(value: unknown): string | undefined {
  const id = (value as { id?: unknown } | undefined)?.id;
  return typeof id === 'string' ? id : undefined;
}
