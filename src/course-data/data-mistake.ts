// The mistake of a data file that does not match its schema.
import type { z } from 'astro/zod';
import { AuthorError } from '../author-error.ts';
import { describeIssue } from './describe-issue.ts';

type Path = readonly PropertyKey[];

/** Turns a schema's errors into a mistake with file, line, row and field, and the next step. */
export function dataMistake(
  file: string,
  text: string,
  data: unknown,
  error: z.ZodError,
): AuthorError {
  const reasons = error.issues.map(
    (issue) => `${namePath(issue.path, data)}: ${describeIssue(issue)}`,
  );
  const first = error.issues[0]?.path ?? [];
  const field = String(first.at(-1) ?? file);
  return new AuthorError({
    name: 'BadData',
    title: 'A data file does not match its schema',
    message: `This file does not match its schema. ${reasons.join('; ')}.`,
    hint: `Correct \`${field}\`; docs/data-fields.md describes each field.`,
    position: { file, line: lineOfPath(text, first, data) },
  });
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

// Follows the path through the text: searches for each step below the previous one.
function lineOfPath(text: string, path: Path, data: unknown): number {
  const lines = text.split('\n');
  let at = 0;
  let value = data;
  for (const step of path) {
    value = (value as Record<PropertyKey, unknown> | undefined)?.[step];
    const id = typeof step === 'number' ? idOf(value) : undefined;
    if (typeof step === 'number' && !id) continue;
    const wanted = id ? `\\bid: *["']?${id}\\b` : `(?:^|[\\s{,-])["']?${String(step)}["']?:`;
    const found = lines.findIndex((line, index) => index >= at && new RegExp(wanted).test(line));
    if (found < 0) break;
    at = found;
  }
  return at + 1;
}

function idOf(value: unknown): string | undefined {
  const id = (value as { id?: unknown } | undefined)?.id;
  return typeof id === 'string' ? id : undefined;
}
