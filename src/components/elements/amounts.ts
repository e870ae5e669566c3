/** Amounts of memory, and amounts of what has a limit, as text. */

/** Bytes in the units of 1024 that the kernel's own files accept: "1.5 MiB". At most one decimal, below 100. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  const at = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const value = bytes / 1024 ** at;
  return `${value < 100 ? Math.round(value * 10) / 10 : Math.round(value)} ${units[at]}`;
}

export const ofLimit = (value: string, limit: string | undefined): string =>
  limit === undefined ? value : `${value} of ${limit}`;
