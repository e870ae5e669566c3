import { expect, test } from 'vitest';
import { compareLock, parseLock, printLock } from './lock.ts';

const a = 'a'.repeat(64);
const b = 'b'.repeat(64);
const locked = parseLock(`bash\t5.2\t${a}\ncrun\t1.8\t${a}\ndash\t0.5\t${a}\n`);

test('finds nothing where all is as locked', () => {
  expect(compareLock(locked, parseLock(printLock(locked)))).toEqual([]);
});

test('tells what is missing, new, of another version or content', () => {
  const found = parseLock(`bash\t5.3\t${b}\ncrun\t1.8\t${b}\nlxc\t5.0\t${a}\n`);
  expect(compareLock(locked, found)).toEqual([
    'bash: 5.2 is locked, 5.3 was found',
    'crun 1.8: the same version with another content',
    'dash 0.5: is locked, and was not to be had',
    'lxc 5.0: is not locked',
  ]);
});

test('refuses a line without a hash', () => {
  expect(() => parseLock('bash\t5.2\n')).toThrow('packages.lock: not "name, version, hash": bash');
});
