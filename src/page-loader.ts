// Loads the pages in content/ and says what to do when a page's frontmatter is wrong.
import type { Loader } from 'astro/loaders';
import { glob } from 'astro/loaders';
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { AuthorError, placeOf } from './author-error.ts';

const pages = ['index.mdx', '404.mdx', 'chapters/**/*.mdx', 'about/**/*.mdx'];

/** Loads each page of content/; a page whose frontmatter does not fit the schema ends the build. */
export function pageLoader(): Loader {
  const loader = glob({ base: './content', pattern: pages });
  return {
    name: 'page-loader',
    load: (context) =>
      loader.load({
        ...context,
        parseData: async (entry) => {
          try {
            return await context.parseData(entry);
          } catch (error) {
            throw await explain(error, entry.filePath);
          }
        },
      }),
  };
}

async function explain(error: unknown, filePath: string | undefined): Promise<unknown> {
  if (!(error instanceof Error) || !filePath) return error;
  const source = await readFile(filePath, 'utf8');
  return explainFrontmatter(error, source, pathToFileURL(filePath));
}

/** Turns the schema's complaint into a mistake with the line of the field and the next step. */
export function explainFrontmatter(error: Error, source: string, fileURL: URL): AuthorError {
  // Astro's message has one line per field: `  **title**: **title**: Required`.
  const complaints = [...error.message.matchAll(/^ +\*\*([\w.]+)\*\*: (.+)$/gm)];
  const reasons = complaints.map(([line]) => line.replaceAll(/\*\*([\w.]+)\*\*: (?=\*\*)/g, ''));
  const told = reasons.map((reason) => reason.replaceAll('**', '`').trim()).join('; ');
  const first = complaints[0]?.[1] ?? '';
  const line = lineOfField(source, first);
  return new AuthorError(
    {
      name: 'BadFrontmatter',
      title: 'The frontmatter of a page does not fit',
      message: `The frontmatter of this page does not fit. ${told || error.message}`,
      hint: line
        ? `Correct \`${first}\` between the two \`---\` lines.`
        : `Add a line \`${first}: …\` between the two \`---\` lines at the top of the file.`,
      place: placeOf(fileURL, { line: line || 1, column: 1 }),
    },
    { cause: error },
  );
}

function lineOfField(source: string, field: string): number {
  const key = field.split('.')[0];
  return source.split('\n').findIndex((line) => line.startsWith(`${key}:`)) + 1;
}
