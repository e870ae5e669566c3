/**
 * The reader's progress: which activities of which page they have run or done, and what they answered. It is kept in this browser
 * and sent nowhere. Independent of the DOM.
 */
import * as z from 'zod/mini';
import { MAX_ANSWER } from '../../../cells/cell.ts';

// zod compiles its checks with eval unless this is set; the pages' policy forbids that.
z.config({ jitless: true });

/** The version of the format. A newer site may write a newer one, which this code leaves alone. */
const VERSION = 1;
/** Maximum length of a value of a task in characters. */
const MAX_VALUE = 200;
/** Maximum length of the name of a value in characters. */
const MAX_NAME = 40;

const entry = z.object({
  /** The hash of what the activity runs and prints. Once that has changed, the entry no longer holds. */
  text: z.string().check(z.maxLength(64)),
  /** Whether it has run, and whether it once printed what the page prints. */
  ran: z.optional(z.enum(['as printed', 'differently'])),
  /** Whether the task has been done. */
  done: z.optional(z.literal(true)),
  /** The values that were drawn for the task, by name. */
  values: z.optional(
    z.record(z.string().check(z.maxLength(MAX_NAME)), z.string().check(z.maxLength(MAX_VALUE))),
  ),
  /** The reader's answer to the question of a step; steps are counted from 0. */
  answers: z.optional(
    z.record(
      z.string().check(z.regex(/^\d{1,3}$/)),
      z.string().check(z.minLength(1), z.maxLength(MAX_ANSWER)),
    ),
  ),
});
const page = z.record(z.string(), z.unknown());
const file = z.object({ version: z.literal(VERSION), pages: z.record(z.string(), z.unknown()) });
/** A file or a stored text of a newer version. */
export const newer = z.object({ version: z.number().check(z.gt(VERSION)) });

export type ProgressEntry = z.infer<typeof entry>;
/** The entries of each page, by the page's address below the site's base and by the activity's id. */
export type Progress = Map<string, Map<string, ProgressEntry>>;

/** Reads the text of a progress file. Leaves out each entry that is not valid, and everything if the text is damaged. */
export function readProgress(text: string): Progress {
  const progress: Progress = new Map();
  const read = file.safeParse(readJson(text));
  if (!read.success) return progress;
  for (const [path, found] of Object.entries(read.data.pages)) {
    const entries = page.safeParse(found);
    if (!entries.success) continue;
    const valid = Object.entries(entries.data).flatMap(([id, value]) => {
      const { data } = entry.safeParse(value);
      return data ? [[id, data] as const] : [];
    });
    if (valid.length) progress.set(path, new Map(valid));
  }
  return progress;
}

/** Prints progress as the text that `readProgress` reads. */
export function printProgress(progress: Progress): string {
  const pages = [...progress].map(([path, entries]) => [path, Object.fromEntries(entries)]);
  return JSON.stringify({ version: VERSION, pages: Object.fromEntries(pages) as unknown });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The part of the browser's storage that the store uses. */
export type KeptTexts = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Progress in the browser's storage. If that is blocked or full, progress lasts as long as the page. */
export class ProgressStore {
  readonly #storage: () => KeptTexts;
  readonly #key: string;
  /** The text that could not be stored. */
  #unsaved: string | undefined;

  /** `storage` may throw, as `localStorage` does where it is blocked. */
  constructor(storage: () => KeptTexts, key: string) {
    this.#storage = storage;
    this.#key = key;
  }

  /** Reads it anew, since another tab may have changed it. Never throws. */
  read(): Progress {
    return readProgress(this.#text());
  }

  /** The entry of an activity, if it belongs to this text of it. */
  find(path: string, id: string, text: string): ProgressEntry | undefined {
    const found = this.read().get(path)?.get(id);
    return found?.text === text ? found : undefined;
  }

  /** Changes the entry of an activity. An entry that belongs to another text of it is dropped. Never throws. */
  change(
    path: string,
    id: string,
    text: string,
    change: (entry: ProgressEntry) => ProgressEntry,
  ): void {
    const progress = this.read();
    const entries = progress.get(path) ?? new Map<string, ProgressEntry>();
    const found = entries.get(id);
    entries.set(id, change(found?.text === text ? found : { text }));
    progress.set(path, entries);
    this.replace(progress);
  }

  /** Replaces all progress. Returns false, and changes nothing, if a newer site has stored it. Never throws. */
  replace(progress: Progress): boolean {
    if (newer.safeParse(readJson(this.#text())).success) return false;
    this.#keep(printProgress(progress));
    return true;
  }

  /** Forgets all progress. Never throws. */
  forget(): void {
    this.#unsaved = undefined;
    try {
      this.#storage().removeItem(this.#key);
    } catch {
      this.#keep('');
    }
  }

  #text(): string {
    if (this.#unsaved !== undefined) return this.#unsaved;
    try {
      return this.#storage().getItem(this.#key) ?? '';
    } catch {
      return '';
    }
  }

  #keep(text: string): void {
    try {
      this.#storage().setItem(this.#key, text);
      this.#unsaved = undefined;
    } catch {
      this.#unsaved = text;
    }
  }
}
