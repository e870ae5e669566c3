import { expect, test } from 'vitest';
import type { Change } from '../../cells/run/history.ts';
import { describeUndo, nameChange } from './undo-button.ts';

const nameOf = (id: string) => id;

test.each<[Change, string]>([
  [{ by: 'activity', id: 'oom' }, '“oom”'],
  [{ by: 'page' }, 'the run of the page'],
  [{ by: 'command', command: 'ls -l' }, '“ls -l”'],
  [{ by: 'command', command: `cat <<END\n${'x'.repeat(9)}\nEND` }, '“cat <<END”'],
  [{ by: 'command', command: 'x'.repeat(50) }, `“${'x'.repeat(40)}…”`],
  [{ by: 'terminal' }, 'your input in the terminal'],
  [{ by: 'return', id: 'oom' }, 'the reset of “oom”'],
  [{ by: 'reset' }, 'the reset'],
])('%o is named', (change, name) => {
  expect(nameChange(change, nameOf)).toBe(name);
  expect(describeUndo({ name: 'undone', change }, nameOf)).toBe(`Undone: ${name}.`);
  expect(describeUndo({ name: 'lost', change }, nameOf)).toContain(
    `before ${name} is no longer available`,
  );
});
