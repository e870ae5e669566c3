/**
 * An edited cell as a link: `#ID:edit=DATA`, where DATA is the cell's commands as JSON in base64url (RFC 4648). A link may
 * come from anyone, so it only fills the editor. Nothing in it runs before the reader presses Run.
 */

const MARK = ':edit=';
/** Maximum length of DATA. Some programs truncate longer addresses. */
const MAX_DATA = 8000;
/** Control, format, separator and blank characters can make a command look like another one. Line feeds and tabs are harmless. */
const HIDDEN = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Why a link cannot be used, in a sentence, or the commands of the cell. */
export type SharedEdit = { problem: string } | { commands: string[] };

/** The fragment of a link to these commands of a cell, or why there is none, in a sentence. */
export function linkToEdit(
  id: string,
  commands: readonly string[],
): { problem: string } | { fragment: string } {
  if (commands.some((command) => HIDDEN.test(command)))
    return { problem: 'The commands contain hidden characters, so there is no link to them.' };
  const bytes = new TextEncoder().encode(JSON.stringify(commands));
  const base64 = btoa(String.fromCharCode(...bytes));
  const data = base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  if (data.length > MAX_DATA) return { problem: 'The commands are too long for a link.' };
  return { fragment: `#${id}${MARK}${data}` };
}

/** Reads a fragment that begins with `#ID:edit=`. `steps` is the number of commands that the cell has. */
export function readEdit(fragment: string, steps: number): SharedEdit {
  const data = fragment.slice(fragment.indexOf(MARK) + MARK.length);
  const commands = data.length > MAX_DATA ? undefined : decode(data);
  if (!commands) return { problem: 'The link to the edited commands of this cell is damaged.' };
  if (commands.length !== steps)
    return {
      problem:
        'The link is for another version of this cell, which has a different number of steps.',
    };
  if (commands.some((command) => HIDDEN.test(command)))
    return { problem: 'The link was ignored, because its commands contain hidden characters.' };
  return { commands };
}

function decode(data: string): string[] | undefined {
  try {
    const binary = atob(data.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    if (!Array.isArray(value) || !value.every((each) => typeof each === 'string')) return undefined;
    return value;
  } catch {
    return undefined;
  }
}
