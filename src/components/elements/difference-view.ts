/** Finds the difference in a step and lists the differing lines, each labelled “printed” or “here”. Loaded when a step differs. */
import { findDifference } from '../../cells/match/reason.ts';
import type { Difference, DifferingLine } from '../../cells/match/reason.ts';
import type { StepOutcome } from '../../cells/run/result.ts';
import { counted } from '../../counted.ts';
import { lineExcerpt } from './line-excerpt.ts';

/** Maximum number of listed lines; the complete outputs are above and below. */
const MAX_LINES = 12;

const words = { printed: 'printed', live: 'here' } as const;

/** Finds the difference between a printed step and its outcome. If it has lines, lists them. */
export function explainDifference(
  step: Parameters<typeof findDifference>[0],
  outcome: StepOutcome,
  list: () => HTMLElement,
): Difference | undefined {
  const difference = findDifference(step, outcome);
  if (difference?.lines.length) showDifference(list(), difference.lines);
  return difference;
}

/** Fills the list. */
function showDifference(list: HTMLElement, lines: readonly DifferingLine[]): void {
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
