// Loads the files of content/. A file that does not match its schema fails with an error and the next step.
import type { Loader, LoaderContext } from 'astro/loaders';
import { glob } from 'astro/loaders';
import type { z } from 'astro/zod';
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { positionOf } from '../position-of.ts';
import { dataMistake } from './data-mistake.ts';
import { checkPageFields } from './frontmatter-mistake.ts';
import { publishCheck } from './mistake-channel.ts';
import { readFrontmatter } from './yaml.ts';

type Parse = LoaderContext['parseData'];
type Entry = Parameters<Parse>[0];

/** Loads pages. Invalid frontmatter ends the build. */
export function pages(pattern: string[]): Loader {
  return checked('pages', glob({ base: './content', pattern }), async (entry, parse) => {
    const { file } = positionOf(urlOf(entry), undefined);
    const source = entry.filePath ? await readFile(entry.filePath, 'utf8') : '';
    // Astro treats unclosed frontmatter as text.
    const { frontmatter } = readFrontmatter(file, source);
    checkPageFields(entry.id, file, frontmatter, source);
    return parse(entry);
  });
}

/** Loads data files, each as one entry. An invalid file ends the build. */
export function dataFiles(pattern: string, schema: z.ZodType): Loader {
  return checked(
    'data-files',
    glob({ base: './content', pattern, generateId }),
    async (entry, parse) => {
      const { error } = schema.safeParse(entry.data);
      if (!error) return parse(entry);
      const text = entry.filePath ? await readFile(entry.filePath, 'utf8') : '';
      throw dataMistake(positionOf(urlOf(entry), undefined).file, text, entry.data, error);
    },
  );
}

function checked(
  name: string,
  loader: Loader,
  check: (entry: Entry, parse: (entry: Entry) => Promise<Entry['data']>) => Promise<Entry['data']>,
): Loader {
  return {
    name,
    load: (context) => {
      const parse = (entry: Entry) => context.parseData(entry);
      const parseData = (async (entry) => {
        const file = entry.filePath ?? entry.id;
        try {
          const data = await check(entry, parse);
          publishCheck(file);
          return data;
        } catch (error) {
          if (error instanceof Error) publishCheck(file, error);
          throw error;
        }
      }) as Parse;
      return loader.load({ ...context, parseData });
    },
  };
}

// The id is the file's name alone: content/sources/clone2.yaml is `clone2`.
function generateId({ entry }: { entry: string }): string {
  return entry.replace(/^.*\//, '').replace(/\.yaml$/, '');
}

function urlOf({ filePath = '' }: Entry): URL {
  return pathToFileURL(filePath);
}
