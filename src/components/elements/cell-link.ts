/** A link to a cell of this page. It moves the focus to the cell as well. */
export function linkToCell(id: string, text = id): HTMLAnchorElement {
  const link = document.createElement('a');
  link.href = `#${id}`;
  link.textContent = text;
  link.addEventListener('click', () => {
    const cell = document.getElementById(id);
    if (!cell) return;
    // The browser focuses the target of a link if that is possible. Afterwards a click into the cell must not do so.
    cell.tabIndex = -1;
    cell.addEventListener('blur', () => cell.removeAttribute('tabindex'), { once: true });
  });
  return link;
}
