/** Creates chapters, cells and tasks for `npm run new`. Each refusal has a position, a reason and the next step. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AuthorError } from '../../src/author-error.ts';
import type { ActivityKind } from '../../src/cells/activity.ts';
import { findPages, readPages } from '../../src/course-data/read-pages.ts';
import { pageOfCells } from '../../src/course-data/course-pages.ts';
import { nearest } from '../../src/nearest.ts';

const CONFIG = 'site.config.ts';
const nameForm = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** Creates a chapter with a first cell, and its line in the navigation. Returns what to do next. */
export function newChapter(root: string, slug: string, title: string): string[] {
  const file = `content/chapters/${slug}.mdx`;
  checkName(file, slug, 'chapter');
  if (existsSync(join(root, file))) {
    refuse(
      file,
      1,
      'NameTaken',
      'This chapter already exists.',
      'Choose another name, or edit this file.',
    );
  }
  if (!title.trim()) {
    refuse(
      file,
      1,
      'NoTitle',
      'The title is empty.',
      `Write: npm run new -- chapter ${slug} "A title"`,
    );
  }
  const twin = readPages(root).find((page) => page.frontmatter['title'] === title);
  if (twin) {
    refuse(
      twin.file,
      2,
      'NameTaken',
      `This page already has the title "${title}".`,
      'Choose another title.',
    );
  }
  const config = addToSidebar(readFileSync(join(root, CONFIG), 'utf8'), slug);
  writeFileSync(join(root, file), chapterText(title));
  writeFileSync(join(root, CONFIG), config);
  return [
    `Created ${file}, the last chapter in the navigation (${CONFIG}).`,
    `1. Write the description, outcomes, needs and minutes at the top of ${file}.`,
    `2. Add it to the list of chapters in content/index.mdx.`,
    `3. npm run dev shows the page while you write. content/README.md lists what a page can contain.`,
    `4. npm run new -- cell ${slug} NAME adds a cell; npm run verify -- --accept ${file} fills in the outputs.`,
  ];
}

/** Adds a cell to a chapter, before its last section “Read on”. Returns what to do next. */
export function newCell(root: string, slug: string, id: string): string[] {
  const { file, line } = addActivity(root, slug, id, { kind: 'cell', text: cellText(id) });
  return [
    `Added the cell ${id} to ${file}, line ${line}.`,
    `1. Move it where it belongs, and replace uname with your commands.`,
    `2. npm run verify -- --accept ${file} prints the machine's output and writes it into the page.`,
  ];
}

/** Adds a task to a chapter, before its last section “Read on”. Returns what to do next. */
export function newTask(root: string, slug: string, id: string): string[] {
  const { file, line } = addActivity(root, slug, id, { kind: 'task', text: taskText(id) });
  return [
    `Added the task ${id} to ${file}, line ${line}.`,
    `1. Move it where it belongs, and write its title, goal, checks, solutions and mistakes.`,
    `2. npm run verify -- --only ${id} types the solutions and mistakes, and reports the results of the checks.`,
  ];
}

/** Writes a fence into a chapter. Returns the file, and the line of the fence. */
function addActivity(
  root: string,
  slug: string,
  id: string,
  { kind, text: fence }: { kind: ActivityKind; text: string },
): { file: string; line: number } {
  const file = `content/chapters/${slug}.mdx`;
  const pages = findPages(root);
  if (!pages.includes(file)) {
    const known = pages.map((page) => /^content\/chapters\/(.*)\.mdx$/.exec(page)?.[1] ?? '');
    const near = nearest(slug, known.filter(Boolean));
    const hint = near ? `Did you mean "${near}"?` : `npm run new -- chapter ${slug} "A title"`;
    refuse(file, 1, 'UnknownChapter', 'There is no such chapter.', hint);
  }
  const { cells, tasks } = pageOfCells(file, root);
  checkName(file, id, kind);
  const twin = [...cells, ...tasks].find((activity) => activity.id === id);
  if (twin) {
    const message = `The page already has a ${twin.kind} "${id}".`;
    refuse(file, twin.position.line, 'NameTaken', message, 'Choose another name.');
  }
  const text = readFileSync(join(root, file), 'utf8');
  const end = text.search(/^## Read on$/m);
  const at = end < 0 ? text.length : end;
  const above = `${text.slice(0, at).trimEnd()}\n\n`;
  const rest = text.slice(at);
  writeFileSync(join(root, file), `${above}${fence}\n${rest && `\n${rest}`}`);
  return { file, line: above.split('\n').length };
}

/** Adds a chapter below the last one in the text of site.config.ts. */
export function addToSidebar(text: string, slug: string): string {
  const last = [...text.matchAll(/^([ \t]*).*('chapters\/[\w-]+')/gm)].at(-1);
  if (!last) {
    const hint = `Add 'chapters/${slug}' to the navigation there, and run the command again.`;
    return refuse(CONFIG, 1, 'NoPlace', 'The navigation has no chapter yet.', hint);
  }
  const [line, indent = ''] = last;
  const separator = line.trimStart().startsWith("'") ? `,\n${indent}` : ', ';
  const end = last.index + line.length;
  return `${text.slice(0, end)}${separator}'chapters/${slug}'${text.slice(end)}`;
}

function checkName(file: string, name: string, kind: string): void {
  if (nameForm.test(name)) return;
  const suggestion = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-\d]+|-$/g, '');
  const reason = `"${name}" cannot name a ${kind}: a name has lower-case letters, digits and single hyphens, and begins with a letter.`;
  refuse(file, 1, 'BadName', reason, `For example: ${suggestion || 'own-hostname'}`);
}

function refuse(file: string, line: number, name: string, message: string, hint: string): never {
  const title = 'Nothing was written';
  throw new AuthorError({ name, title, message, hint, position: { file, line } });
}

function cellText(id: string): string {
  return `\`\`\`sh cell id=${id}\n$ uname -s\nLinux\n\`\`\``;
}

/** A task that passes its own proof. */
function taskText(id: string): string {
  return `\`\`\`yaml task id=${id} title="Make a file with ${id}"
goal: |
  Make a file \`/tmp/${id}\` that contains the number {{number}}.
values:
  number: { from: 1, to: 9 }
checks:
  - run: cat /tmp/${id}
    prints: '{{number}}'
    hints:
      - id: no-file
        when: No such file or directory
        say: There is no file \`/tmp/${id}\` yet.
      - id: other-number
        say: The file contains {output}, but the goal is {{number}}.
solutions:
  - - echo {{number}} > /tmp/${id}
  - - printf '%d\\n' {{number}} | tee /tmp/${id}
mistakes:
  - run:
      - echo {{number}}
    hint: no-file
  - run:
      - echo 1{{number}} > /tmp/${id}
    hint: other-number
\`\`\``;
}

function chapterText(title: string): string {
  const isPlain = /^[A-Za-z][\w ,.()?!’–-]*$/.test(title) && !/^(?:true|false|null)$/i.test(title);
  return `---
title: ${isPlain ? title : `'${title.replaceAll("'", "''")}'`}
description: One sentence that says what this chapter shows.
outcomes:
  - 'say what the first part shows'
  - 'do what the second part shows'
needs: 'a shell and the idea of a process'
minutes: 10
---

Begin with the question that this chapter answers.

## A first step

Say what the reader is about to see.

${cellText('first-step')}

Say what it means.
`;
}
