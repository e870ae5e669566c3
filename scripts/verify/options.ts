// What `npm run verify` may be asked, and what is wrong with a question.
import { parseArgs } from 'node:util';
import { pageCaches } from './cached-machine.ts';
import type { PageCache } from './cached-machine.ts';

export const usage = `usage: npm run verify -- [options] [FILE...]
Runs the cells of content/, or of these files, on the machine that the reader gets, and compares.
  --only ID       proves this cell alone, after what it depends on
  --all           proves also the chapters that were proved with this machine already
  --accept        prints what differs and rewrites those outputs, and nothing else
  --watch         waits for changes of the chapters and proves the cells that they concern
  --json FILE     writes what was found there (.cache/verify.json unless given)
  --junit FILE    the same as JUnit XML (.cache/verify.xml unless given)
  --clock TIME    proves under another wall clock, as 2031-07-14T03:17:00Z
  --cache KIND    proves with a page cache that is "empty" or "full" at each clean start
  --against FILE  compares with the JSON of an earlier pass and names what is flaky`;

/** A question that cannot be answered; the message says why and what to write instead. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

export interface VerifyOptions {
  files: string[];
  only: string | undefined;
  all: boolean;
  accept: boolean;
  watch: boolean;
  help: boolean;
  json: string;
  junit: string;
  /** The guest's wall clock at its start, in milliseconds since 1970. */
  clock: number | undefined;
  /** What the page cache holds at each clean start; what the snapshot holds unless given. */
  pageCache: PageCache | undefined;
  against: string | undefined;
}

/** Reads the command line. In CI every chapter is proved. Throws a UsageError. */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): VerifyOptions {
  const { values, positionals } = parse(args);
  const isCI = Boolean(environment['CI']);
  if (values.accept && isCI) {
    throw new UsageError('--accept is for people who look at the differences, not for CI.');
  }
  if (values.watch && (values.accept || values.only !== undefined || isCI)) {
    throw new UsageError('--watch is for writing: it goes without --accept, --only and CI.');
  }
  const clock = values.clock === undefined ? undefined : Date.parse(values.clock);
  if (Number.isNaN(clock)) {
    throw new UsageError(`"${values.clock ?? ''}" is no time. Write 2031-07-14T03:17:00Z.`);
  }
  const pageCache = pageCaches.find((kind) => kind === values.cache);
  if (values.cache !== undefined && !pageCache) {
    throw new UsageError(`"${values.cache}" is no page cache. Write ${pageCaches.join(' or ')}.`);
  }
  const special = values.accept || values.only !== undefined;
  return {
    files: positionals,
    only: values.only,
    accept: values.accept,
    watch: values.watch,
    help: values.help,
    all:
      values.all ||
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
