/**
 * An edited cell as a link: `#ID:edit=DATA`, where DATA is the cell's commands as JSON in base64url (RFC 4648). A link may
 * come from anybody, so it only fills the editor. Nothing in it runs before the reader presses Run.
 */

const MARK = ':edit=';
/** Maximum length of DATA. Longer addresses do not survive in all programs. */
const MAX_DATA = 8000;
/** Control and format characters can make a command look like another one. Line feeds and tabs are harmless. */
const HIDDEN = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** Why a link cannot be used, in a sentence, or the commands of the cell. */
export type SharedEdit = { problem: string } | { commands: string[] };

/** The fragment of a link to these commands of a cell; undefined if they are too long for a link. */
export function linkToEdit(id: string, commands: readonly string[]): string | undefined {
  const bytes = new TextEncoder().encode(JSON.stringify(commands));
  const base64 = btoa(String.fromCharCode(...bytes));
  const data = base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return data.length > MAX_DATA ? undefined : `#${id}${MARK}${data}`;
}

/** Whether a fragment is a link to an edited form of this cell. */
export function isEditOf(id: string, fragment: string): boolean {
  return fragment.startsWith(`#${id}${MARK}`);
}

/** Reads a fragment for which `isEditOf` holds. `steps` is the number of commands that the cell has. */
export function readEdit(fragment: string, steps: number): SharedEdit {
  const data = fragment.slice(fragment.indexOf(MARK) + MARK.length);
  const commands = data.length > MAX_DATA ? undefined : decode(data);
  if (!commands) return { problem: 'The link to an edited form of this cell is damaged.' };
  if (commands.length !== steps)
    return { problem: 'The link is for another version of this cell, which had other steps.' };
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
