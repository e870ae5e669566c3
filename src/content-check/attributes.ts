// Checks the attributes of the components in a page. Those of <Output> are read in src/markdown/outputs.ts,
// and those of <Switches> and <When> in switches.ts.
import type { MdastNode } from 'satteri';
import { stackKinds } from '../course-data/stacks.ts';
import { AuthorError } from '../author-error.ts';
import type { Position } from '../author-error.ts';
import type { courseComponents } from '../markdown/components.ts';
import { nearest } from '../nearest.ts';
import { isJsx } from './jsx.ts';

/** A description of each attribute's value, for authors. All are required. */
const attributes: Record<
  Exclude<(typeof courseComponents)[number], 'Output' | 'Switches' | 'When'>,
  Readonly<Record<string, string>>
> = {
  AtWork: {},
  Bibliography: {},
  CellResults: {},
  Cite: { id: 'the name of a file in content/sources/, without .yaml' },
  Command: {},
  ComparisonSummary: { title: 'the caption' },
  ComparisonTable: {},
  Detour: { title: 'the subject of the part' },
  EvidenceMatrix: {},
  Glossary: {},
  InsideOutside: {},
  MachineParts: {},
  MemoryGauge: {
    group: 'the path of the group, such as /box',
    cell: 'the id of the cell that makes the group',
  },
  Misconception: { says: 'the belief, in one sentence' },
  Progress: {},
  Quiz: { question: 'the question' },
  Stacks: { shows: 'vm, microvm, sandbox or container' },
  Terminal: {},
  Term: { id: 'the name of a file in content/terms/, without .yaml' },
  ThrottlingStrip: {
    quota: 'milliseconds of CPU time in each period of 100 ms',
    threads: 'the number of busy threads',
    request: 'milliseconds of CPU time that the request needs',
  },
  Timeline: { id: 'the name of a file in content/timelines/, without .yaml' },
};

/** Throws an AuthorError if a component lacks an attribute, or has one that it does not know. */
export function checkAttributes(node: Readonly<MdastNode>, position: Position): void {
  if (!isJsx(node)) return;
  const known = Object.entries(attributes).find(([component]) => component === node.name)?.[1];
  if (!known) return;
  const given = node.attributes.flatMap((each) =>
    each.type === 'mdxJsxAttribute' ? [[each.name, each.value] as const] : [],
  );
  for (const [name, meaning] of Object.entries(known)) {
    const value = given.find(([each]) => each === name)?.[1];
    // Only a text can be checked here.
    if (typeof value === 'string' && value.trim()) {
      checkChoice(node.name ?? '', name, value, position);
      continue;
    }
    const message = `<${node.name}> needs the attribute "${name}"${value ? ', with its value in quotes' : ''}.`;
    throw wrong('MissingAttribute', message, `Write ${name}="…": ${meaning}.`, position);
  }
  const names = Object.keys(known);
  const unknown = given.find(([name]) => !names.includes(name))?.[0];
  if (unknown === undefined) return;
  const meant = nearest(unknown, names);
  const hint = meant ? `Did you mean "${meant}"?` : 'Remove it.';
  const message = `<${node.name}> does not accept the attribute "${unknown}".`;
  throw wrong('UnknownAttribute', message, hint, position);
}

/** The values of an attribute that accepts only some. */
const choices: Readonly<Record<string, readonly string[]>> = { 'Stacks shows': stackKinds };

function checkChoice(component: string, name: string, value: string, position: Position): void {
  const known = choices[`${component} ${name}`];
  if (!known || known.includes(value)) return;
  const meant = nearest(value, known);
  const message = `<${component}> does not know ${name}="${value}".`;
  const hint = `${meant ? `Did you mean "${meant}"? ` : ''}The values are ${known.join(', ')}.`;
  throw wrong('UnknownValue', message, hint, position);
}

function wrong(name: string, message: string, hint: string, position: Position): AuthorError {
  const title = 'A component has a wrong attribute';
  return new AuthorError({ name, title, message, hint, position });
}
