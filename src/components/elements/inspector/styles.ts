/** The styles of the inspector. Astro puts imported style sheets into each page, so these are texts in its script. */
import drawer from './inspector.css?inline';
import drawing from './drawing.css?inline';
import trees from './trees.css?inline';

/** Adds them to the page. */
export function addStyles(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(drawer + drawing + trees);
  document.adoptedStyleSheets.push(sheet);
}
