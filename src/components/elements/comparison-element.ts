/** <course-comparison>: lets readers choose the columns and the groups of the comparison. */
import { countShown } from '../../course-data/comparison-count.ts';
import { required } from './required.ts';

/** ComparisonTable.astro contains its HTML. */
class CourseComparison extends HTMLElement {
  #listening: AbortController | undefined;

  connectedCallback(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    required(this, 'form').addEventListener('change', () => this.#filter(), { signal });
    addEventListener('hashchange', () => this.#showTarget(), { signal });
  }

  disconnectedCallback(): void {
    this.#listening?.abort();
  }

  #filter(): void {
    const columns = this.#checked('column');
    const groups = this.#checked('group');
    for (const cell of this.#all('[data-column]')) {
      cell.hidden = !columns.has(cell.dataset['column'] ?? '');
    }
    for (const group of this.#all('tbody')) {
      group.hidden = !groups.has(group.dataset['group'] ?? '');
    }
    for (const wide of this.#all('[colspan]')) {
      wide.setAttribute('colspan', String(columns.size + 1));
    }
    this.style.setProperty('--columns', String(columns.size));
    this.#showCount(columns.size);
  }

  /** Shows the group of the row to which a link of the short table leads. */
  #showTarget(): void {
    const row = document.getElementById(location.hash.slice(1));
    const group = row?.closest<HTMLElement>('tbody');
    if (!group?.hidden || !this.contains(group)) return;
    const box = `input[value="${group.dataset['group'] ?? ''}"]`;
    required<HTMLInputElement>(this, box).checked = true;
    this.#filter();
    row?.scrollIntoView();
  }

  #showCount(columns: number): void {
    required(this, '[role="status"]').textContent = countShown({
      rows: this.#all('tbody:not([hidden]) tr[data-row]').length,
      allRows: this.#all('tr[data-row]').length,
      columns,
      allColumns: this.#all('thead [data-column]').length,
    });
  }

  #checked(name: string): Set<string> {
    const boxes = this.querySelectorAll<HTMLInputElement>(`input[name="${name}"]:checked`);
    return new Set([...boxes].map(({ value }) => value));
  }

  #all(selector: string): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>(selector)];
  }
}

if (!customElements.get('course-comparison')) {
  customElements.define('course-comparison', CourseComparison);
}
