import { expect, test } from 'vitest';
import { isInspectorToggle, isToggle, TerminalKeys } from './keys.ts';
import type { Key } from './keys.ts';

const press = (key: string, more: Partial<Key> = {}): Key => ({
  type: 'keydown',
  key,
  code: '',
  ctrlKey: false,
  shiftKey: false,
  altKey: false,
  metaKey: false,
  ...more,
});
const ctrl = (key: string, more: Partial<Key> = {}) => press(key, { ctrlKey: true, ...more });

test('Ctrl-C copies a selection, and is typed without one', () => {
  const keys = new TerminalKeys();
  expect(keys.actionOf(ctrl('c'), true)).toBe('copy');
  expect(keys.actionOf(ctrl('c'), false)).toBe('type');
  expect(keys.actionOf(ctrl('C', { shiftKey: true }), true)).toBe('copy');
  expect(keys.actionOf(ctrl('C', { shiftKey: true }), false)).toBe('browser');
});

test.each([ctrl('v'), ctrl('V', { shiftKey: true })])('the browser pastes', (key) => {
  expect(new TerminalKeys().actionOf(key, false)).toBe('browser');
});

test('Tab is typed, and leaves the terminal right after Escape', () => {
  const keys = new TerminalKeys();
  const act = (key: Key) => keys.actionOf(key, false);
  expect(act(press('Tab'))).toBe('type');
  expect(act(press('Escape'))).toBe('type');
  expect(act(press('Escape', { type: 'keyup' }))).toBe('type');
  expect(act(press('Tab'))).toBe('browser');
  expect(act(press('Tab'))).toBe('type');
  for (const key of ['Escape', 'Shift']) act(press(key));
  expect(act(press('Tab', { shiftKey: true }))).toBe('browser');
  for (const key of ['Escape', 'j']) act(press(key));
  expect(act(press('Tab'))).toBe('type');
});

test('Ctrl+` opens and closes the terminal on every layout', () => {
  expect(isToggle(ctrl('`'))).toBe(true);
  expect(isToggle(ctrl('Dead', { code: 'Backquote' }))).toBe(true);
  expect(isToggle(press('`'))).toBe(false);
  expect(isToggle(ctrl('`', { altKey: true }))).toBe(false);
  expect(new TerminalKeys().actionOf(ctrl('`'), false)).toBe('browser');
});

test.each([press('a'), ctrl('r'), ctrl('c', { altKey: true }), press('v', { metaKey: true })])(
  'other keys are typed',
  (key) => expect(new TerminalKeys().actionOf(key, false)).toBe('type'),
);

test('with Shift, the key of the terminal is that of the inspector', () => {
  const key = ctrl('~', { code: 'Backquote', shiftKey: true });
  expect([isInspectorToggle(key), isToggle(key)]).toEqual([true, false]);
  expect(new TerminalKeys().actionOf(key, false)).toBe('browser');
  expect(isInspectorToggle(ctrl('`', { code: 'Backquote' }))).toBe(false);
});
