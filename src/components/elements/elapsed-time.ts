/** Shows the seconds since something began, beside a moving sign. */

const SECOND = 1000;

export class ElapsedTime {
  readonly #element: () => HTMLElement;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(element: () => HTMLElement) {
    this.#element = element;
  }

  /** Begins to count, or hides the element. */
  show(isRunning: boolean): void {
    clearInterval(this.#timer);
    const element = this.#element();
    element.hidden = !isRunning;
    element.textContent = '';
    if (!isRunning) return;
    const begun = performance.now();
    this.#timer = setInterval(() => {
      element.textContent = `${Math.round((performance.now() - begun) / SECOND)} s`;
    }, SECOND);
  }
}
