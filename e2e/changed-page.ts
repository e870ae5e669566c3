// Changes the HTML of a built page in transit, as if an author had written it differently.
import type { Locator, Page } from '@playwright/test';
import { cell } from './page-parts.ts';

/** The data in the attribute of a cell's element. */
type CellData = Record<string, unknown>;

const entities: Record<string, string> = {
  '&quot;': '"',
  '&#34;': '"',
  '&#38;': '&',
  '&amp;': '&',
};
const unescape = (text: string): string =>
  text.replace(/&(?:quot|amp|#34|#38);/g, (entity) => entities[entity] ?? entity);
const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** Changes the HTML of the next pages that are loaded. */
export async function changeHtml(page: Page, change: (html: string) => string): Promise<void> {
  await page.route(
    (url) => url.pathname.endsWith('/'),
    async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: change(await response.text()) });
    },
  );
}

/** Adds a second machine, on which these cells run, to the HTML. Throws when it has no machine. */
export function addMachine(html: string, name: string, ids: readonly string[]): string {
  // The page's own bar comes after the one in the template of the terminal.
  const at = html.lastIndexOf('<machine-bar ');
  const [bar] = at < 0 ? [] : (/^<machine-bar [^]*?<\/machine-bar>/.exec(html.slice(at)) ?? []);
  if (!bar) throw new Error('The page has no machine.');
  const second = bar
    .replace('data-machine="main"', `data-machine="${name}"`)
    .replace('aria-label="Linux machine"', `aria-label="Linux machine “${name}”"`);
  const named = [bar, second].map((each, i) =>
    each.replace('>', `><strong class="machine-name">${i ? name : 'main'}</strong>`),
  );
  return ids.reduce(
    (changed, id) => {
      const cell = `<course-cell id="${id}"`;
      if (!changed.includes(cell)) throw new Error(`The page has no cell "${id}".`);
      return changed.replace(cell, `${cell} data-machine="${name}"`);
    },
    html.slice(0, at) + named.join('') + html.slice(at + bar.length),
  );
}

/** Changes the data of a cell in the HTML. Throws when there is no such cell. */
export function changeCell(html: string, id: string, change: (cell: CellData) => CellData): string {
  let found = false;
  const changed = html.replace(/data-cell="([^"]*)"/g, (whole, text: string) => {
    const cell = JSON.parse(unescape(text)) as CellData;
    if (cell['id'] !== id) return whole;
    found = true;
    return `data-cell="${escape(JSON.stringify(change(cell)))}"`;
  });
  if (!found) throw new Error(`The page has no cell "${id}".`);
  return changed;
}

/** Opens the home page, whose cell then runs this command. Resolves to the cell. */
export async function openWith(page: Page, command: string, more: object = {}): Promise<Locator> {
  const steps = [{ command, output: [], status: 0 }];
  await changeHtml(page, (html) =>
    changeCell(html, 'which-kernel', (data) => ({ ...data, ...more, steps })),
  );
  await page.goto('');
  return cell(page, 'which-kernel');
}

/** Opens the chapter on PID namespaces, whose cell `zombie` then takes seconds instead of half a second. Resolves to it. */
export async function openWithLongCell(page: Page): Promise<Locator> {
  await changeHtml(page, (html) =>
    changeCell(html, 'zombie', (data) => {
      const changed = JSON.stringify(data).replace('sleep 0.5', 'sleep 4');
      return JSON.parse(changed) as CellData;
    }),
  );
  await page.goto('chapters/pid-namespaces/');
  return cell(page, 'zombie');
}
