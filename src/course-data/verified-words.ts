// Formats dates and hashes of runs for pages.

/** `2026-01-31` as “31 January 2026”. */
export function longDate(date: string): string {
  const options = { dateStyle: 'long', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat('en-GB', options).format(new Date(date));
}

/** The first 12 digits of a hash, enough to compare by eye. */
export function shortHash(hash: string): string {
  return hash.slice(0, 12);
}
