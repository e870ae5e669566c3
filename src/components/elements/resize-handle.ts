/** The edge of a drawer that changes its size: dragged, or moved by the arrow keys. */

/** In percent of the window. */
const MIN = 20;
const MAX = 90;
const STEP = 5;

/** `isBeside`: whether the drawer is beside the page now, at the right, rather than below it. */
export function makeResizable(
  edge: HTMLElement,
  drawer: HTMLElement,
  isBeside: () => boolean = () => false,
): void {
  const set = (percent: number): void => {
    const size = Math.round(Math.min(MAX, Math.max(MIN, percent)));
    edge.ariaValueNow = String(size);
    if (isBeside()) document.documentElement.style.setProperty('--beside', `${size}vw`);
    else drawer.style.setProperty('--height', `${size}dvh`);
  };
  edge.ariaValueMin = String(MIN);
  edge.ariaValueMax = String(MAX);
  edge.addEventListener('keydown', (event) => {
    const change = { ArrowUp: STEP, ArrowLeft: STEP, ArrowDown: -STEP, ArrowRight: -STEP }[
      event.key
    ];
    if (change === undefined) return;
    event.preventDefault();
    set(Number(edge.ariaValueNow) + change);
  });
  edge.addEventListener('pointerdown', ({ pointerId }) => edge.setPointerCapture(pointerId));
  edge.addEventListener('pointermove', ({ pointerId, clientX, clientY }) => {
    if (!edge.hasPointerCapture(pointerId)) return;
    set((1 - (isBeside() ? clientX / innerWidth : clientY / innerHeight)) * 100);
  });
}
