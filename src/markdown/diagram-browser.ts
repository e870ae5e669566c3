// Draws diagrams with Mermaid in one browser page, which it opens for the first drawing.
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright';
import { mermaidConfig } from './diagram-theme.ts';

interface Mermaid {
  initialize(config: object): void;
  render(id: string, source: string): Promise<{ svg: string }>;
}

let session: Promise<{ browser: Browser; page: Page }> | undefined;

/** Draws a Mermaid source as one SVG, in sentinel colours. Unused styles and definitions are removed. */
export async function drawDiagram(source: string, id: string): Promise<string> {
  session ??= open();
  const { page } = await session;
  return await page.evaluate(drawInPage, { source, id, config: mermaidConfig });
}

/** Closes the browser if one is open. */
export async function closeDiagramBrowser(): Promise<void> {
  const open = session;
  session = undefined;
  if (!open) return;
  await (await open).browser.close();
}

async function open() {
  // Imported here, since a build with all drawings needs no browser.
  const [{ chromium }, { findBrowser }] = await Promise.all([
    import('playwright'),
    import('../find-browser.ts'),
  ]);
  const browser = await chromium.launch(findBrowser());
  const page = await browser.newPage();
  await page.setContent('<!doctype html><html><body></body></html>');
  const mermaidFile = createRequire(import.meta.url).resolve('mermaid/dist/mermaid.min.js');
  await page.addScriptTag({ path: mermaidFile });
  return { browser, page };
}

// Runs in the page, and so cannot use anything from this file.
async function drawInPage({ source, id, config }: { source: string; id: string; config: object }) {
  const { mermaid } = globalThis as unknown as { mermaid: Mermaid };
  mermaid.initialize(config);
  const drawing = await mermaid.render(id, source);
  const host = document.createElement('div');
  document.body.append(host);
  host.innerHTML = drawing.svg;
  const svg = host.querySelector('svg');
  const style = svg?.querySelector('style');
  if (!svg || !style?.sheet) throw new Error('Mermaid returned no drawing.');

  // Mermaid draws group names below the arrows. Moving them to the end of the drawing puts them on top.
  for (const label of svg.querySelectorAll('.cluster > .cluster-label')) {
    const cluster = label.parentElement;
    if (!cluster) continue;
    label.classList.add(...cluster.classList);
    cluster.closest('.root')?.append(label);
  }

  const matches = (selector: string) => document.querySelector(selector) !== null;
  const used: string[] = [];
  for (const rule of style.sheet.cssRules) {
    // Animated edges are not used in this course, so keyframes are left out.
    if (!(rule instanceof CSSStyleRule) || rule.style.length === 0) continue;
    const selectors = rule.selectorText.split(/,(?![^(]*\))/).filter(matches);
    if (selectors.length > 0) used.push(`${selectors.join(',')}{${rule.style.cssText}}`);
  }
  style.textContent = used.join('');

  const text = svg.outerHTML;
  for (const shared of svg.querySelectorAll('marker,filter,linearGradient,symbol')) {
    const isUsed = text.includes(`#${shared.id})`) || text.includes(`"#${shared.id}"`);
    if (shared.id && !isUsed) shared.remove();
  }
  const result = new XMLSerializer().serializeToString(svg);
  host.remove();
  return result;
}
