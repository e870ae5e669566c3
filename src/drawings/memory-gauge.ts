/** Draws <MemoryGauge />: the memory that a group uses as a bar, with marks for its limits and its highest use, as SVG. */

/** All in bytes. A limit is undefined where the group has none. */
export interface MemoryUse {
  used: number;
  /** The highest use that was seen. */
  highest: number;
  high?: number | undefined;
  max?: number | undefined;
}

const MIB = 2 ** 20;

/** The bytes at the end of the bar: the hard limit, or else a power of two with room above the highest use. */
export function endOfBar({ highest, high = 0, max }: MemoryUse): number {
  if (max) return Math.max(max, highest);
  return 2 ** Math.ceil(Math.log2(Math.max(MIB, Math.max(high, highest) * 1.25)));
}

/** The bar. The words for readers who do not see it are left to its caller. */
export function drawMemoryBar(use: MemoryUse): string {
  const end = endOfBar(use);
  const part = (bytes: number): string =>
    `${Math.round((Math.min(bytes, end) / end) * 1000) / 10}%`;
  // A mark that the bar cannot reach would be in the wrong place.
  const mark = (kind: string, bytes: number | undefined): string =>
    bytes === undefined || bytes > end
      ? ''
      : `<line class="${kind}" x1="${part(bytes)}" x2="${part(bytes)}" y1="0" y2="100%"/>`;
  return [
    '<svg aria-hidden="true">',
    '<rect class="whole" y="20%" width="100%" height="60%"/>',
    `<rect class="used" y="20%" width="${part(use.used)}" height="60%"/>`,
    mark('highest', use.highest),
    mark('high', use.high),
    mark('max', use.max),
    '</svg>',
  ].join('');
}
