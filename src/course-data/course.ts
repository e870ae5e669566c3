// What the pages of the course are checked against.
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { top } from '../paths.ts';
import { readPages } from './read-pages.ts';
import type { CoursePage } from './read-pages.ts';
import type { DataFolder } from './unknown-entry.ts';

/** The pages, the navigation and the data files of the course. */
export interface Course {
  pages: readonly CoursePage[];
  /** The pages in the navigation: their paths below content/, without `.mdx`. */
  inSidebar: readonly string[];
  /** The names of the data files in the folders of content/. */
  entries: Readonly<Record<DataFolder, readonly string[]>>;
}

/** The course as it is in content/ and site.config.ts. */
export function readCourse(sidebar: readonly SidebarItem[], root = top): Course {
  const names = (folder: DataFolder) =>
    readdirSync(join(root, 'content', folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.yaml'))
      .map((path) => basename(path, '.yaml'));
  return {
    pages: readPages(root),
    inSidebar: sidebar.flatMap(pagesOf),
    entries: {
      sources: names('sources'),
      terms: names('terms'),
      timelines: names('timelines'),
    },
  };
}

/** An entry of the navigation in site.config.ts. */
export type SidebarItem =
  string | { slug: string } | { label: string; items: readonly SidebarItem[] };

function pagesOf(item: SidebarItem): string[] {
  if (typeof item === 'string') return [item];
  return 'slug' in item ? [item.slug] : item.items.flatMap(pagesOf);
}
