import { expect, test } from 'vitest';
import { otherImageParts, rebuildParts, secondPasses, verifyPart } from './image-parts.ts';

const optionsOf = (command: readonly string[] = []) => command.slice(2).join(' ');

test('each image except the default one has a part that makes its snapshot and verifies its pages', () => {
  const [part, ...others] = otherImageParts(['big'], new Set(['big']));
  expect(others).toEqual([]);
  expect(part).toMatchObject({ name: 'big', needs: ['build'], report: 'counts' });
  expect(part?.full).toBeUndefined();
  expect(part?.commands.map((command) => command[1])).toEqual([
    'scripts/site/add-snapshots.ts',
    'scripts/verify/verify.ts',
  ]);
  expect(optionsOf(part?.commands[1])).toBe(
    '--all --image big --json .cache/big.json --junit .cache/big.xml --quick',
  );
  expect(optionsOf(verifyPart.commands[0])).toMatch(/^--all --image course --json .cache\/verify/);
});

test('an image without pages has a part that makes its snapshot in the full run, and no second pass', () => {
  const [part] = otherImageParts(['big'], new Set());
  const command = ['node', 'scripts/site/add-snapshots.ts', 'big', '--level', '10'];
  expect(part?.commands).toEqual([command]);
  expect(part?.report).toBeUndefined();
  expect(part?.full).toBe(true);
  const passes = secondPasses('again', [], ['big'], new Set());
  expect(passes.map(({ name }) => name)).toEqual(['verify-again']);
});

test('a second pass covers the pages of each image, and compares them with their first pass', () => {
  const passes = secondPasses('clock', ['--clock', 'then'], ['big'], new Set(['big']));
  expect(passes.map(({ name, full, needs }) => [name, full, needs])).toEqual([
    ['verify-clock', true, ['build']],
    ['big-clock', true, ['build', 'big']],
  ]);
  expect(optionsOf(passes[1]?.commands[0])).toBe(
    '--all --image big --json .cache/big-clock.json --junit .cache/big-clock.xml' +
      ' --against .cache/big.json --clock then',
  );
});

test('each image is built again in the full run', () => {
  expect(rebuildParts(['big']).map(({ name, commands }) => [name, commands[0]?.[2]])).toEqual([
    ['rebuild', 'course'],
    ['big-rebuild', 'big'],
  ]);
});
