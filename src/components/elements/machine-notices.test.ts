import { afterEach, expect, test, vi } from 'vitest';
import { FakeMachine } from '../../machine/fake-machine.ts';
import type { KernelNotice } from '../../machine/kernel-notices.ts';
import { showNotices } from './machine-notices.ts';

afterEach(() => vi.unstubAllGlobals());

test('the place of a notice is hidden until there is one, and once the machine has left its state', async () => {
  const shown = { hidden: false, textContent: '' };
  vi.stubGlobal('document', { createElement: () => shown });
  const bar = { querySelector: () => ({ after: () => {} }) } as unknown as HTMLElement;
  const said: string[] = [];
  const machine = new FakeMachine(() => ({}));
  let notice: (of: KernelNotice) => void = () => {};
  vi.spyOn(machine, 'onNotice').mockImplementation((listener) => {
    notice = listener;
    return () => {};
  });
  showNotices(bar, { machine }, (text) => said.push(text));
  expect(shown.hidden).toBe(true);
  notice({ name: 'out of memory', of: 'machine', pid: 7, program: 'hog' });
  const text = 'The machine ran out of memory. The kernel killed process 7 (hog).';
  expect(shown).toMatchObject({ hidden: false, textContent: text });
  expect(said).toEqual([text]);
  machine.fail('WorkerDied');
  expect(shown).toMatchObject({ hidden: true, textContent: '' });
});
