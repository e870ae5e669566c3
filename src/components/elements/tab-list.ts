/** Tabs as in the ARIA Authoring Practices: arrow keys, Home and End move among them, and each shows its panel. */

const moves: Record<string, (at: number, count: number) => number> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

export class TabList {
  readonly #list: HTMLElement;
  readonly #onSelect: (at: number) => void;

  constructor(list: HTMLElement, onSelect: (at: number) => void) {
    this.#list = list;
    this.#onSelect = onSelect;
    list.addEventListener('keydown', (event) => this.#move(event));
    list.addEventListener('click', ({ target }) => {
      const at = this.#tabs.indexOf(target as HTMLElement);
      if (at >= 0) onSelect(at);
    });
  }

  get #tabs(): HTMLElement[] {
    return [...this.#list.children] as HTMLElement[];
  }

  /** Adds a tab for a panel. */
  add(label: string, panel: HTMLElement): void {
    const tab = document.createElement('button');
    tab.type = 'button';
    tab.role = 'tab';
    tab.id = `${panel.id}-tab`;
    tab.textContent = label;
    tab.setAttribute('aria-controls', panel.id);
    panel.role = 'tabpanel';
    panel.setAttribute('aria-labelledby', tab.id);
    this.#list.append(tab);
  }

  remove(at: number): void {
    this.#tabs[at]?.remove();
  }

  /** Marks a tab as selected. It alone is a stop of the Tab key. */
  select(selected: number): void {
    for (const [at, tab] of this.#tabs.entries()) {
      tab.ariaSelected = String(at === selected);
      tab.tabIndex = at === selected ? 0 : -1;
    }
  }

  #move(event: KeyboardEvent): void {
    const tabs = this.#tabs;
    const at = tabs.indexOf(event.target as HTMLElement);
    const to = moves[event.key]?.(at, tabs.length);
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    this.#onSelect(to);
    this.#tabs[to]?.focus();
  }
}
