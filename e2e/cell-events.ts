// Records the events of cells, since a test cannot wait for a state that passes quickly.
import type { Locator, Page } from '@playwright/test';
import type { OutcomeDetail } from '../src/components/elements/outcome-event.ts';

/** Records the outcomes that the page's cells fire from now on, as `id verdict`. The page has to be open. */
export async function recordOutcomes(page: Page): Promise<() => Promise<string[]>> {
  const handle = await page.evaluateHandle(() => {
    const heard: string[] = [];
    document.addEventListener('cell-outcome', (event) => {
      const { id, verdict } = (event as CustomEvent<OutcomeDetail>).detail;
      heard.push(`${id} ${verdict}`);
    });
    return heard;
  });
  return () => handle.jsonValue();
}

/** Records the texts that an element shows from now on. */
export async function recordTexts(element: Locator): Promise<() => Promise<string[]>> {
  const handle = await element.evaluateHandle((shown) => {
    const seen: string[] = [];
    new MutationObserver(() => seen.push(shown.textContent ?? '')).observe(shown, {
      childList: true,
      characterData: true,
      subtree: true,
    });
    return seen;
  });
  return () => handle.jsonValue();
}

/** Records the states that a cell takes from now on. */
export async function recordStates(cell: Locator): Promise<() => Promise<string[]>> {
  const handle = await cell.evaluateHandle((element) => {
    const seen: string[] = [];
    new MutationObserver(() => seen.push(element.getAttribute('state') ?? '')).observe(element, {
      attributeFilter: ['state'],
    });
    return seen;
  });
  return () => handle.jsonValue();
}
