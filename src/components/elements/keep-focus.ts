/**
 * Changes an element without losing the keyboard's focus: when the change hides the focused control, the first
 * visible one of these controls takes the focus, or else the element itself until there is one. A control that the
 * change moves in the document keeps the focus.
 */
export function keepFocus(element: HTMLElement, change: () => void, controls = 'button'): void {
  const before = document.activeElement;
  const hasFocus = before !== null && element.contains(before);
  change();
  if (!hasFocus) return;
  let target = before as HTMLElement;
  if (before === element || !isVisible(before)) {
    target = [...element.querySelectorAll<HTMLElement>(controls)].find(isVisible) ?? element;
    if (target === element) element.tabIndex = -1;
  } else if (document.activeElement !== document.body) {
    // Only an element that was moved has lost the focus to the body.
    return;
  }
  target.focus({ preventScroll: true });
}

function isVisible(element: Element): boolean {
  return element.isConnected && element.closest('[hidden]') === null;
}
