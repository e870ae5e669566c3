/**
 * Makes exactly the areas that scroll reachable by keyboard. Without this script, browsers that let the keyboard
 * scroll do so by themselves.
 */

const AREAS = '.cell pre, .scroll, .drawing';

function update(area: HTMLElement): void {
  const scrolls = area.scrollWidth > area.clientWidth || area.scrollHeight > area.clientHeight;
  if (scrolls) area.tabIndex = 0;
  else area.removeAttribute('tabindex');
}

/** Checks again when an area or its content has changed size. */
const sizes = new ResizeObserver((entries) => {
  const areas = new Set(entries.map(({ target }) => target.closest<HTMLElement>(AREAS)));
  for (const area of areas) if (area) update(area);
});

/** Watches the areas of this element from now on. */
export function watchScrolling(root: ParentNode): void {
  for (const area of root.querySelectorAll<HTMLElement>(AREAS)) {
    sizes.observe(area);
    if (area.firstElementChild) sizes.observe(area.firstElementChild);
  }
}
