// Finishes the pages built by Astro: adds the security policy, and lists the diagrams in use.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addPolicy } from './content-security-policy.ts';
import { listPages } from './list-pages.ts';

/** Without scripts, the theme of the HTML stays: the look of paper. A script sets the reader's theme before the page shows. */
function withLightTheme(html: string): string {
  return html.replace(/(<html[^>]* data-theme=")dark"/, '$1light"');
}

/** Adds the policy to each page and returns the keys of the diagrams that the pages show. */
export async function finishPages(folder: string): Promise<Set<string>> {
  const diagrams = new Set<string>();
  for (const page of await listPages(folder)) {
    const file = join(folder, page);
    const html = await readFile(file, 'utf8');
    for (const [, key = ''] of html.matchAll(/data-diagram="(\w+)"/g)) diagrams.add(key);
    await writeFile(file, addPolicy(withLightTheme(html)));
  }
  return diagrams;
}
