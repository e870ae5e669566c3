/** Runs the tasks of each lane one at a time, first in, first out. Lanes run in parallel. */
import { StepInterrupted } from './errors.ts';

interface Job {
  /** Undefined for a barrier. */
  lane: unknown;
  run: () => Promise<void>;
  drop: (reason: Error) => void;
}

/**
 * Runs the tasks of each lane in order. A barrier runs alone: it waits for all tasks added before it, and all
 * tasks added after it wait for its end. A failing task does not stop the next one.
 */
export class Queue {
  readonly #waiting: Job[] = [];
  readonly #running = new Set<Job>();
  /** Resolves at the end of the running barrier. */
  #barrier: Promise<void> | undefined;

  /**
   * Runs `task` after the earlier tasks of its lane, and resolves to its result. If the signal is aborted
   * before the task starts, the task does not run and the promise rejects with StepInterrupted. A
   * running task has to watch the signal itself.
   */
  add<T>(lane: object | string, task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.#add(lane, task, signal);
  }

  /** Runs `task` alone, after all earlier tasks. The signal works as for `add`. */
  barrier<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.#add(undefined, task, signal);
  }

  /** Runs `task` now, in parallel with the running tasks, or after the running barriers. */
  async runNow<T>(task: () => T): Promise<T> {
    while (this.#barrier) await this.#barrier;
    return task();
  }

  /** Rejects all waiting tasks with this reason. */
  clear(reason: Error): void {
    for (const { drop } of this.#waiting.splice(0)) drop(reason);
  }

  #add<T>(lane: unknown, task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (signal?.aborted) return reject(new StepInterrupted());
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(job), 1);
        reject(new StepInterrupted());
        this.#start();
      };
      const run = (): Promise<void> => {
        signal?.removeEventListener('abort', leave);
        // A task that throws synchronously must not break the queue.
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

  /** Starts every task that can start. */
  #start(): void {
    const taken = new Set([...this.#running].map(({ lane }) => lane));
    for (const job of [...this.#waiting]) {
      // A barrier is running, or is waiting ahead of this job.
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
