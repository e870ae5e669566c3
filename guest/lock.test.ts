import { expect, test } from 'vitest';
import { compareLock, parseLock, printLock } from './lock.ts';

const a = 'a'.repeat(64);
const b = 'b'.repeat(64);
const locked = parseLock(`bash\t5.2\t${a}\ncrun\t1.8\t${a}\ndash\t0.5\t${a}\n`);

test('finds no difference if all packages are as locked', () => {
  expect(compareLock(locked, parseLock(printLock(locked)))).toEqual([]);
});

test('lists packages that are missing, new, or have another version or content', () => {
  const found = parseLock(`bash\t5.3\t${b}\ncrun\t1.8\t${b}\nlxc\t5.0\t${a}\n`);
  expect(compareLock(locked, found)).toEqual([
    'bash: 5.2 is locked, 5.3 was found',
    'crun 1.8: the same version with different content',
    'dash 0.5: is locked, but is not available',
    'lxc 5.0: is not locked',
  ]);
});

test('rejects a line without a hash', () => {
  expect(() => parseLock('bash\t5.2\n')).toThrow('packages.lock: not "name, version, hash": bash');
});
