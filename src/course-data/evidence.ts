// The evidence matrix of the chapter “Why only then?”: content/evidence.yaml.
import { z } from 'astro/zod';

const line = z
  .string()
  .min(1)
  .regex(/^[^\n]*$/, 'Write one line')
  .max(200, 'Write one line, at most 200 characters');

const point = z.strictObject({
  what: line.describe('The point, as one or two sentences.'),
  source: z.string().min(1).describe('The id of the source.'),
});

const reason = z.strictObject({
  reason: line.describe('The reason, as a sentence without a full stop.'),
  judgement: line.describe('The judgement of the course.'),
  for: z.array(point).min(1).describe('The evidence for it.'),
  against: z.array(point).min(1).describe('The evidence against it.'),
  try: z
    .strictObject({
      what: line.describe('A task for the reader, as the text of a link.'),
      to: line
        .regex(/^\//, 'Begin with a slash: /chapters/x/#id')
        .describe('The address of the link, which begins with a slash.'),
    })
    .describe('A cell or a section in which readers can try it.'),
});

export const evidenceSchema = z.strictObject({
  caption: line.describe('The content of the matrix.'),
  reasons: z.array(reason).min(1).describe('The reasons, from top to bottom.'),
});

export type Point = z.infer<typeof point>;
