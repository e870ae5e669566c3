/** Loads the links to report a problem, when a cell has failed or the reader comes to the page's link. */
import { OUTCOME } from './outcome-event.ts';
import type { OutcomeDetail } from './outcome-event.ts';

const place = document.querySelector<HTMLElement>('report-link');
const load = () => import('./report-links.ts');

/** The page's link works as it is, without the name of the browser. */
function ignore(): void {}

if (place) {
  for (const type of ['pointerover', 'focusin']) {
    const complete = (): void =>
      void load().then(({ completeLink }) => completeLink(place), ignore);
    place.addEventListener(type, complete, { once: true });
  }
  document.addEventListener(OUTCOME, (event) => {
    if ((event as CustomEvent<OutcomeDetail>).detail.verdict === 'passed') return;
    load().then(({ addLink }) => addLink(place, event), ignore);
  });
}
