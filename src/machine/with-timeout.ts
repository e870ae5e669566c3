/** Rejects with `error` when the promise has not settled within this number of milliseconds. */
export async function withTimeout<T>(
  ms: number,
  promise: Promise<T>,
  error: () => Error,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(error()), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
