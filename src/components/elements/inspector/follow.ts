/** Which namespace the reader follows: the one under the pointer, the focused one, or the one that was pressed. */
import { namespaceKinds } from '../../../machine/agent/processes.ts';
import { isSameNamespace } from './model/namespaces.ts';
import type { Namespace } from './model/namespaces.ts';

export class Follow {
  #hovered: Namespace | undefined;
  #focused: Namespace | undefined;
  #pinned: Namespace | undefined;
  readonly #onChange: () => void;

  /** Calls `onChange` when another namespace is followed. */
  constructor(root: HTMLElement, onChange: () => void) {
    this.#onChange = onChange;
    root.addEventListener('pointerover', ({ target, pointerType }) => {
      // A finger does not hover; it presses.
      this.#set(() => (this.#hovered = pointerType === 'touch' ? undefined : namespaceOf(target)));
    });
    root.addEventListener('pointerleave', () => this.#set(() => (this.#hovered = undefined)));
    root.addEventListener('focusin', ({ target }) => {
      const isKey = target instanceof Element && target.matches(':focus-visible');
      this.#set(() => (this.#focused = isKey ? namespaceOf(target) : undefined));
    });
    root.addEventListener('focusout', () => this.#set(() => (this.#focused = undefined)));
    root.addEventListener('click', ({ target }) => {
      const pressed = namespaceOf(target);
      if (pressed) this.pin(isSameNamespace(this.#pinned, pressed) ? undefined : pressed);
    });
    root.addEventListener('keydown', moveAmongChips);
  }

  get pinned(): Namespace | undefined {
    return this.#pinned;
  }

  get followed(): Namespace | undefined {
    return this.#hovered ?? this.#focused ?? this.#pinned;
  }

  /** Follows a namespace until it is pressed again; none with undefined. */
  pin(namespace: Namespace | undefined): void {
    this.#pinned = namespace;
    this.#onChange();
  }

  #set(change: () => void): void {
    const before = this.followed;
    change();
    if (before !== this.followed) this.#onChange();
  }
}

function namespaceOf(target: EventTarget | null): Namespace | undefined {
  const chip = target instanceof Element ? target.closest<HTMLElement>('.chip') : null;
  const kind = namespaceKinds.find((each) => each === chip?.dataset['kind']);
  return kind && { kind, number: Number(chip?.dataset['number']) };
}

const moves: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** The arrow keys move among the namespaces of one toolbar, which is one stop of the Tab key. */
function moveAmongChips(event: KeyboardEvent): void {
  const toolbar = (event.target as Element).closest('[role="toolbar"]');
  const move = moves[event.key];
  if (!toolbar || !move) return;
  const chips = [...toolbar.querySelectorAll<HTMLElement>('.chip')];
  const at = chips.indexOf(event.target as HTMLElement);
  event.preventDefault();
  chips[(at + move + chips.length) % chips.length]?.focus();
}
