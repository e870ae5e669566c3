// Checks <Switches>, and the <When> parts in it.
import type { MdastNode } from 'satteri';
import { AuthorError } from '../author-error.ts';
import type { Position } from '../author-error.ts';
import { nodesIn } from '../cells/text/tree.ts';
import { readChoices } from '../course-data/choices.ts';
import { nearest } from '../nearest.ts';
import { attributeOf, isJsx } from './jsx.ts';

/** Throws an AuthorError for a <Switches> whose choices and parts do not belong together. */
export function checkSwitches(node: Readonly<MdastNode>, position: Position): void {
  if (!isJsx(node) || node.name !== 'Switches') return;
  const choices = idsOf(attributeOf(node, 'choices') ?? '', position);
  const one = attributeOf(node, 'one');
  if (one !== undefined && !choices.includes(one)) throw unknown('one', one, choices, position);
  const used = new Set<string>();
  for (const part of nodesIn(node)) {
    if (!isJsx(part) || part.name !== 'When') continue;
    const { line = 1, column = 1 } = part.position?.start ?? {};
    used.add(choiceOf(part, choices, { ...position, line, column }));
  }
  const idle = choices.find((id) => !used.has(id));
  if (idle === undefined) return;
  const message = `The choice "${idle}" of <Switches> shows and hides nothing.`;
  throw wrong(message, `Write <When on="${idle}">…</When> in it, or remove the choice.`, position);
}

/** Throws an AuthorError for a <When> that is in no <Switches>. */
export function checkWhens(root: Readonly<MdastNode>, file: string): void {
  const inside = new Set(
    [...nodesIn(root)]
      .filter((node) => isJsx(node) && node.name === 'Switches')
      .flatMap((node) => [...nodesIn(node)]),
  );
  for (const node of nodesIn(root)) {
    if (!isJsx(node) || node.name !== 'When' || inside.has(node)) continue;
    const { line = 1, column = 1 } = node.position?.start ?? {};
    const message = '<When> is outside of <Switches>, so no choice shows or hides it.';
    throw wrong(message, 'Move it into <Switches …> and </Switches>.', { file, line, column });
  }
}

function idsOf(text: string, position: Position): string[] {
  try {
    return readChoices(text).map(({ id }) => id);
  } catch (error) {
    throw wrong((error as Error).message, 'Correct the attribute "choices".', position);
  }
}

function choiceOf(
  part: Parameters<typeof attributeOf>[0],
  choices: readonly string[],
  position: Position,
): string {
  const given = (['on', 'off'] as const).flatMap((name) => {
    const value = attributeOf(part, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const [first] = given;
  if (!first || given.length > 1) {
    const message = '<When> needs one attribute: on="…" or off="…".';
    throw wrong(message, 'Write the id of a choice of its <Switches>.', position);
  }
  const [name, value] = first;
  if (!choices.includes(value)) throw unknown(name, value, choices, position);
  return value;
}

function unknown(name: string, value: string, choices: readonly string[], position: Position) {
  const meant = nearest(value, choices);
  const message = `${name}="${value}" is no choice of its <Switches>.`;
  const hint = `${meant ? `Did you mean "${meant}"? ` : ''}The choices are ${choices.join(', ')}.`;
  return wrong(message, hint, position);
}

function wrong(message: string, hint: string, position: Position): AuthorError {
  const title = 'Switches and their parts do not belong together';
  return new AuthorError({ name: 'BadSwitches', title, message, hint, position });
}
