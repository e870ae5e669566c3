/** <course-term>: shows the definition of a term on hover, focus and touch. */

import { required } from './required.ts';

/** Milliseconds for which the pointer may leave the term, on its way to the definition. */
const GRACE = 150;
/** Pixels between the definition and the edges of the window. */
const MARGIN = 16;

/** Term.astro contains its HTML. */
class CourseTerm extends HTMLElement {
  static #open: CourseTerm | undefined;
  #leaving: ReturnType<typeof setTimeout> | undefined;
  #removal: AbortController | undefined;

  connectedCallback(): void {
    this.#removal = new AbortController();
    const { signal } = this.#removal;
    this.addEventListener('pointerenter', (event) => this.#enter(event), { signal });
    this.addEventListener('pointerleave', (event) => this.#leave(event), { signal });
    this.#link.addEventListener('click', (event) => this.#click(event), { signal });
    this.#link.addEventListener('focus', () => this.#focus(), { signal });
    this.#link.addEventListener('blur', () => this.#hide(), { signal });
    document.addEventListener('keydown', (event) => this.#key(event), { signal });
    document.addEventListener('pointerdown', (event) => this.#pressElsewhere(event), { signal });
  }

  disconnectedCallback(): void {
    clearTimeout(this.#leaving);
    this.#removal?.abort();
  }

  #enter({ pointerType }: PointerEvent): void {
    if (pointerType === 'touch') return;
    clearTimeout(this.#leaving);
    this.#show();
  }

  #leave({ pointerType }: PointerEvent): void {
    if (pointerType === 'touch') return;
    this.#leaving = setTimeout(() => this.#hide(), GRACE);
  }

  #focus(): void {
    // A tap also moves the focus, before its click, which expects a closed definition.
    if (this.#link.matches(':focus-visible')) this.#show();
  }

  #click(event: MouseEvent): void {
    const isTouch = event instanceof PointerEvent && event.pointerType === 'touch';
    if (!isTouch || this.#isOpen) return;
    // The first tap shows the definition, and the second one follows the link.
    event.preventDefault();
    this.#show();
  }

  #key(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.#hide();
  }

  #pressElsewhere({ target }: PointerEvent): void {
    if (!(target instanceof Node) || !this.contains(target)) this.#hide();
  }

  #show(): void {
    if (this.#isOpen) return;
    if (CourseTerm.#open) CourseTerm.#open.#hide();
    CourseTerm.#open = this;
    this.#definition.showPopover();
    this.#moveDefinition();
  }

  #hide(): void {
    clearTimeout(this.#leaving);
    if (!this.#isOpen) return;
    CourseTerm.#open = undefined;
    this.#definition.hidePopover();
  }

  /** Moves the definition below the term, or above it if there is no room; always inside the window. */
  #moveDefinition(): void {
    const term = this.#link.getClientRects()[0] ?? this.#link.getBoundingClientRect();
    const { width, height } = this.#definition.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const left = Math.max(MARGIN, Math.min(term.left, clientWidth - width - MARGIN));
    const fitsBelow = term.bottom + height + MARGIN <= clientHeight;
    const top = fitsBelow || term.top < height ? term.bottom : term.top - height;
    this.#definition.style.left = `${left + scrollX}px`;
    this.#definition.style.top = `${top + scrollY}px`;
  }

  get #isOpen(): boolean {
    return CourseTerm.#open === this;
  }

  get #link(): HTMLAnchorElement {
    return required(this, 'a');
  }

  get #definition(): HTMLElement {
    return required(this, '[popover]');
  }
}

if (!customElements.get('course-term')) customElements.define('course-term', CourseTerm);
