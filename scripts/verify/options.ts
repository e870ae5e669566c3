// The options of `npm run verify`.
import { parseArgs } from 'node:util';
import { imageNames } from '../../src/machine/image/image-names.ts';
import { pageCaches } from './cached-machine.ts';
import type { PageCache } from './cached-machine.ts';

export const usage = `usage: npm run verify -- [options] [FILE...]
Runs the cells of content/, or of these files, on the readers' machine, and compares their output.
  --only ID       verifies only this cell, after the cells that it depends on
  --image NAME    verifies only the pages that run on this image
  --quick         runs the cells in page order and proves the tasks, but does not run each cell alone
  --all           also verifies the chapters that passed on this machine before
  --accept        prints the differences and rewrites those outputs, and nothing else
  --watch         waits for changes of the chapters and verifies the affected cells
  --json FILE     writes the results to this file (default: .cache/verify.json)
  --junit FILE    writes them as JUnit XML (default: .cache/verify.xml)
  --clock TIME    verifies with another date, such as 2031-07-14T03:17:00Z
  --cache KIND    verifies with a page cache that is "empty" or "full" at each clean start
  --against FILE  compares with the JSON of an earlier pass and lists flaky cells`;

/** Invalid options; the message gives the reason and a correction. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

export interface VerifyOptions {
  files: string[];
  only: string | undefined;
  /** Only the pages on this image. */
  image: string | undefined;
  /** Without the pass that runs each cell alone. */
  quick: boolean;
  all: boolean;
  accept: boolean;
  watch: boolean;
  help: boolean;
  json: string;
  junit: string;
  /** The guest's date at its start, in milliseconds since 1970. */
  clock: number | undefined;
  /** The page cache at each clean start; by default the snapshot's. */
  pageCache: PageCache | undefined;
  against: string | undefined;
}

/** Parses the command line. In CI every chapter is verified. Throws a UsageError. */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): VerifyOptions {
  const { values, positionals } = parse(args);
  const isCI = Boolean(environment['CI']);
  if (values.accept && isCI) {
    throw new UsageError('--accept is for people who review the differences, not for CI.');
  }
  if (values.watch && (values.accept || values.only !== undefined || isCI)) {
    throw new UsageError(
      '--watch is for writing: it cannot be combined with --accept, --only or CI.',
    );
  }
  if (values.quick && (values.accept || values.only !== undefined)) {
    throw new UsageError(
      '--quick leaves out a pass, so it cannot be combined with --accept or --only.',
    );
  }
  const clock = values.clock === undefined ? undefined : Date.parse(values.clock);
  if (Number.isNaN(clock)) {
    throw new UsageError(
      `"${values.clock ?? ''}" is not a time. Write it like 2031-07-14T03:17:00Z.`,
    );
  }
  const pageCache = pageCaches.find((kind) => kind === values.cache);
  if (values.cache !== undefined && !pageCache) {
    throw new UsageError(
      `"${values.cache}" is not a page cache. Write ${pageCaches.join(' or ')}.`,
    );
  }
  const images = imageNames();
  if (values.image !== undefined && !images.includes(values.image)) {
    throw new UsageError(
      `There is no image "${values.image}". The images are: ${images.join(', ')}.`,
    );
  }
  const special = values.accept || values.only !== undefined;
  return {
    files: positionals,
    only: values.only,
    image: values.image,
    accept: values.accept,
    watch: values.watch,
    help: values.help,
    quick: values.quick,
    all:
      values.all ||
      values.quick ||
      isCI ||
      special ||
      clock !== undefined ||
      pageCache !== undefined ||
      values.against !== undefined,
    json: values.json,
    junit: values.junit,
    clock,
    pageCache,
    against: values.against,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        only: { type: 'string' },
        image: { type: 'string' },
        quick: { type: 'boolean', default: false },
        all: { type: 'boolean', default: false },
        accept: { type: 'boolean', default: false },
        watch: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
        json: { type: 'string', default: '.cache/verify.json' },
        junit: { type: 'string', default: '.cache/verify.xml' },
        clock: { type: 'string' },
        cache: { type: 'string' },
        against: { type: 'string' },
      },
    });
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('. ');
    throw new UsageError(`${reason}.`);
  }
}
