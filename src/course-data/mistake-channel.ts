// Passes mistakes from the loaders to the dev server, which shows them. Astro loads the two as separate copies
// of their modules, so they share a channel of the process.
import { channel } from 'node:diagnostics_channel';

const mistakes = channel('course:mistake');

interface Check {
  file: string;
  error: Error | undefined;
}

/** Reports the result of a file's check. In a build nothing listens, since a mistake ends the build. */
export function publishCheck(file: string, error?: Error): void {
  mistakes.publish({ file, error } satisfies Check);
}

/** Calls the listener with each new mistake. Returns the uncorrected ones, by file. */
export function watchMistakes(onMistake: (error: Error) => void): ReadonlyMap<string, Error> {
  const open = new Map<string, Error>();
  mistakes.subscribe((message) => {
    const { file, error } = message as Check;
    open.delete(file);
    if (!error) return;
    open.set(file, error);
    onMistake(error);
  });
  return open;
}
