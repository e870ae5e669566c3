/** Lists the differing lines of a step, each with a word for its side. */
import type { DifferingLine } from '../../cells/match/reason.ts';
import { counted } from '../../counted.ts';
import { lineExcerpt } from './line-excerpt.ts';

/** Maximum number of listed lines; the complete outputs are above and below. */
const MAX_LINES = 12;

const words = { printed: 'printed', live: 'here' } as const;

/** Fills the list. */
export function showDifference(list: HTMLElement, lines: readonly DifferingLine[]): void {
  const items = lines.slice(0, MAX_LINES).map(({ side }, i) => {
    const item = document.createElement('li');
    item.dataset['side'] = side;
    item.append(
      element('span', words[side]),
      ' ',
      element('samp', lineExcerpt(lines, i) || '(an empty line)'),
    );
    return item;
  });
  const left = lines.length - items.length;
  if (left > 0) items.push(element('li', `and ${counted(left, 'more line')}`));
  list.replaceChildren(...items);
}

function element<Name extends 'li' | 'samp' | 'span'>(name: Name, text: string) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
