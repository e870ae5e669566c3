// Ties each citation to the word before it, so that its number never begins a line.
import type { MdastPluginDefinition } from 'satteri';

/**
 * Puts a no-break space before each <Cite>, where there is a space or the end of a line. One with nothing before it
 * shows the source's name in place of a number.
 */
export function citations(): MdastPluginDefinition {
  return {
    name: 'citations',
    mdxJsxTextElement(node, context) {
      if (node.name !== 'Cite') return undefined;
      const place = context.indexOf(node) ?? 0;
      if (place === 0) {
        const named = { type: 'mdxJsxAttribute', name: 'named', value: null } as const;
        const attributes = [...node.attributes, named];
        return { type: 'mdxJsxTextElement', name: 'Cite', attributes, children: [] };
      }
      const before = context.parent(node).children[place - 1];
      if (before?.type !== 'text') return undefined;
      context.setProperty(before, 'value', before.value.replace(/\s+$/, '\u00a0'));
      return undefined;
    },
  };
}
