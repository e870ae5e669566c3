// A timeline. The file's name is its id: content/timelines/ancestry.yaml is `ancestry`.
import { z } from 'astro/zod';
import { partialDate } from './partial-date.ts';

const event = z.strictObject({
  date: partialDate.describe('The date, as precisely as the source gives it.'),
  what: z.string().min(1).describe('The event, as one sentence without a full stop.'),
  source: z.string().min(1).describe('The id of the source.'),
});

export const timelineSchema = z.strictObject({
  title: z.string().min(1).describe('The name of the timeline.'),
  events: z
    .array(event)
    .min(1)
    .describe('The events, in any order. The page shows the earliest first.')
    .transform((events) => events.toSorted((a, b) => a.date.localeCompare(b.date))),
});
