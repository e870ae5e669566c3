/** One thing at a time in each lane, in the order of asking; all lanes side by side. */

interface Job {
  /** Undefined for a barrier. */
  lane: unknown;
  run: () => Promise<void>;
  drop: (reason: Error) => void;
}

/**
 * Runs tasks one after the other in each lane. A barrier runs alone: it waits for what was asked for before it, and
 * what is asked for after it waits for its end. A task that fails does not stop the next.
 */
export class Queue {
  readonly #waiting: Job[] = [];
  readonly #running = new Set<Job>();
  /** What waits for the end of the barrier that runs. */
  #barrier: Promise<void> | undefined;

  /**
   * Runs `task` when those before it in its lane have ended, and gives its result. Rejects with the signal's
   * reason, without running it, when the signal is aborted before its turn; after that the task
   * itself has to watch the signal.
   */
  add<T>(lane: object | string, task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.#add(lane, task, signal);
  }

  /** Runs `task` when all before it have ended, and nothing beside it. */
  barrier<T>(task: () => Promise<T>): Promise<T> {
    return this.#add(undefined, task);
  }

  /** Runs `task` now, beside what runs; but after a barrier that runs. */
  async beside<T>(task: () => T): Promise<T> {
    await this.#barrier;
    return task();
  }

  /** Rejects all that waits with this reason. */
  clear(reason: Error): void {
    for (const { drop } of this.#waiting.splice(0)) drop(reason);
  }

  #add<T>(lane: unknown, task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(job), 1);
        reject(signal?.reason);
        this.#start();
      };
      const run = (): Promise<void> => {
        signal?.removeEventListener('abort', leave);
        // A task that throws at once must not end the queue.
        return new Promise<T>((started) => started(task())).then(resolve, reject);
      };
      const drop = (reason: Error): void => {
        signal?.removeEventListener('abort', leave);
        reject(reason);
      };
      const job: Job = { lane, run, drop };
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.push(job);
      this.#start();
    });
  }

  /** Begins all that can begin. */
  #start(): void {
    const taken = new Set([...this.#running].map(({ lane }) => lane));
    for (const job of [...this.#waiting]) {
      // A barrier that runs, or that waits before this job.
      if (taken.has(undefined)) return;
      const isFree = job.lane === undefined ? !taken.size : !taken.has(job.lane);
      taken.add(job.lane);
      if (isFree) this.#begin(job);
    }
  }

  #begin(job: Job): void {
    this.#waiting.splice(this.#waiting.indexOf(job), 1);
    this.#running.add(job);
    const ended = job.run().then(() => {
      this.#running.delete(job);
      if (job.lane === undefined) this.#barrier = undefined;
      this.#start();
    });
    if (job.lane === undefined) this.#barrier = ended;
  }
}
