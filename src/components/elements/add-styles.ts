/**
 * Adds style sheets to the page, after its own. If a script imports a style sheet, Astro links it from every page, even if
 * the script loads later. Imported as text (`?inline`), it is part of the script.
 */
export function addStyles(...texts: string[]): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(texts.join('\n'));
  document.adoptedStyleSheets.push(sheet);
}
