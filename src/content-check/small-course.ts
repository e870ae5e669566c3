/** A small course in a temporary folder, for tests. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { printMistake } from '../author-error.ts';
import { contentMistakes } from './content-mistakes.ts';

/** The folder, a new one for each test. */
export let root = '';
/** Writes a file of the course. */
export const write = (file: string, text: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
/** Replaces the text of the only chapter, which begins in line 8. */
export const chapter = (text: string) =>
  write(
    'content/chapters/a.mdx',
    `---\ntitle: Chapter\noutcomes: [see, do]\nneeds: a shell\nminutes: 1\n---\n\n${text}\n`,
  );
export const cell = '```sh cell id=one\n$ echo 1\n1\n```\n';
/** All mistakes, as printed. */
export const found = (sidebar = ['index', 'chapters/a']) =>
  contentMistakes(root, [...sidebar, 'about/t']).map(printMistake);
/** The first line of each mistake, without the name of the file. */
export const places = () => found().map((each) => each.replace(/^\S*?:|\n[^]*/g, ''));

/** Makes a new course before each test of the calling file, and removes it afterwards. */
export function useSmallCourse(): void {
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'content-'));
    write(
      'site.config.ts',
      "export const config = {\n  sidebar: [\n    'index',\n    'chapters/b',\n  ],\n};\n",
    );
    write('public/favicon.svg', '<svg />');
    write('content/index.mdx', '---\ntitle: T\n---\n\n## First steps\n');
    write('content/sources/clone2.yaml', 'short: clone(2)\ntitle: T\nurl: https://example.org/\n');
    write(
      'content/timelines/t.yaml',
      "title: T\nevents:\n  - { date: '1979', what: w, source: clone2 }\n",
    );
    write('content/about/t.mdx', '---\ntitle: Times\n---\n\n<Timeline id="t" />\n');
    write('content/terms/cgroup.yaml', 'term: cgroup\ndefinition: D.\n');
    chapter(cell);
  });
  afterEach(() => rmSync(root, { recursive: true }));
}
