import type { z } from 'astro/zod';

/** A schema's complaint in an author's words: a missing field is required, and no "invalid input". */
export function describeIssue({ message }: z.core.$ZodIssue): string {
  if (message.endsWith('received undefined')) return 'Required';
  return message.replace(/^Invalid input: /, '').replace(/^./, (letter) => letter.toUpperCase());
}
