/**
 * Runs every cell of content/ on the machine that the reader gets and compares.
 * usage: npm run verify -- [--accept] [--only CELL] [FILE...]
 *   --accept   prints the differences and rewrites the outputs, and nothing else
 *   --only ID  only this cell, after what it depends on
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findMistake, printMistake } from '../src/author-error.ts';
import type { Cell } from '../src/cells/cell.ts';
import { parseChapter, replaceCells } from '../src/cells/chapter.ts';
import { acceptOutcomes, describeFinding, isProved } from '../src/cells/verify.ts';
import type { Finding } from '../src/cells/verify.ts';
import { proveChapters } from './verify-pool.ts';

const top = join(dirname(fileURLToPath(import.meta.url)), '..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { accept: { type: 'boolean', default: false }, only: { type: 'string' } },
});

interface Chapter {
  file: string;
  text: string;
  cells: Cell[];
}

async function findFiles(): Promise<string[]> {
  if (positionals.length) return positionals;
  const found = await readdir(join(top, 'content'), { recursive: true });
  return found
    .filter((path) => path.endsWith('.mdx'))
    .sort()
    .map((path) => join('content', path));
}

async function readChapters(): Promise<Chapter[]> {
  const chapters: Chapter[] = [];
  for (const file of await findFiles()) {
    const text = await readFile(join(top, file), 'utf8');
    chapters.push({ file, text, cells: parseChapter(relative(top, join(top, file)), text) });
  }
  return chapters;
}

function report(file: string, findings: readonly Finding[], seconds: number): void {
  const wrong = findings.filter((finding) => !isProved(finding));
  for (const finding of wrong) console.log(`\n${describeFinding(finding)}\n`);
  const cells = new Set(findings.map(({ cell }) => cell.id)).size;
  console.log(`${file}: ${cells} cells, ${wrong.length} findings, ${seconds.toFixed(0)} s`);
}

async function verify(chapters: Chapter[]): Promise<Finding[]> {
  const { only } = values;
  const tasks = chapters
    .filter(({ cells }) => cells.some((cell) => only === undefined || cell.id === only))
    .map(({ file, text }) => ({ file, text, only }));
  const all: Finding[] = [];
  const crashes: string[] = [];
  await proveChapters(tasks, join(top, 'public/machine'), (answer) => {
    if ('crashed' in answer) {
      crashes.push(`${answer.file}: ${answer.crashed}`);
      return;
    }
    all.push(...answer.findings);
    report(answer.file, answer.findings, answer.seconds);
  });
  if (crashes.length) throw new Error(crashes.join('\n'));
  return all;
}

/** Takes the outputs in page order; a cell that could not be run keeps its text. */
async function accept(chapters: Chapter[], findings: Finding[]): Promise<void> {
  for (const { file, text, cells } of chapters) {
    const accepted = findings
      .filter(
        ({ cell, pass, error }) =>
          cell.place.file === cells[0]?.place.file && pass === 'in page order' && !error,
      )
      .map(({ cell, outcomes }) => acceptOutcomes(cell, outcomes));
    const replaced = replaceCells(text, accepted);
    if (replaced === text) continue;
    await writeFile(join(top, file), replaced);
    console.log(`${file}: outputs rewritten`);
  }
}

async function main(): Promise<number> {
  if (values.accept && process.env['CI']) {
    console.log('verify: --accept is for people who look at the differences, not for CI.');
    return 2;
  }
  const chapters = await readChapters();
  const known = chapters.flatMap(({ cells }) => cells.map((cell) => cell.id));
  if (values.only !== undefined && !known.includes(values.only)) {
    console.log(`verify: no chapter has a cell "${values.only}".`);
    return 2;
  }
  const findings = await verify(chapters);
  const wrong = findings.filter((finding) => !isProved(finding));
  if (values.accept) await accept(chapters, findings);
  const counts = { passed: findings.length - wrong.length, failed: wrong.length };
  // For `npm test`, which adds up what its parts count.
  const report = process.env['TEST_REPORT'];
  if (report) await writeFile(report, JSON.stringify(counts));
  console.log(`verify: ${counts.passed} as printed, ${counts.failed} not`);
  if (!wrong.length) return 0;
  if (!values.accept) console.log('If the new outputs are right: npm run verify -- --accept');
  return 1;
}

try {
  process.exit(await main());
} catch (error) {
  const mistake = findMistake(error);
  console.log(mistake ? printMistake(mistake) : error);
  process.exit(1);
}
