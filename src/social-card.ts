// The picture that other sites show beside a link to a page.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import opentype from 'opentype.js';
import sharp from 'sharp';
import { cardSize } from './card-tags.ts';
import { top } from './paths.ts';

/** The words of a card. */
interface CardWords {
  site: string;
  title: string;
  description: string;
}

const margin = 80;
const textWidth = 700;

const fontFolder = join(top, 'node_modules/@fontsource/source-serif-4/files');
const { buffer } = new Uint8Array(
  readFileSync(join(fontFolder, 'source-serif-4-latin-600-normal.woff')),
);
const font = opentype.parse(buffer);

/** Draws the card of a page as a PNG. The same words give the same bytes on every computer. */
export function drawCard(words: CardWords): Promise<Buffer> {
  return sharp(Buffer.from(drawPicture(words)))
    .png({ palette: true })
    .toBuffer();
}

// The favicon's picture, opened up: two containers, dashed as on the pages, on one kernel. The words are drawn as
// paths, since which fonts a program finds differs from one computer to the next.
function drawPicture({ site, title, description }: CardWords): string {
  const heading = drawLines(title, { y: 256, size: 68, colour: '#1b1e24' });
  const sentence = drawLines(description, { y: heading.end + 36, size: 36, colour: '#565c66' });
  const name = drawLines(site === title ? '' : site, { y: 132, size: 36, colour: '#1d5196' });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${cardSize.width}" height="${cardSize.height}">
  <rect width="100%" height="100%" fill="#fdfcfa"/>
  <rect x="850" width="350" height="100%" fill="#1d5196"/>
  <g fill="none" stroke="#ffd08a" stroke-width="8" stroke-dasharray="24 12">
    <rect x="910" y="190" width="100" height="190" rx="12"/>
    <rect x="1040" y="190" width="100" height="190" rx="12"/>
  </g>
  <path d="M910 440H1140" stroke="#fff" stroke-width="14" stroke-linecap="round"/>
  ${name.paths}${heading.paths}${sentence.paths}
</svg>`;
}

/** Where the first line stands, and how it looks. */
interface LineStyle {
  y: number;
  size: number;
  colour: string;
}

function drawLines(text: string, { y, size, colour }: LineStyle) {
  const lines = wrap(text, size);
  const height = size * 1.2;
  const paths = lines.map((line, i) => {
    const { commands } = font.getPath(line, margin, y + i * height, size);
    return `<path d="${commands.map(printCommand).join('')}" fill="${colour}"/>`;
  });
  return { paths: paths.join(''), end: y + (lines.length - 1) * height + size * 0.5 };
}

// In place of Path.toPathData of opentype.js 2.0.0, which leaves letters out.
function printCommand(command: opentype.PathCommand): string {
  const { type, ...points } = command;
  const numbers = { x1: 0, y1: 0, x2: 0, y2: 0, x: 0, y: 0, ...points };
  const names = (['x1', 'y1', 'x2', 'y2', 'x', 'y'] as const).filter((name) => name in points);
  return type + names.map((name) => numbers[name].toFixed(1)).join(' ');
}

/** Breaks a text between words into lines of the width that a card has for it. */
function wrap(text: string, size: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line ? `${line} ${word}` : word;
    if (line && font.getAdvanceWidth(longer, size) > textWidth) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
