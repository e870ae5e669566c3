/** Reads fields of a report's text. */

/** Replaces octal escapes ("\\011") by their characters, as in a path of the agent or of mountinfo. */
export function readPath(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCodePoint(Number.parseInt(octal, 8)),
  );
}

/** The number in a field; undefined for an empty one and for any other text. */
export function readNumber(field: string | undefined): number | undefined {
  return field && /^\d+(?:\.\d+)?$/.test(field) ? Number(field) : undefined;
}

/** The same fields, without those that are undefined. */
export function present<T extends object>(
  fields: T,
): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>;
  };
}
