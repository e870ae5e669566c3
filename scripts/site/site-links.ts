// Checks each link of a built site against the files and ids that exist.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { listPages } from './list-pages.ts';
import { readLinks, type PageLinks } from './page-links.ts';

/** A built site, and the address at which it will be published. */
export interface PublishedSite {
  folder: string;
  siteUrl: string;
  /** Without a trailing slash. */
  basePath: string;
}

/** The result of a check of all links. Each problem names the page, the link and the reason. */
export interface LinkReport {
  pages: number;
  links: number;
  problems: string[];
}

/** Checks that internal links lead to files and ids, and that external ones are encrypted. */
export async function checkLinks(site: PublishedSite): Promise<LinkReport> {
  const pages = new Map<string, PageLinks>();
  for (const page of await listPages(site.folder)) {
    pages.set(page, readLinks(await readFile(join(site.folder, page), 'utf8')));
  }
  const report: LinkReport = { pages: pages.size, links: 0, problems: [] };
  for (const [page, { addresses }] of pages) {
    for (const address of addresses) {
      report.links += 1;
      const wrong = await findFault(site, pages, page, address);
      if (wrong) report.problems.push(`${page}: ${address}  ${wrong}`);
    }
  }
  return report;
}

async function findFault(
  site: PublishedSite,
  pages: ReadonlyMap<string, PageLinks>,
  page: string,
  address: string,
): Promise<string | undefined> {
  const pageUrl = new URL(`${site.basePath}/${page.replace(/index\.html$/, '')}`, site.siteUrl);
  if (!URL.canParse(address, pageUrl)) return 'is not an address';
  const url = new URL(address, pageUrl);
  if (url.protocol === 'mailto:' || url.protocol === 'data:') return undefined;
  if (url.origin !== pageUrl.origin) {
    return url.protocol === 'https:' ? undefined : 'is not encrypted; write https://';
  }
  if (!url.pathname.startsWith(`${site.basePath}/`)) return `lies outside ${site.basePath}/`;

  const path = decodeURIComponent(url.pathname.slice(site.basePath.length + 1));
  const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
  const found = await stat(join(site.folder, file)).catch(() => undefined);
  if (found?.isDirectory()) return 'leads to a folder; add a slash at its end';
  if (!found) return 'leads to nothing';

  const id = decodeURIComponent(url.hash.slice(1));
  const ids = pages.get(file)?.ids;
  // Browsers scroll to the top for these two, with or without such an id.
  if (!ids || id === '' || id === 'top' || ids.has(id)) return undefined;
  return `has no such id; the page has: ${[...ids].filter((known) => !known.startsWith('dg-')).join(', ')}`;
}
