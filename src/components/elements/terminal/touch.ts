/** Scrolling by touch, which xterm.js 6 does not have. */
import type { Terminal } from '@xterm/xterm';

/** The input of the up or down arrow key, on which a full-screen program scrolls its own text; see console_codes(4). */
function arrow({ modes }: Terminal, isDown: boolean): string {
  return `\u001b${modes.applicationCursorKeysMode ? 'O' : '['}${isDown ? 'B' : 'A'}`;
}

/** Whether there is something to scroll to. At the top or bottom, the touch scrolls the page. */
function canScroll({ buffer: { active } }: Terminal, lines: number): boolean {
  if (active.type === 'alternate') return true;
  return lines < 0 ? active.viewportY > 0 : active.viewportY < active.baseY;
}

/** Scrolls a terminal when a finger moves over its element. In a full-screen program, types arrow keys. */
export function scrollByTouch(terminal: Terminal, screen: HTMLElement, signal: AbortSignal): void {
  let last = 0;
  const y = ({ touches }: TouchEvent): number => touches[0]?.clientY ?? last;
  screen.addEventListener('touchstart', (event) => (last = y(event)), { signal, passive: true });
  screen.addEventListener(
    'touchmove',
    (event) => {
      if (event.touches.length !== 1) return;
      const moved = last - y(event);
      if (!canScroll(terminal, moved)) return;
      event.preventDefault();
      const lines = Math.trunc(moved / (screen.clientHeight / terminal.rows));
      if (!lines) return;
      last = y(event);
      if (terminal.buffer.active.type === 'normal') return terminal.scrollLines(lines);
      terminal.input(arrow(terminal, lines > 0).repeat(Math.abs(lines)));
    },
    { signal, passive: false },
  );
}
