// Replaces sentinel colours with CSS variables, and finds all other colours.
import { roles } from './diagram-theme.ts';

// Colours that Mermaid uses in sequence diagrams, whatever the theme.
const fixedColours: Readonly<Record<string, string>> = {
  '#eaeaea': '--dg-node',
  '#edf2ae': '--dg-note',
  '#666': '--dg-node-border',
  '#999': '--dg-line',
  '#000000': '--dg-line',
};

const colour = /#[0-9a-f]{3,8}\b|rgba?\((\d+), (\d+), (\d+)(?:, [\d.]+)?\)/gi;
const paint = /\b(?:fill|stroke|color|background(?:-color)?|stop-color)\s*[:=]\s*"?([^;"}]+)/g;
const themeless = /^(?:none|transparent|inherit|currentcolor|var\(--[\w-]+\))$/i;

/** Replaces each sentinel colour with its CSS variable; translucent ones become opaque. */
export function colourByRole(svg: string): string {
  return svg.replace(colour, (written, red, green, blue) => {
    const hex = red === undefined ? written.toLowerCase() : toHex([red, green, blue]);
    const role = roles[hex] ?? fixedColours[hex];
    return role ? `var(${role})` : written;
  });
}

/** Lists the colours of a drawing that would not follow the theme, each once. */
export function findFixedColours(svg: string): string[] {
  const values = [...svg.matchAll(paint)].map(([, value = '']) =>
    value.replace('!important', '').trim(),
  );
  return [...new Set(values.filter((value) => !themeless.test(value)))];
}

function toHex(channels: string[]): string {
  return '#' + channels.map((channel) => Number(channel).toString(16).padStart(2, '0')).join('');
}
