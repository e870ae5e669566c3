// Draws all diagrams without a drawing, and removes unused drawings.
import { glob, readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { mdxToJs } from 'satteri';
import { explainMistakes } from '../../src/author-error.ts';
import { closeDiagramBrowser } from '../../src/markdown/diagram-browser.ts';
import { diagrams } from '../../src/markdown/diagrams.ts';
import {
  drawingKey,
  removeUnusedDrawings,
  renderDiagram,
} from '../../src/markdown/render-diagram.ts';

const used = new Set<string>();
const draw: typeof renderDiagram = async (source, fence) => {
  used.add(drawingKey(source));
  return renderDiagram(source, fence);
};

try {
  for await (const page of glob('content/**/*.mdx')) {
    await mdxToJs(await readFile(page, 'utf8'), {
      fileURL: pathToFileURL(page),
      features: { frontmatter: true },
      mdastPlugins: [diagrams(draw)],
    });
  }
  const removed = await removeUnusedDrawings(used);
  console.log(`diagrams: ${used.size} in use, ${removed.length} removed`);
} catch (error) {
  console.error(explainMistakes(error) ?? error);
  process.exitCode = 1;
} finally {
  await closeDiagramBrowser();
}
