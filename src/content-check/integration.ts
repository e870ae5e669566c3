// Checks pages and data files while their author writes. Before a build and when the dev server starts, all are checked.
import type { AstroIntegration } from 'astro';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AuthorError, collect, throwMistakes } from '../author-error.ts';
import type { Mistake } from '../author-error.ts';
import { publishCheck } from '../course-data/mistake-channel.ts';
import { top } from '../paths.ts';
import { positionOf } from '../position-of.ts';
import { readCourseIndex } from './course-index.ts';
import { checkDataFile } from './data-files.ts';
import { pageMistakes } from './page-mistakes.ts';
import { unlistedPage } from './sidebar.ts';

/** Ends the build of a page with one AuthorError for all its mistakes, before another plugin meets one of them. */
export function contentCheck(
  read = (path: string) => readFileSync(path, 'utf8'),
): AstroIntegration {
  const transform = (isDev: boolean) => ({
    order: 'pre' as const,
    filter: { id: /\/content\/.*\.mdx$/ },
    handler(source: string, path: string) {
      const file = fileOf(path);
      // Read again each time, because the dev server keeps the configuration that it started with.
      const config = read(join(top, 'site.config.ts'));
      const found = [
        ...unlistedPage(file, config),
        ...pageMistakes(file, source, readCourseIndex()),
      ];
      // The author needs the page to see and accept that output.
      throwMistakes(found.filter(({ name }) => !isDev || name !== 'MissingOutput'));
    },
  });
  return {
    name: 'content-check',
    hooks: {
      'astro:config:setup': ({ command, updateConfig }) => {
        const plugin = { name: 'content-check', transform: transform(command === 'dev') };
        updateConfig({ vite: { plugins: [plugin] } });
      },
      'astro:server:setup': ({ server, logger }) => {
        // The loaders report schema errors. Astro parses the files before the loaders run, and prints no position.
        server.watcher.on('change', (path) => {
          const file = fileOf(path);
          if (!/^content\/.*\.yaml$/.test(file)) return;
          const error = mistakesOfData(file, read(path));
          if (!error) return;
          publishCheck(path, error);
          logger.error(error.message);
        });
      },
    },
  };
}

function fileOf(path: string): string {
  return positionOf(pathToFileURL(path), undefined).file;
}

function mistakesOfData(file: string, text: string): AuthorError | undefined {
  const found: Mistake[] = [];
  collect(found, () => checkDataFile(file, text, readCourseIndex()));
  const [first, ...others] = found.filter(({ name }) => name !== 'BadData');
  return first && new AuthorError(first, { others });
}
