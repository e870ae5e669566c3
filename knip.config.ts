// Finds files, exports and dependencies that nothing uses.
import type { KnipConfig } from 'knip';
import { readFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { courseComponents } from './src/markdown/components.ts';
import { parts } from './scripts/test/parts.ts';

/** The scripts that the parts of `npm test` run. */
const checks = parts.flatMap(({ commands }) =>
  commands.flat().filter((word) => word.endsWith('.ts')),
);

/** The scripts that the npm commands run, which they pass to scripts/start/run.mjs. */
const commands: Record<string, string> = JSON.parse(readFileSync('package.json', 'utf8')).scripts;
const verbs = Object.values(commands).flatMap((line) =>
  line.split(' ').filter((word) => word.endsWith('.ts')),
);

/** The imports that src/markdown/ adds to a page: the components that it names, and those for cells and tasks. */
function importsOfPage(text: string): string {
  const used = courseComponents.filter((name) => text.includes(`<${name}`));
  const files = used.map((name) => `mdx/${name}`);
  if (/^\s*```sh cell/m.test(text)) files.push('parts/Cell', 'parts/MachineBar');
  if (/^\s*```yaml task/m.test(text)) files.push('parts/Task');
  return files.map((file) => `import '#components/${file}.astro';`).join('\n');
}

/** The scripts of this project that a shell script runs: `node "$here/pack.ts"`. */
function scriptsOfShell(text: string, path: string): string {
  const scripts = text.matchAll(/^[^#\n]*\bnode "\$here\/([\w./-]+\.ts)"/gm);
  const here = relative(process.cwd(), dirname(path));
  return [...scripts].map(([, script]) => `import '#top/${here}/${script}';`).join('\n');
}

export default {
  entry: [
    ...checks,
    ...verbs,
    'content/**/*.mdx',
    'guest/**/*.sh',
    'guest/images/*/image.ts',
    'src/{route,head}-data.ts',
    // Run by hand, as CONTRIBUTING.md and guest/README.md say.
    'scripts/authors/write-references.ts',
    'guest/programs/record-order.ts',
    // Run by the parts of `npm test` for images other than the default one, if there are any.
    'scripts/site/add-snapshots.ts',
    // Started by other scripts as processes of their own.
    'scripts/{machine/snapshot,authors/draw-diagrams}.ts',
  ],
  project: ['*.{ts,mjs}', '{src,scripts,guest,e2e}/**/*.{ts,mjs,astro,sh}', 'content/**/*.mdx'],
  paths: { '#components/*': ['./src/components/*'], '#top/*': ['./*'] },
  compilers: { mdx: importsOfPage, sh: scriptsOfShell },
  // A type that is part of a function's signature may be exported for the function's callers.
  ignoreExportsUsedInFile: { interface: true, type: true },
  // Debian's; guest/conformance/build.sh installs it.
  ignoreBinaries: ['qemu-system-x86_64'],
  ignoreDependencies: [
    // Read by its path, to be put into a page.
    'mermaid',
    // A second compiler, run by its path.
    'typescript-7',
    // `astro check` loads it.
    '@astrojs/check',
    // Run as parts of `npm test`.
    'cspell',
    'dependency-cruiser',
    'markdownlint-cli2',
  ],
} satisfies KnipConfig;
