import { expect, test } from 'vitest';
import { timelineSchema } from './timeline.ts';

const event = (date: unknown) => ({ date, what: 'w', source: 's' });

test('events are in chronological order, less precise dates first', () => {
  const events = [event('2008-01'), event(1979), event('2008-01-24'), event(2008)];
  const dates = timelineSchema.parse({ title: 'T', events }).events.map(({ date }) => date);
  expect(dates).toEqual(['1979', '2008', '2008-01', '2008-01-24']);
});

test('an event without a source is rejected', () => {
  const { error } = timelineSchema.safeParse({ title: 'T', events: [{ date: 1979, what: 'w' }] });
  expect(error?.issues[0]?.path).toEqual(['events', 0, 'source']);
});
