// Configures the build of the site and its Markdown plugins. Names and navigation are in site.config.ts.
import { satteri } from '@astrojs/markdown-satteri';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { config } from './site.config.ts';
import { authorTools } from './src/author-tools/integration.ts';
import { contentCheck } from './src/content-check/integration.ts';
import { baseLinks } from './src/markdown/base-links.ts';
import { cells } from './src/markdown/cells.ts';
import { citations } from './src/markdown/citations.ts';
import { components } from './src/markdown/components.ts';
import { diagramBrowser, diagrams } from './src/markdown/diagrams.ts';
import { gauges } from './src/markdown/gauges.ts';
import { outputs } from './src/markdown/outputs.ts';
import { top } from './src/paths.ts';
import { basePath, repositoryUrl, siteUrl } from './src/site.ts';

/** Small modules that almost every page loads. Alone, each would be a file of its own, which packs worse. */
const shared = {
  groups: [
    {
      name: 'shared',
      test: /src\/(?:with-base|observable|cells\/(?:cell|match\/lines)|components\/elements\/(?:required|on-press|on-intent|keep-focus|scroll-focus|cell-link|outcome-event))\.ts$/,
    },
  ],
};

export default defineConfig({
  ...(siteUrl && { site: siteUrl }),
  base: basePath,
  trailingSlash: 'always',
  // Without this, Starlight prefetches a page when the pointer is over a link to it.
  prefetch: false,
  markdown: {
    processor: satteri({
      mdastPlugins: [components(), outputs(), gauges(), citations(), diagrams(), cells()],
      hastPlugins: [baseLinks(basePath)],
    }),
  },
  integrations: [
    starlight({
      title: config.title,
      description: config.description,
      head: [{ tag: 'meta', attrs: { name: 'author', content: config.holder } }],
      favicon: '/favicon.svg',
      customCss: [
        './src/styles/tokens.css',
        './src/styles/prose.css',
        './src/styles/diagram.css',
        './src/styles/cell.css',
        './src/styles/task.css',
        './src/styles/machine-bar.css',
        './src/styles/drawer-buttons.css',
        './src/styles/comparison.css',
        './src/styles/evidence.css',
      ],
      components: {
        Search: './src/components/parts/HeaderTools.astro',
        ThemeProvider: './src/components/parts/ThemeProvider.astro',
        PageTitle: './src/components/parts/ChapterTitle.astro',
        EditLink: './src/components/parts/PageLinks.astro',
      },
      ...(repositoryUrl && { editLink: { baseUrl: `${repositoryUrl}/edit/main/` } }),
      markdown: { processedDirs: ['content'] },
      routeMiddleware: ['./src/route-data.ts', './src/head-data.ts'],
      lastUpdated: true,
      sidebar: config.sidebar,
    }),
    // A sitemap needs the site's address. Without one, this replaces Starlight's sitemap, which would print a warning.
    ...(siteUrl ? [] : [{ name: '@astrojs/sitemap', hooks: {} }]),
    contentCheck(),
    diagramBrowser(),
    authorTools(),
  ],
  vite: {
    worker: { format: 'es', rolldownOptions: { onLog: withoutNoise } },
    build: { rolldownOptions: { onLog: withoutNoise } },
    environments: { client: { build: { rolldownOptions: { output: { codeSplitting: shared } } } } },
    // A kernel build leaves its tree in .cache. Watching that would take longer than everything else.
    server: { watch: { ignored: [isOutput] } },
    // Only the worker runs v86. A page needs the address of a file of it and its version.
    optimizeDeps: { exclude: ['v86'], include: ['@noble/hashes/sha2.js', 'zod/mini'] },
  },
});

// Whether builds or tests write this file. No page is made from it.
function isOutput(path) {
  return (
    path.startsWith(top) && /^[\\/](?:\.cache|dist|test-results)\b/.test(path.slice(top.length))
  );
}

// Rolldown has two warnings without a cause: about a directive that Astro adds to each MDX page and handles
// itself, and about parts of v86 for Node, which are never called in a browser.
function withoutNoise(level, log, handler) {
  const isDirective = log.code === 'MODULE_LEVEL_DIRECTIVE';
  const isEngineForNode = /externalized for browser.*libv86/s.test(log.message);
  if (!isDirective && !isEngineForNode) handler(level, log);
}
