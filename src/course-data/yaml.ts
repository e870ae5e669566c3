// Reads YAML as Astro does: data files, and the frontmatter of pages. A mistake has its place in the file.
import { parseFrontmatter } from 'astro/markdown';
import { AuthorError, positionAt } from '../author-error.ts';

/** The data of a YAML file. Throws an AuthorError if it cannot be read. */
export function readYaml(file: string, text: string): unknown {
  // Frontmatter is YAML between two lines, so the added line moves the data down by one.
  return parse(file, `---\n${text.replace(/^\uFEFF/, '')}\n---\n`, 1).frontmatter;
}

/** The frontmatter of a page, and its text below that. Throws an AuthorError if it cannot be read. */
export function readFrontmatter(file: string, text: string) {
  const source = text.replace(/^\uFEFF/, '');
  const page = parse(file, source, 0);
  if (!page.rawFrontmatter && /^---[^\S\n]*(?:\n|$)/.test(source)) {
    const message = 'The frontmatter that begins here is not closed.';
    throw badYaml(file, 1, 1, message, 'Write a line "---" below its last field.');
  }
  const begin = source.search(/\S/);
  if (begin > 0 && page.rawFrontmatter) {
    // Astro reads it, but the formatter and other tools take it for text.
    const { line } = positionAt(file, source, begin);
    const message = 'The frontmatter has to begin on the first line.';
    throw badYaml(file, line, 1, message, 'Remove the blank lines above it.');
  }
  return page;
}

function parse(file: string, text: string, linesBefore: number) {
  try {
    return parseFrontmatter(text, { frontmatter: 'empty-with-lines' });
  } catch (error) {
    const { reason, mark } = error as { reason?: string; mark?: { line: number; column: number } };
    if (reason === undefined || !mark) throw error;
    const line = mark.line + 1 - linesBefore;
    throw badYaml(
      file,
      line,
      mark.column + 1,
      `This is not valid YAML: ${reason}.`,
      hintFor(reason),
    );
  }
}

function hintFor(reason: string): string {
  if (/^duplicated/.test(reason)) return 'Remove one of the two lines.';
  if (/^tab characters/.test(reason)) return 'Indent with spaces, not tabs.';
  if (/quoted scalar/.test(reason))
    return 'Close the text with the same quotation mark that opens it.';
  return 'Put quotes around a value that contains ": " or " #", or that begins with a quote, a bracket, "@" or "&". Indent with spaces.';
}

function badYaml(file: string, line: number, column: number, message: string, hint: string) {
  const title = 'A file cannot be read as YAML';
  return new AuthorError({
    name: 'BadYaml',
    title,
    message,
    hint,
    position: { file, line, column },
  });
}
