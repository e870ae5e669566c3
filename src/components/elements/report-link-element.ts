/** <report-link>: adds the browser to the page's link, and adds a link to each cell that failed. */
import { reportAddress } from '../../report/report-address.ts';
import { OUTCOME, type OutcomeDetail } from './outcome-event.ts';

/** PageLinks.astro contains its HTML. */
class ReportLink extends HTMLElement {
  #listening: AbortController | undefined;

  connectedCallback(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.querySelector('a')?.setAttribute('href', this.#address());
    document.addEventListener(OUTCOME, (event) => this.#showIn(event), { signal });
  }

  disconnectedCallback(): void {
    this.#listening?.abort();
  }

  #showIn(event: Event): void {
    const { id, verdict } = (event as CustomEvent<OutcomeDetail>).detail;
    const cell = event.target;
    if (!(cell instanceof HTMLElement)) return;
    cell.querySelector('.report')?.remove();
    if (verdict === 'passed' || cell.hasAttribute('edited')) return;
    const link = document.createElement('a');
    link.href = this.#address(id);
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

  #address(cell = ''): string {
    const { repository = '', image = '' } = this.dataset;
    const page = location.origin + location.pathname;
    return reportAddress(repository, { page, image, browser: navigator.userAgent, cell });
  }
}

if (!customElements.get('report-link')) customElements.define('report-link', ReportLink);
