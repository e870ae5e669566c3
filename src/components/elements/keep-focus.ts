/**
 * Changes an element without losing the keyboard's focus: when the change hides the focused control, the first
 * visible one of these controls takes the focus, or else the element itself until there is one.
 */
export function keepFocus(element: HTMLElement, change: () => void, controls = 'button'): void {
  const before = document.activeElement;
  const hasFocus = before !== null && element.contains(before);
  change();
  if (!hasFocus || (before !== element && isVisible(before))) return;
  const target = [...element.querySelectorAll<HTMLElement>(controls)].find(isVisible) ?? element;
  if (target === element) element.tabIndex = -1;
  target.focus({ preventScroll: true });
}

function isVisible(element: Element): boolean {
  return element.isConnected && element.closest('[hidden]') === null;
}
