// Prints the record of a pass as JUnit XML, for CI systems.
import type { RecordedProof, VerifyRecord } from './record.ts';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
// XML 1.0 cannot represent these characters, even escaped.
const FORBIDDEN = new RegExp(
  '[^\\t\\n\\r\\u0020-\\ud7ff\\ue000-\\ufffd\\u{10000}-\\u{10ffff}]',
  'gu',
);

function escape(text: string): string {
  return text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"]/g, (sign) => entities[sign] ?? '');
}

function tag(name: string, attributes: Record<string, string | number>, content?: string): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escape(String(value))}"`,
  );
  const head = `<${name}${written.join('')}`;
  return content === undefined ? `${head}/>` : `${head}>${content}</${name}>`;
}

const nameOf = (cell: string, pass: string): string => `${cell}, ${pass}`;

function testCase({
  file,
  line,
  kind: what,
  cell,
  pass,
  verdict,
  seconds,
  detail = '',
}: RecordedProof): string {
  const about = { name: nameOf(cell, pass), classname: file, file, line, time: seconds.toFixed(3) };
  if (verdict === 'passed') return tag('testcase', about);
  const kind = verdict === 'differs' ? 'failure' : 'error';
  const message = `${what} "${cell}" ${verdict}, ${pass}`;
  return tag('testcase', about, tag(kind, { type: verdict, message }, escape(detail)));
}

/** Prints JUnit XML with a suite for each chapter, and a case for each cell in each pass. */
export function toJUnit({ chapters, proofs, skipped }: VerifyRecord): string {
  const suites = chapters.map(({ file, seconds, crashed }) => {
    const mine = proofs.filter((proof) => proof.file === file);
    const left = skipped.filter((cell) => cell.file === file);
    const cases = mine.map(testCase);
    for (const { line, cell, reason } of left) {
      const about = { name: cell, classname: file, file, line };
      cases.push(tag('testcase', about, tag('skipped', { message: reason })));
    }
    if (crashed !== undefined) {
      const error = tag('error', { type: 'crashed', message: crashed });
      cases.push(tag('testcase', { name: 'the chapter', classname: file, file }, error));
    }
    const failures = mine.filter(({ verdict }) => verdict === 'differs').length;
    const errors = mine.filter(({ verdict }) => !['passed', 'differs'].includes(verdict)).length;
    const counts = {
      tests: cases.length,
      failures,
      errors: errors + (crashed === undefined ? 0 : 1),
      skipped: left.length,
    };
    const about = { name: file, ...counts, time: seconds.toFixed(3) };
    return tag('testsuite', about, `\n${cases.join('\n')}\n`);
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${tag('testsuites', { name: 'verify' }, `\n${suites.join('\n')}\n`)}\n`;
}
