import { expect, test } from 'vitest';
import type { MachineState } from '../../machine/state.ts';
import { describeChange } from './machine-words.ts';

const context = { admission: { kind: 'alone' } } as const;
const fetching: MachineState = { name: 'fetching', loaded: 0, total: 0 };

test('a cancelled start and the end of a machine are announced', () => {
  const off = 'Press Run to start a Linux machine in this page.';
  expect(describeChange(fetching, { name: 'idle' }, context)).toBe(off);
  expect(describeChange({ name: 'ready' }, { name: 'idle' }, context)).toBe(off);
  expect(describeChange({ name: 'idle' }, { name: 'idle' }, context)).toBeUndefined();
});
