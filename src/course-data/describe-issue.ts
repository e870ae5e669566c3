import type { z } from 'astro/zod';

/** Rewords a schema's error for authors: a missing field is "Required", not "invalid input". */
export function describeIssue({ message }: z.core.$ZodIssue): string {
  if (message.endsWith('received undefined')) return 'Required';
  return message.replace(/^Invalid input: /, '').replace(/^./, (letter) => letter.toUpperCase());
}
