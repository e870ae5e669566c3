/**
 * Adds style sheets to the page, after its own. Astro links a style sheet that a script imports from every page, also if
 * the script loads later. Imported as text (`?inline`), it is a part of its script.
 */
export function addStyles(...texts: string[]): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(texts.join('\n'));
  document.adoptedStyleSheets.push(sheet);
}
