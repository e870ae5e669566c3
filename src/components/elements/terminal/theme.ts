/** The look of a terminal: the page's colours and font, as an element shows them. */
import type { ITerminalOptions, ITheme } from '@xterm/xterm';

/** Colours 0 to 15 of ECMA-48 and xterm. xterm.js raises the contrast of each to 4.5 where it is less. */
const ansi = {
  light: {
    black: '#1b1e24',
    red: '#a61b1b',
    green: '#2f6a1c',
    yellow: '#7a5400',
    blue: '#1d5196',
    magenta: '#86257f',
    cyan: '#0b6468',
    white: '#6b6f77',
    brightBlack: '#565c66',
    brightRed: '#c22f2f',
    brightGreen: '#3d7c28',
    brightYellow: '#8a4b00',
    brightBlue: '#2a66b8',
    brightMagenta: '#9c3a95',
    brightCyan: '#14777b',
    brightWhite: '#2f343c',
  },
  dark: {
    black: '#5d636d',
    red: '#f2918a',
    green: '#9fce84',
    yellow: '#f0b25e',
    blue: '#8db9f2',
    magenta: '#dba0d6',
    cyan: '#7cc9cd',
    white: '#c9c8c4',
    brightBlack: '#a2a4a8',
    brightRed: '#f7b0ab',
    brightGreen: '#b9dea3',
    brightYellow: '#f6cb8d',
    brightBlue: '#b7d3f8',
    brightMagenta: '#e8c0e4',
    brightCyan: '#a5dcdf',
    brightWhite: '#f4f2ee',
  },
} satisfies Record<string, ITheme>;

/** Reads the look from an element's computed style, which follows the theme, forced colours and the font size. */
export function terminalOptions(element: Element): ITerminalOptions {
  const style = getComputedStyle(element);
  const isDark = document.documentElement.dataset['theme'] === 'dark';
  const foreground = style.color;
  const background = style.backgroundColor;
  return {
    fontFamily: style.fontFamily,
    fontSize: Number.parseFloat(style.fontSize),
    theme: {
      ...ansi[isDark ? 'dark' : 'light'],
      foreground,
      background,
      cursor: foreground,
      cursorAccent: background,
      selectionBackground: foreground,
      selectionForeground: background,
      selectionInactiveBackground: foreground,
    },
  };
}

/** Calls the listener when the theme changes, by the reader's choice or by the system's. */
export function onThemeChange(listener: () => void, signal: AbortSignal): void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  signal.addEventListener('abort', () => observer.disconnect());
  const forced = matchMedia('(forced-colors: active)');
  forced.addEventListener('change', listener, { signal });
}
