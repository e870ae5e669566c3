/** Scrolling by touch, which xterm.js 6 does not have. */
import type { Terminal } from '@xterm/xterm';

/** Up and down, see console_codes(4). A full-screen program scrolls by itself. */
const ARROWS = ['\u001b[A', '\u001b[B'] as const;

/** Scrolls a terminal when a finger moves over its element. In a full-screen program, types arrow keys. */
export function scrollByTouch(terminal: Terminal, screen: HTMLElement, signal: AbortSignal): void {
  let last = 0;
  const y = ({ touches }: TouchEvent): number => touches[0]?.clientY ?? last;
  screen.addEventListener('touchstart', (event) => (last = y(event)), { signal, passive: true });
  screen.addEventListener(
    'touchmove',
    (event) => {
      if (event.touches.length !== 1) return;
      const lines = Math.trunc((last - y(event)) / (screen.clientHeight / terminal.rows));
      event.preventDefault();
      if (!lines) return;
      last = y(event);
      if (terminal.buffer.active.type === 'normal') return terminal.scrollLines(lines);
      terminal.input(ARROWS[lines > 0 ? 1 : 0].repeat(Math.abs(lines)));
    },
    { signal, passive: false },
  );
}
