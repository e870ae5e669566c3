/** The links to report a problem, with what this page and this browser are. Loaded when the reader may use one. */
import { reportAddress } from '../../report/report-address.ts';
import type { OutcomeDetail } from './outcome-event.ts';

/** Adds the browser to the page's link. PageLinks.astro contains its HTML. */
export function completeLink(place: HTMLElement): void {
  place.querySelector('a')?.setAttribute('href', addressFor(place));
}

/** Adds a link to a cell that has failed. */
export function addLink(place: HTMLElement, event: Event): void {
  const { id } = (event as CustomEvent<OutcomeDetail>).detail;
  const cell = event.target;
  if (!(cell instanceof HTMLElement) || cell.hasAttribute('edited')) return;
  cell.querySelector('.report')?.remove();
  const link = document.createElement('a');
  link.href = addressFor(place, id);
  link.textContent = 'Report a problem with this cell';
  const line = document.createElement('p');
  line.className = 'report';
  line.append(link);
  cell.querySelector('.message')?.after(line);
  // The link is about this outcome, so it goes with the next state of the cell.
  const next = new MutationObserver(() => {
    next.disconnect();
    line.remove();
  });
  next.observe(cell, { attributeFilter: ['state'] });
}

function addressFor({ dataset }: HTMLElement, cell = ''): string {
  const { repository = '', image = '' } = dataset;
  const page = location.origin + location.pathname;
  return reportAddress(repository, { page, image, browser: navigator.userAgent, cell });
}
