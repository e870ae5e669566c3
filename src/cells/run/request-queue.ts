/** The queue of a page's requests. They run one at a time, first in, first out. */
import type { PageRequest } from './page-request.ts';

interface Waiting {
  request: PageRequest;
  /** Resolves the promise of `add`. */
  end: () => void;
}

/** Rethrows the reason as an uncaught error, which the browser reports. */
function rethrow(reason: unknown): void {
  queueMicrotask(() => {
    throw reason;
  });
}

export class RequestQueue {
  readonly #run: (request: PageRequest) => Promise<void>;
  readonly #report: (reason: unknown) => void;
  #waiting: Waiting[] = [];
  #isWorking = false;

  /** `run` should never reject. If it does, `report` gets the reason, and the next request runs. */
  constructor(run: (request: PageRequest) => Promise<void>, report = rethrow) {
    this.#run = run;
    this.#report = report;
  }

  /** Whether a request is running. */
  get isWorking(): boolean {
    return this.#isWorking;
  }

  /** Whether a request for the whole page waits. */
  get hasPage(): boolean {
    return this.#waiting.some(({ request }) => request.what === 'page');
  }

  /** Whether a request for this activity waits. */
  has(id: string): boolean {
    return this.#waiting.some((each) => isFor(each, id));
  }

  /** Removes the request for an activity. Returns whether there was one. */
  remove(id: string): boolean {
    return this.#take((each) => isFor(each, id)).length > 0;
  }

  /** Removes all requests but Undo and Reset, whose callers wait for them. Returns the removed ones. */
  empty(): PageRequest[] {
    return this.#take(({ request: { what } }) => what !== 'undo' && what !== 'reset');
  }

  /** Adds a request. Resolves when it has run or was removed. */
  add(request: PageRequest): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#waiting.push({ request, end: () => resolve(undefined) });
    if (!this.#isWorking) void this.#work();
    return promise;
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      await this.#run(next.request).catch(this.#report);
      next.end();
    }
    this.#isWorking = false;
  }

  #take(isTaken: (each: Waiting) => boolean): PageRequest[] {
    const taken = this.#waiting.filter(isTaken);
    this.#waiting = this.#waiting.filter((each) => !isTaken(each));
    for (const { end } of taken) end();
    return taken.map(({ request }) => request);
  }
}

const isFor = ({ request }: Waiting, id: string): boolean =>
  request.what === 'activity' && request.activity.id === id;
