import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { changedPrograms } from './changed-programs.ts';

let guest = '';
const write = (file: string, text: string) => {
  mkdirSync(dirname(join(guest, file)), { recursive: true });
  writeFileSync(join(guest, file), text);
};
beforeEach(() => void (guest = mkdtempSync(join(tmpdir(), 'guest-'))));
afterEach(() => rmSync(guest, { recursive: true }));

test('a program is changed if its recipe has a patch, which begins with the reasons', () => {
  write('layers/one/built', 'zsh # a shell\nsed\n');
  write('layers/two/built', 'bash\nzsh\n');
  write('layers/other/built', 'tar\n');
  write('layers/none/links', '');
  const change = '--- a/x.c\n+++ b/x.c\n\nnot a reason\n';
  write('programs/recipes/zsh.patch', `Let it\nend.\n\nLet it wait.\n\n${change}`);
  write('programs/recipes/bash.patch', `Edit.\n\n${change}`);
  write('programs/recipes/tar.patch', `Pack.\n\n${change}`);
  expect(changedPrograms(['one', 'two', 'none'], guest)).toEqual([
    { name: 'bash', changes: ['Edit.'] },
    { name: 'zsh', changes: ['Let it end.', 'Let it wait.'] },
  ]);
});

test('a layer that builds its own programs has a folder of patches for each of them', () => {
  const change = '--- a/x.c\n+++ b/x.c\n';
  write('layers/one/patches/zsh/02-wait.patch', `Wait.\n\n${change}`);
  write('layers/one/patches/zsh/01-end.patch', `End.\n\n${change}`);
  write('layers/one/patches/ash/01-edit.patch', `Edit.\n\n${change}`);
  write('layers/other/patches/tar/01-pack.patch', `Pack.\n\n${change}`);
  expect(changedPrograms(['one'], guest)).toEqual([
    { name: 'ash', changes: ['Edit.'] },
    { name: 'zsh', changes: ['End.', 'Wait.'] },
  ]);
});

test('the course has a patched bash', () => {
  const names = changedPrograms(['base', 'tools', 'programs']).map(({ name }) => name);
  expect(names).toContain('bash');
});
