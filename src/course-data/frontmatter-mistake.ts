// The mistake of a page whose frontmatter does not match its schema.
import { AuthorError } from '../author-error.ts';
import { positionOf } from '../position-of.ts';

/** Turns the schema's error into a mistake with the line of the field and the next step. */
export function explainFrontmatter(error: Error, source: string, fileURL: URL): AuthorError {
  // Astro's message has one line per field: `  **title**: **title**: Required`.
  const complaints = [...error.message.matchAll(/^ +\*\*([\w.]+)\*\*: (.+)$/gm)];
  const reasons = complaints.map(([line]) => line.replaceAll(/\*\*([\w.]+)\*\*: (?=\*\*)/g, ''));
  const list = reasons.map((reason) => reason.replaceAll('**', '`').trim()).join('; ');
  const first = complaints[0]?.[1] ?? '';
  const line = lineOfField(source, first);
  return new AuthorError(
    {
      name: 'BadFrontmatter',
      title: 'The frontmatter of a page does not match its schema',
      message: `The frontmatter of this page does not match its schema. ${list || error.message}`,
      hint: line
        ? `Correct \`${first}\` between the two \`---\` lines.`
        : `Add a line \`${first}: …\` between the two \`---\` lines at the top of the file.`,
      position: positionOf(fileURL, { line: line || 1, column: 1 }),
    },
    { cause: error },
  );
}

function lineOfField(source: string, field: string): number {
  const key = field.split('.')[0];
  return source.split('\n').findIndex((line) => line.startsWith(`${key}:`)) + 1;
}
