import { readdir } from 'node:fs/promises';

/** Lists the HTML files of a built site, as paths relative to its folder. */
export async function listPages(folder: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true });
  return files
    .filter((file) => file.endsWith('.html'))
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
}
