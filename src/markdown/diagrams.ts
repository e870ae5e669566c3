// Turns ```mermaid fences into figures with an inline drawing, a caption and a description.
import type { AstroIntegration } from 'astro';
import type { MdastPluginDefinition, PluginFactoryContext } from 'satteri';
import { positionOf } from '../position-of.ts';
import { closeDiagramBrowser } from './diagram-browser.ts';
import { diagramFigure, drawingWidth, widestDrawing } from './diagram-figure.ts';
import { explainWideDiagram, readWords } from './diagram-source.ts';
import { drawingKey, renderDiagram } from './render-diagram.ts';

/** Replaces each mermaid fence of a document with its figure. */
export function diagrams(render = renderDiagram) {
  return ({ sourceFormat }: PluginFactoryContext): MdastPluginDefinition => ({
    name: 'diagrams',
    options: { position: true },
    async code(node, context) {
      if (node.lang !== 'mermaid') return;
      const position = positionOf(context.fileURL, node.position?.start);
      const words = readWords(node.value, position);
      const svg = await render(node.value, position);
      const width = drawingWidth(svg);
      if (width > widestDrawing) throw explainWideDiagram(width, widestDrawing, position);
      const html = diagramFigure(svg, words, drawingKey(node.value));
      if (sourceFormat === 'markdown') return { type: 'html', value: html };
      return {
        type: 'mdxJsxFlowElement',
        name: 'Fragment',
        attributes: [{ type: 'mdxJsxAttribute', name: 'set:html', value: html }],
        children: [],
      };
    },
  });
}

/** Closes the browser of the diagram renderer when a build or the dev server ends. */
export function diagramBrowser(): AstroIntegration {
  return {
    name: 'diagram-browser',
    hooks: {
      'astro:build:done': closeDiagramBrowser,
      'astro:server:done': closeDiagramBrowser,
    },
  };
}
