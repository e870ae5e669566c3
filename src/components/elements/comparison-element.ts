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
    for (const heading of this.#all('[scope="rowgroup"]')) {
      heading.setAttribute('colspan', String(columns.size + 1));
    }
    this.style.setProperty('--columns', String(columns.size));
    this.#showCount(columns.size);
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
