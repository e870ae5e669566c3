/** Draws <ThrottlingStrip />: a row for the group and a row for its slowest request, as SVG. */
import { groupPieces, requestPieces, throttle } from './throttling.ts';
import type { Load, Piece } from './throttling.ts';

const width = 640;
const left = 4;
const rowHeight = 34;
/** With room for the larger letters of a phone above each row. */
const rows = { group: 28, request: 98 };

/** The drawing of a load, with the words for readers who do not see it left to its caller. */
export function drawStrip(load: Load, labels: { group: string; request: string }): string {
  const found = throttle(load);
  const request = requestPieces(found);
  const arrival = request[0]?.from ?? 0;
  const periods = Math.max(3, Math.ceil((arrival + found.worst) / load.period));
  const end = periods * load.period;
  const scale = (width - 2 * left) / end;
  const x = (time: number): number => Math.round((left + time * scale) * 10) / 10;
  const piece = ({ kind, from, to }: Piece, top: number): string =>
    `<rect class="${kind}" x="${x(from)}" y="${top}" width="${Math.max(1, x(to) - x(from))}" height="${rowHeight}"/>`;
  const step = Math.ceil(periods / 6);
  const ticks = Array.from({ length: Math.floor(periods / step) + 1 }, (_, number) => {
    const time = number * step * load.period;
    const atEnd = time === end ? 'end' : 'middle';
    const anchor = number === 0 ? 'start' : atEnd;
    return `<path d="M${x(time)},22V138"/><text x="${x(time)}" y="158" text-anchor="${anchor}">${time} ms</text>`;
  });
  return [
    `<svg viewBox="0 0 ${width} 164" aria-hidden="true">`,
    `<g class="ticks">${ticks.join('')}</g>`,
    `<text class="row" x="${left}" y="${rows.group - 8}">${labels.group}</text>`,
    ...groupPieces(found, end).map((each) => piece(each, rows.group)),
    `<text class="row" x="${left}" y="${rows.request - 8}">${labels.request}</text>`,
    ...request.map((each) => piece(each, rows.request)),
    '</svg>',
  ].join('');
}

/** The same in words. Numbers have at most one decimal. */
export function describeStrip(load: Load): string {
  const { runs, waits, best, worst } = throttle(load);
  const ms = (time: number): string => `${Math.round(time * 10) / 10} ms`;
  if (waits === 0) {
    return `The quota is enough for all threads, so the group never waits. A request of ${ms(load.request)} takes ${ms(best)}.`;
  }
  return `In each period, the group runs for ${ms(runs)} and waits for ${ms(waits)}. A request that needs ${ms(load.request)} of CPU time takes ${ms(best)} at best and ${ms(worst)} at worst.`;
}
