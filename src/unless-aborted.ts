/** Settles as the promise does, or rejects with `error` once the signal is aborted. */
export async function unlessAborted<T>(
  signal: AbortSignal,
  promise: Promise<T>,
  error: () => Error,
): Promise<T> {
  const over = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    const stop = (): void => reject(error());
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { signal: over.signal });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    over.abort();
  }
}
