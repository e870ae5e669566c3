/** Finds an element that a custom element needs. Throws if its HTML has none. */
export function required<T extends Element>(root: Element, selector: string): T {
  const found = root.querySelector<T>(selector);
  if (!found) throw new Error(`<${root.localName}> has no ${selector}`);
  return found;
}
