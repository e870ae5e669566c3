import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeOther, programsOf } from './describe-programs.ts';
import { describeFields } from './describe-fields.ts';
import { fields } from './references.ts';

const renew = 'Run `npm run references`, and commit docs/.';

test('the committed list of fields is that of the schemas', async () => {
  expect(readFileSync(fields.file, 'utf8'), renew).toBe(await fields.text());
});

test('every field has a description', () => {
  expect(describeFields()).not.toMatch(/^\|.*\|\s*\|$/m);
});

test('programs are listed with the target of a link', () => {
  const listing = [
    '/usr/bin:',
    'total 21845',
    'lrwxrwxrwx 1 root root       9 Jan  1  1970 [ -> coreutils',
    '-rwxr-xr-x 1 root root  869428 Jan  1  1970 busybox',
    'lrwxrwxrwx 1 root root       4 Jan  1  1970 sh -> dash',
    '-rwsr-xr-x 1 root root  869428 Jan  1  1970 newuidmap',
    '-rw-r--r-- 1 root root       1 Jan  1  1970 notes',
    'drwxr-xr-x 2 root root    4096 Jan  1  1970 folder',
  ];
  const listed = programsOf(listing.join('\n'));
  expect(listed).toEqual(['[ → coreutils', 'busybox', 'newuidmap', 'sh → dash']);
});

test('another image is listed with what it has beyond the default one, and what it lacks', () => {
  const entry = (name: string) => ({
    ...{ name, version: '1', source: name, sourceVersion: '1', licences: [] },
  });
  const course = [entry('bash')];
  const text = describeOther('big', ['bash', 'zsh'], ['bash', 'sed'], course, [
    ...course,
    entry('zsh'),
  ]).join('\n');
  expect(text).toContain('## The machine `big`');
  expect(text).toContain('It also has: `zsh`\n');
  expect(text).toContain('It does not have: `sed`\n');
  expect(text).toContain('from the packages above and these:\n| package | version |');
  expect(text).not.toContain('| `bash`');
});
