// Adds the imports of the components that a page uses, so that authors can write <Cite id="…" /> without one.
import type {
  MdastNode,
  MdastPluginDefinition,
  MdxJsxFlowElement,
  MdxJsxTextElement,
  PluginFactoryContext,
} from 'satteri';
import { AuthorError, throwMistakes } from '../author-error.ts';
import type { Position } from '../author-error.ts';
import { nodesIn } from '../cells/text/tree.ts';
import { nearest } from '../nearest.ts';
import { positionOf } from '../position-of.ts';

type JsxElement = MdxJsxFlowElement | MdxJsxTextElement;

/** The components that authors may use in a page: src/components/mdx/NAME.astro. */
export const courseComponents = [
  'AtWork',
  'Bibliography',
  'CellResults',
  'Cite',
  'Command',
  'ComparisonSummary',
  'ComparisonTable',
  'Detour',
  'EvidenceMatrix',
  'Glossary',
  'InsideOutside',
  'MachineParts',
  'MemoryGauge',
  'Misconception',
  'Output',
  'Progress',
  'Quiz',
  'Stacks',
  'Switches',
  'Term',
  'Terminal',
  'ThrottlingStrip',
  'Timeline',
  'When',
] as const;

/** Adds the imports of the components that a page uses. Throws an AuthorError for an unknown one. */
export function components() {
  return ({ sourceFormat }: PluginFactoryContext): MdastPluginDefinition | null => {
    if (sourceFormat === 'markdown') return null;
    const used = new Map<string, Position>();
    const ownCode: string[] = [];
    const note = ({ name, position }: JsxElement, { fileURL }: { fileURL: URL | undefined }) => {
      if (!name || !/^[A-Z]/.test(name) || used.has(name)) return;
      used.set(name, positionOf(fileURL, position?.start));
    };
    return {
      name: 'components',
      options: { position: true },
      mdxJsxFlowElement: note,
      mdxJsxTextElement: note,
      mdxjsEsm({ value }) {
        ownCode.push(value);
      },
      after(root, context) {
        const value = importsOf(used, ownCode.join('\n'));
        if (value) context.prependChild(root, { type: 'mdxjsEsm', value });
      },
    };
  };
}

/** Throws an AuthorError for all components of a page that do not exist. */
export function checkComponents(root: Readonly<MdastNode>, file: string): void {
  const used = new Map<string, Position>();
  const ownCode: string[] = [];
  for (const node of nodesIn(root)) {
    if (node.type === 'mdxjsEsm') ownCode.push(node.value);
    if (node.type !== 'mdxJsxFlowElement' && node.type !== 'mdxJsxTextElement') continue;
    if (!node.name || !isMeant(node.name) || used.has(node.name)) continue;
    const { line = 1, column = 1 } = node.position?.start ?? {};
    used.set(node.name, { file, line, column });
  }
  importsOf(used, ownCode.join('\n'));
}

/** Whether a tag stands for a component. HTML has <cite>, but an author means <Cite>. */
function isMeant(name: string): boolean {
  return /^[A-Z]/.test(name) || courseComponents.some((known) => known.toLowerCase() === name);
}

// MDX provides Fragment. The page's own code imports the components that it names.
function importsOf(used: ReadonlyMap<string, Position>, ownCode: string): string {
  const needed = [...used].filter(
    ([name]) => name !== 'Fragment' && !new RegExp(`\\b${name}\\b`).test(ownCode),
  );
  const unknown = needed.filter(([name]) => !courseComponents.some((known) => known === name));
  throwMistakes(unknown.map(([name, position]) => unknownComponent(name, position).mistake));
  return needed
    .map(([name]) => `import ${name} from '/src/components/mdx/${name}.astro';`)
    .join('\n');
}

function unknownComponent(name: string, position: Position): AuthorError {
  const meant = nearest(name, courseComponents);
  return new AuthorError({
    name: 'UnknownComponent',
    title: 'A page uses a component that does not exist',
    message: `There is no component <${name}>.`,
    hint: `${meant ? `Did you mean <${meant}>? ` : ''}The components are ${courseComponents.join(', ')}.`,
    position,
  });
}
