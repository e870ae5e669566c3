// How runs are told on pages.

/** `2026-01-31` as “31 January 2026”. */
export function longDate(date: string): string {
  const options = { dateStyle: 'long', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat('en-GB', options).format(new Date(date));
}

/** As much of a hash as people compare. */
export function shortHash(hash: string): string {
  return hash.slice(0, 12);
}
