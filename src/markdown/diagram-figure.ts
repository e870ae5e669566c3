import type { DiagramWords } from './diagram-source.ts';

// A wide drawing keeps this readable width and scrolls sideways on a small screen.
const readableWidth = 560;

/** Builds the figure of a drawing: focusable where it may scroll, with its description as text. */
export function diagramFigure(svg: string, words: DiagramWords, key: string): string {
  const caption = `dg-${key}-caption`;
  return [
    `<figure class="diagram not-content" data-diagram="${key}">`,
    `<div class="drawing" role="group" tabindex="0" aria-labelledby="${caption}">${asImage(svg)}</div>`,
    `<figcaption><span id="${caption}">${escapeHtml(words.title)}</span>`,
    `<details><summary>Diagram as text</summary><p>${escapeHtml(words.description)}</p></details>`,
    '</figcaption></figure>',
  ].join('');
}

function asImage(svg: string): string {
  const width = Math.round(Number(/viewBox="\S+ \S+ (\S+) /.exec(svg)?.[1] ?? 0));
  return svg
    .trim()
    .replace(
      /style="max-width: /,
      `style="min-width: ${Math.min(width, readableWidth)}px; max-width: `,
    )
    .replace(/ role="[^"]*"/, ' role="img"')
    .replace(/ aria-roledescription="[^"]*"/, '');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
