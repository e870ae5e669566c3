/** One thing at a time, in the order of asking. */

type Job = () => Promise<void>;

/** Runs tasks one after the other. A task that fails does not stop the next. */
export class Queue {
  readonly #jobs: Job[] = [];
  #working = false;

  /**
   * Runs `task` when those before it have ended, and gives its result. Rejects with the signal's
   * reason, without running it, when the signal is aborted before its turn; after that the task
   * itself has to watch the signal.
   */
  add<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const leave = (): void => {
        this.#jobs.splice(this.#jobs.indexOf(job), 1);
        reject(signal?.reason);
      };
      const job: Job = () => {
        signal?.removeEventListener('abort', leave);
        // A task that throws at once must not end the queue.
        return Promise.resolve().then(task).then(resolve, reject);
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#jobs.push(job);
      void this.#work();
    });
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    for (let job = this.#jobs.shift(); job; job = this.#jobs.shift()) await job();
    this.#working = false;
  }
}
