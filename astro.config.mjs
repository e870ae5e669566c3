// The site: where it lives, what its navigation says, and which plugins read its Markdown.
import { satteri } from '@astrojs/markdown-satteri';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { authorTools } from './src/author-tools/integration.ts';
import { chapters } from './src/course-data/chapters.ts';
import { baseLinks } from './src/markdown/base-links.ts';
import { cells } from './src/markdown/cells.ts';
import { components } from './src/markdown/components.ts';
import { diagramBrowser, diagrams } from './src/markdown/diagrams.ts';
import { outputs } from './src/markdown/outputs.ts';
import { top } from './src/paths.ts';
import { basePath, repositoryUrl, siteUrl } from './src/site.ts';

export default defineConfig({
  site: siteUrl,
  base: basePath,
  trailingSlash: 'always',
  markdown: {
    processor: satteri({
      mdastPlugins: [components(), outputs(), diagrams(), cells()],
      hastPlugins: [baseLinks(basePath)],
    }),
  },
  integrations: [
    starlight({
      title: 'One Kernel or Many',
      description:
        'Virtual machines, namespaces, cgroups, LXC, Warden and Docker, tried on a real Linux kernel in this page.',
      favicon: '/favicon.svg',
      customCss: [
        './src/styles/tokens.css',
        './src/styles/prose.css',
        './src/styles/diagram.css',
        './src/styles/cell.css',
        './src/styles/comparison.css',
      ],
      components: { PageTitle: './src/components/parts/ChapterTitle.astro' },
      editLink: { baseUrl: `${repositoryUrl}/edit/main/` },
      markdown: { processedDirs: ['content'] },
      routeMiddleware: './src/route-data.ts',
      lastUpdated: true,
      sidebar: [
        { label: 'Start here', slug: 'index' },
        { label: 'Chapters', items: chapters.map((slug) => `chapters/${slug}`) },
        { label: 'References', slug: 'references' },
        { label: 'About', items: ['about/machine', 'about/cells', 'about/why-outputs-vary'] },
      ],
    }),
    diagramBrowser(),
    authorTools(),
  ],
  vite: {
    worker: { format: 'es', rolldownOptions: { onLog: withoutNoise } },
    build: { rolldownOptions: { onLog: withoutNoise } },
    // The tree of a kernel build lies in .cache; to watch it would take longer than all the rest.
    server: { watch: { ignored: [isOutput] } },
    // v86 is for the worker; what a page needs of it is a file's address and a version.
    optimizeDeps: { exclude: ['v86'], include: ['@noble/hashes/sha2.js', 'zod/mini'] },
  },
});

// What builds and tests write into this project, and no page is made of.
function isOutput(path) {
  return (
    path.startsWith(top) && /^[\\/](?:\.cache|dist|test-results)\b/.test(path.slice(top.length))
  );
}

// Rolldown warns of what is in order: a directive that Astro adds to each MDX page and handles itself, and
// the parts of v86 that are for Node and that it does not call in a browser.
function withoutNoise(level, log, handler) {
  const isDirective = log.code === 'MODULE_LEVEL_DIRECTIVE';
  const isEngineForNode = /externalized for browser.*libv86/s.test(log.message);
  if (!isDirective && !isEngineForNode) handler(level, log);
}
