// From where a mistake in a file is found to the open pages. Loaders run apart from the dev server's
// integrations, as modules loaded a second time, so they speak through a channel of the process.
import { channel } from 'node:diagnostics_channel';

const mistakes = channel('course:mistake');

interface Check {
  file: string;
  error: Error | undefined;
}

/** Tells how a file was found. Nobody listens in a build, which ends with a mistake anyway. */
export function publishCheck(file: string, error?: Error): void {
  mistakes.publish({ file, error } satisfies Check);
}

/** Keeps the mistakes that are not corrected yet, and calls the listener with each new one. */
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
