/** Splits a terminal's output into lines. */

// Built from strings, since a control character in a regular expression literal is usually a mistake.
const ESC = '\\u001b';
const BEL = '\\u0007';
/** Operating system commands, control sequences and two-character escapes of ECMA-48. */
const ESCAPE_SEQUENCE = new RegExp(
  `${ESC}\\][^${BEL}${ESC}]*(?:${BEL}|${ESC}\\\\)|${ESC}\\[[0-?]*[ -/]*[@-~]|${ESC}[@-Z\\\\-_]`,
  'g',
);

/** Control characters, without the tab. */
const CONTROL = /[^\P{Cc}\t]/u;

/** Splits terminal output into lines, without escape sequences, overwritten text and trailing blanks. */
export function toLines(output: string): string[] {
  const text = output.replace(ESCAPE_SEQUENCE, '');
  // Most output is plain. A flood of it must not take a closer look at each line.
  const isPlain = !/[^\P{Cc}\t\n]/u.test(text);
  const lines = text
    .split('\n')
    .map((line) => (isPlain ? line.trimEnd() : withoutOverwritten(line)));
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

function withoutOverwritten(line: string): string {
  const shown = line.replace(/(?<!\r)\r+$/, '');
  return withoutControls(shown.slice(shown.lastIndexOf('\r') + 1)).trimEnd();
}

/** As a terminal shows it: a backspace moves to the left, and other control characters but a tab are not shown. */
function withoutControls(line: string): string {
  if (!CONTROL.test(line)) return line;
  const shown: string[] = [];
  let column = 0;
  for (const character of line) {
    if (character === '\b') column = Math.max(0, column - 1);
    else if (!CONTROL.test(character)) shown[column++] = character;
  }
  return shown.join('');
}
