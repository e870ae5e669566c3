/** The name of a cell of this page for readers. */
export function nameOfCell(id: string): string {
  return document.getElementById(`${id}-name`)?.textContent?.trim() || id;
}

/** A link to a cell of this page. It moves the focus to the cell as well. */
export function linkToCell(id: string, text = nameOfCell(id)): HTMLAnchorElement {
  const link = document.createElement('a');
  link.href = `#${id}`;
  link.textContent = text;
  link.addEventListener('click', () => {
    const cell = document.getElementById(id);
    if (!cell) return;
    // The browser focuses the target of a link if it is focusable. Later, a click in the cell must not focus it.
    cell.tabIndex = -1;
    cell.addEventListener('blur', () => cell.removeAttribute('tabindex'), { once: true });
  });
  return link;
}
