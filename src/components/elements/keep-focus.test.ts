import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepFocus } from './keep-focus.ts';

const body = {};
const page: { activeElement: unknown; body: unknown } = { activeElement: body, body };

beforeEach(() => vi.stubGlobal('document', page));
afterEach(() => vi.unstubAllGlobals());

/** The part of an element that keepFocus uses. */
class Control {
  isConnected = true;
  isHidden = false;
  tabIndex = 0;
  readonly children: Control[];

  constructor(...children: Control[]) {
    this.children = children;
  }

  contains(other: unknown): boolean {
    return other === this || this.children.some((each) => each === other);
  }

  closest(): Control | null {
    return this.isHidden ? this : null;
  }

  querySelectorAll(): Control[] {
    return this.children;
  }

  focus(): void {
    page.activeElement = this;
  }
}

/** The focused control before and after a change of two controls: 0, 1, their element, or the page. */
function focusAfter(change: (first: Control) => void): unknown {
  const [first, second] = [new Control(), new Control()];
  const element = new Control(first, second);
  first.focus();
  keepFocus(element as unknown as HTMLElement, () => change(first));
  return [first, second, element].indexOf(page.activeElement as Control);
}

test('a change that leaves the focused control alone leaves the focus', () => {
  expect(focusAfter(() => {})).toBe(0);
});

test('a control that the change hides gives the focus to the next visible one', () => {
  expect(focusAfter((first) => (first.isHidden = true))).toBe(1);
});

test('a control that the change moves in the document keeps the focus', () => {
  // The browser takes the focus from an element while it is moved.
  expect(focusAfter(() => (page.activeElement = body))).toBe(0);
});

test('a focus that the change has moved to another element stays there', () => {
  const other = new Control();
  focusAfter(() => other.focus());
  expect(page.activeElement).toBe(other);
});
