// A term of the glossary. The file's name is its id: content/terms/namespace.yaml is `namespace`.
import { z } from 'astro/zod';

export const termSchema = z.strictObject({
  term: z.string().min(1).describe('The term, as in the glossary.'),
  definition: z
    .string()
    .min(1)
    .max(400, 'A definition has one or two sentences, at most 400 characters')
    .regex(/^[^`<>*[\]]*$/, 'A definition is plain text, without markup')
    .describe('One or two plain sentences, without markup.'),
});
