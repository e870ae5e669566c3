/** The output of `npm run verify` for authors, on the real machine. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { VerifyRecord } from './record.ts';

const folder = mkdtempSync(join(tmpdir(), 'verify-'));
afterAll(() => rmSync(folder, { recursive: true }));

const path = (file: string): string => join(folder, file);
const json = path('found.json');
const cell = (meta: string, ...lines: string[]): string =>
  ['```sh cell ' + meta, ...lines, '```', ''].join('\n');

/** Writes pages, verifies them and returns the printed text, with the exit status last. */
async function verify(
  pages: Record<string, string>,
  args: string[] = [],
  environment: Record<string, string> = {},
): Promise<string> {
  for (const [file, text] of Object.entries(pages)) writeFileSync(path(file), text);
  const files = Object.keys(pages).map(path);
  const child = spawn(
    process.execPath,
    ['scripts/verify/verify.ts', '--json', json, '--junit', path('found.xml'), ...args, ...files],
    { env: { ...process.env, CI: '', TEST_REPORT: '', ...environment } },
  );
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => (printed += text.toString()));
  }
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return `${printed}status ${status}`;
}

const record = (): VerifyRecord => JSON.parse(readFileSync(json, 'utf8')) as VerifyRecord;

test('each fault is described with its position, and stops no other cell', async () => {
  const page = [
    cell('id=wrong-output', '$ echo blue', 'green'),
    cell('id=wrong-status', '$ sh -c "exit 3"', '[2]'),
    cell('id=makes', '$ touch /tmp/made'),
    cell('id=needs', '$ ls /tmp/made', '/tmp/made'),
    cell('id=slow timeout=1', '$ sleep 1000'),
    cell('id=off', '$ poweroff -f'),
    cell('id=open', '$ echo "open'),
    cell('id=away skip="needs the network"', '$ ping example.org'),
    cell('id=right', '$ echo $$', '<pid>'),
  ].join('');
  const typo = cell('id=typo', '$ true') + cell('id=second sesion=inside', '$ true');
  const printed = await verify({ 'faults.mdx': page, 'typo.mdx': typo });
  for (const words of [
    /faults\.mdx:1 {2}cell "wrong-output" differs, in page order and alone/,
    /faults\.mdx:2 {2}\$ echo blue\n.*- is printed in the chapter, \+ came from the machine/,
    /- green\n *\+ blue/,
    /faults\.mdx:5 {2}cell "wrong-status" differs/,
    /The exit status differs: 2 is printed, but it was 3\./,
    /faults\.mdx:12 {2}cell "needs" differs, alone/,
    /"needs" works after all cells above it, but not without them: .* Add it: after=…/,
    /cell "slow" timed out, .*\n.*\$ sleep 1000\n.*longer than 1 s\. If it needs longer, write timeout=2/,
    /cell "off" crashed, .*\n.*\$ poweroff -f\n.*The machine was switched off\./,
    /cell "open" not run, .*\n.*\n.*The command is not complete/,
    /cell "away" skipped: needs the network/,
    /typo\.mdx:4:22 {2}UnknownCellOption\nA cell has no option "sesion"\.\nDid you mean "session"\?/,
    /verify: 5 as expected, 12 not \(5 differs, 2 timed out, 2 crashed, 2 not run\)/,
    /verify: skipped: 1; lines that may vary: 1 of 3/,
    /status 1$/,
  ]) {
    expect(printed).toMatch(words);
  }
  expect(record().counts).toMatchObject({ passed: 5, differs: 5, skipped: 1, varyingLines: 1 });
  const junit = readFileSync(path('found.xml'), 'utf8');
  expect(junit).toMatch(/<testsuite [^>]*tests="17" failures="5" errors="6" skipped="1"/);
});

test('a flake is reported when two passes disagree', async () => {
  const page = cell('id=year', '$ [ "$(date +%Y)" -lt 2031 ] && echo soon', 'soon');
  const report = path('report.json');
  expect(await verify({ 'flake.mdx': page })).toMatch(
    /verify: 2 as expected, 0 not\n[^]*status 0$/,
  );
  writeFileSync(path('first.json'), readFileSync(json));
  const printed = await verify(
    { 'flake.mdx': page },
    ['--clock', '2031-07-14T23:58:30Z', '--against', path('first.json')],
    { TEST_REPORT: report },
  );
  expect(printed).toMatch(
    /flake\.mdx:1 {2}cell "year", alone, is flaky: it passed in one pass and differs in the other/,
  );
  expect(printed).toMatch(/Print only text that stays the same[^]*status 1$/);
  // `npm test` repeats these at its end.
  const { failures } = JSON.parse(readFileSync(report, 'utf8')) as { failures: string[] };
  expect(failures).toHaveLength(3);
  expect(failures[0]).toMatch(/flake\.mdx:1 {2}cell "year" differs, [^]*- soon/);
  expect(failures[1]).toMatch(/cell "year", in page order, is flaky/);
});

test('a missing earlier pass is an error before any cell is run', async () => {
  const page = cell('id=year', '$ echo soon', 'soon');
  const printed = await verify({ 'none.mdx': page }, ['--all', '--against', path('none.json')]);
  expect(printed).toMatch(/^verify: The earlier pass cannot be read: ENOENT[^]*status 2$/);
});

test('accepting rewrites only differences and keeps matchers; CI rejects it', async () => {
  const page = [
    'Text.\n',
    cell('id=kept', '$ echo "a   b"', 'a...b'),
    cell('id=changed', '$ sh -c "echo pid 71; echo new; exit 4"', 'pid <pid>', 'old'),
    'More `text`.\n',
  ].join('\n');
  const refused = await verify({ 'accept.mdx': page }, ['--accept'], { CI: 'true' });
  expect(refused).toMatch(/--accept is for people[^]*status 2$/);
  expect(readFileSync(path('accept.mdx'), 'utf8')).toBe(page);
  const printed = await verify({ 'accept.mdx': page }, ['--accept']);
  expect(printed).toMatch(/- old\n *\+ new\n[^]*accept\.mdx: rewritten: changed\nstatus 0$/);
  expect(readFileSync(path('accept.mdx'), 'utf8')).toBe(page.replace('old\n', 'new\n[4]\n'));
});

test('a result that varies is told apart from a missing “after”, and is not accepted', async () => {
  const page = cell('id=once', '$ head -c 8 /dev/urandom | od -An -tx1', 'aa');
  const printed = await verify({ 'varies.mdx': page }, ['--accept']);
  expect(printed).toMatch(/"once" printed something else when it ran again/);
  expect(printed).toMatch(/not accepted:\n[^]*status 1$/);
  expect(printed).not.toContain('after=');
  expect(readFileSync(path('varies.mdx'), 'utf8')).toBe(page);
});

test('a cell that could not run gets no advice to accept its output', async () => {
  const printed = await verify({ 'slow.mdx': cell('id=slow timeout=1', '$ sleep 1000') });
  expect(printed).toMatch(/cell "slow" timed out[^]*status 1$/);
  expect(printed).not.toContain('--accept');
});

test('a verified page is not verified again, except in CI or on request', async () => {
  const page = cell('id=same', '$ echo same', 'same');
  expect(await verify({ 'same.mdx': page })).toContain('2 as expected, 0 not');
  const prose = `New prose.\n\n${page}`;
  expect(await verify({ 'same.mdx': prose })).toMatch(/same\.mdx: verified before/);
  expect(await verify({ 'same.mdx': prose }, ['--all'])).toContain('2 as expected, 0 not');
  expect(await verify({ 'same.mdx': prose }, [], { CI: '1' })).toContain('2 as expected, 0 not');
  const changed = prose.replace('$ echo same', '$ echo  same');
  expect(await verify({ 'same.mdx': changed }, ['--only', 'same'])).toContain('1 as expected');
  expect(await verify({ 'same.mdx': changed })).toContain('2 as expected, 0 not');
});

test('a program that waits is no success unless the cell says so', async () => {
  const page = [
    cell('id=stuck', '$ read name'),
    cell('id=next', '$ echo fine', 'fine'),
    cell('id=meant session=second', '$ cat', '[waits]'),
  ].join('');
  const printed = await verify({ 'waits.mdx': page });
  expect(printed).toMatch(/waits\.mdx:1 {2}cell "stuck" differs, in page order and alone/);
  expect(printed).toMatch(/a program waits for input\.[^]*write \[waits\] as its last line/);
  expect(printed).toMatch(/verify: 4 as expected, 2 not \(2 differs\)[^]*status 1$/);
});

test('a machine that stops is no success unless the cell says so, and the next cell gets a new one', async () => {
  const page = [
    cell('id=crash', '$ echo c > /proc/sysrq-trigger', '[stops]'),
    cell('id=next', '$ echo fine', 'fine'),
    cell('id=stays', '$ true', '[stops]'),
    cell('id=unsaid', '$ echo c > /proc/sysrq-trigger'),
  ].join('');
  const printed = await verify({ 'stops.mdx': page });
  expect(printed).toMatch(/The page has \[stops\], but the step ended with exit status 0/);
  expect(printed).toMatch(/The kernel panicked\. If the machine is meant to stop, write \[stops\]/);
  expect(printed).toMatch(/verify: 4 as expected, 4 not \(2 differs, 2 crashed\)[^]*status 1$/);
});

test('accepting refuses an output that two runs do not share, and warns of a missing program', async () => {
  const page = [
    cell('id=varies', '$ cat /proc/sys/kernel/random/uuid', 'old'),
    cell('id=makes', '$ touch /tmp/made'),
    cell('id=needs', '$ ls /tmp/made', 'old'),
    cell('id=absent', '$ no-such-program', 'old'),
  ].join('');
  const printed = await verify({ 'twice.mdx': page }, ['--accept']);
  expect(printed).toMatch(/warning: .*twice\.mdx:\d+ {2}\$ no-such-program\n {2}ended with 127/);
  expect(printed).toMatch(/twice\.mdx: rewritten: absent\n/);
  const written = readFileSync(path('twice.mdx'), 'utf8');
  expect(written).toContain('$ cat /proc/sys/kernel/random/uuid\nold\n');
  expect(written).toContain('$ ls /tmp/made\nold\n');
  expect(written).toContain('[127]');
});
