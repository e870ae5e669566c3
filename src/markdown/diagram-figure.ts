import type { DiagramWords } from './diagram-source.ts';

// On a 375 px phone a drawing has 327 px. At a scale of 70%, its 15 px letters are still 10.5 px high.
const phoneWidth = 327;
const smallestScale = 0.7;

/** Maximum width, in px, of a drawing that is readable on a phone without scrolling. */
export const widestDrawing = Math.floor(phoneWidth / smallestScale);

/** Builds the figure of a drawing, with its description as text. Its scrolling part is focusable. */
export function diagramFigure(svg: string, words: DiagramWords, key: string): string {
  const caption = `dg-${key}-caption`;
  return [
    `<figure class="diagram not-content" data-diagram="${key}">`,
    `<div class="drawing" role="group" aria-labelledby="${caption}">${asImage(svg)}</div>`,
    `<figcaption><span id="${caption}">${escapeHtml(words.title)}</span>`,
    `<details><summary>Diagram as text</summary><p>${escapeHtml(words.description)}</p></details>`,
    '</figcaption></figure>',
  ].join('');
}

/** The width of a drawing at its natural size, in px. */
export function drawingWidth(svg: string): number {
  return Math.round(Number(/viewBox="\S+ \S+ (\S+) /.exec(svg)?.[1] ?? 0));
}

function asImage(svg: string): string {
  const smallest = Math.floor(drawingWidth(svg) * smallestScale);
  return svg
    .trim()
    .replace(/style="max-width: /, `style="min-width: ${smallest}px; max-width: `)
    .replace(/ role="[^"]*"/, ' role="img"')
    .replace(/ aria-roledescription="[^"]*"/, '');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
