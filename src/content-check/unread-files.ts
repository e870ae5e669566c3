// Files that their author takes for content, but that the site does not read.
import { matchesGlob } from 'node:path';
import type { Mistake } from '../author-error.ts';
import { data, pagePatterns } from '../course-data/content-files.ts';

const patterns = [...pagePatterns, ...Object.values(data).map(({ pattern }) => pattern)];

/** A mistake for each file in content/ that the site does not read. */
export function unreadFiles(files: readonly string[]): Mistake[] {
  return files
    .filter((file) => /\.(?:mdx?|ya?ml)$/i.test(file) && file !== 'content/README.md')
    .filter((file) => !patterns.some((pattern) => matchesGlob(file, `content/${pattern}`)))
    .map((file) => ({
      name: 'UnreadFile',
      title: 'A file in content/ is not part of the site',
      message: 'The site does not use this file, so readers never see its content.',
      hint: `Move or rename it. In content/, the site reads ${patterns.join(', ')}.`,
      position: { file, line: 1, column: 1 },
    }));
}
