/** The edge of the drawer that changes its height: dragged, or moved by the arrow keys. */

/** In percent of the window's height. */
const MIN = 20;
const MAX = 90;
const STEP = 5;

export function makeResizable(edge: HTMLElement, drawer: HTMLElement): void {
  const set = (percent: number): void => {
    const height = Math.round(Math.min(MAX, Math.max(MIN, percent)));
    edge.ariaValueNow = String(height);
    drawer.style.setProperty('--height', `${height}dvh`);
  };
  edge.ariaValueMin = String(MIN);
  edge.ariaValueMax = String(MAX);
  edge.addEventListener('keydown', (event) => {
    const change = { ArrowUp: STEP, ArrowDown: -STEP }[event.key];
    if (change === undefined) return;
    event.preventDefault();
    set(Number(edge.ariaValueNow) + change);
  });
  edge.addEventListener('pointerdown', ({ pointerId }) => edge.setPointerCapture(pointerId));
  edge.addEventListener('pointermove', ({ pointerId, clientY }) => {
    if (edge.hasPointerCapture(pointerId)) set((1 - clientY / innerHeight) * 100);
  });
}
