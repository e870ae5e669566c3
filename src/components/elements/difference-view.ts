/** Lists the differing lines of a step, each with a word for its side. */
import type { DifferingLine } from '../../cells/match/reason.ts';

/** Maximum number of listed lines; the complete outputs are above and below. */
const MAX_LINES = 12;

const words = { printed: 'printed', live: 'here' } as const;

/** Fills the list. */
export function showDifference(list: HTMLElement, lines: readonly DifferingLine[]): void {
  const items = lines.slice(0, MAX_LINES).map(({ side, text }) => {
    const item = document.createElement('li');
    item.dataset['side'] = side;
    item.append(element('span', words[side]), ' ', element('samp', text || '(an empty line)'));
    return item;
  });
  const left = lines.length - items.length;
  if (left > 0) items.push(element('li', `and ${left} more ${left === 1 ? 'line' : 'lines'}`));
  list.replaceChildren(...items);
}

function element<Name extends 'li' | 'samp' | 'span'>(name: Name, text: string) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
