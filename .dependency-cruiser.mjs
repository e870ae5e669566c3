// The walls between the parts of the project, for the files that dependency-cruiser reads: .ts and .mjs.
// ESLint holds them for .astro files.
import { builtinModules } from 'node:module';

const builtins = builtinModules.filter((name) => !name.startsWith('_')).join('|');
const astro = '(?:^|/)node_modules/(?:astro|@astrojs)/';
const inPage =
  '^src/(?:cells/(?:match|run)|components/elements|machine/(?:engine|agent|worker)|report)/|^src/author-tools/page\\.ts$';
const fakes = '/fake-[^/]*\\.ts$';
const tests = `\\.(?:test|soak)\\.ts$|${fakes}`;

const wall = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    wall(
      'no-cycle',
      'Files that need each other, and be it for a type, are one part. Move what both need into a file of its own.',
      {},
      { circular: true },
    ),
    wall(
      'fakes-in-tests-only',
      'A fake stands in for the machine or the page in tests. Take the real one as a parameter.',
      { pathNot: tests },
      { path: fakes },
    ),
    wall(
      'machine-without-site',
      'The machine knows nothing of cells and pages. Pass what it needs as a parameter.',
      { path: '^src/machine/' },
      { path: `^src/(?!machine/|(?:observable|paths|unless-aborted)\\.ts$)|${astro}` },
    ),
    wall(
      'one-door-to-v86',
      'Only src/machine/engine/engine.ts imports the code of v86; its address and its version are data.',
      { pathNot: '^src/machine/engine/engine\\.ts$' },
      { path: '(?:^|/)node_modules/v86/(?!build/v86\\.wasm$|package\\.json$)' },
    ),
    wall(
      'cells-without-machine',
      'Cells know only the types and the errors of the machine. Use `import type`, or take it as a parameter.',
      { path: '^src/cells/', pathNot: tests },
      { path: '^src/machine/(?!errors\\.ts$)', dependencyTypesNot: ['type-only'] },
    ),
    wall(
      'cells-without-site',
      'Cells know nothing of pages. Take what they need as a parameter.',
      { path: '^src/cells/' },
      { path: `^src/(?:author-tools|components|course-data|markdown)/|${astro}` },
    ),
    wall(
      'page-without-texts',
      'This runs in the page, which gets its cells parsed. Move what both need out of src/cells/text/.',
      { path: inPage, pathNot: tests },
      { path: '^src/cells/text/', reachable: true },
    ),
    wall(
      'page-without-node',
      'This runs in the page, where Node’s modules do not exist.',
      { path: inPage, pathNot: tests },
      { path: `^(?:node:)?(?:${builtins})$`, reachable: true },
    ),
    wall(
      'author-tools-in-dev-only',
      'Only the dev server loads these. Move what a built page needs as well out of src/author-tools/.',
      { path: '^src/', pathNot: '^src/(?:author-tools/|components/elements/cell-element\\.ts$)' },
      { path: '^src/author-tools/' },
    ),
    wall(
      'src-without-scripts',
      'Scripts use src, and not the other way round.',
      { path: '^src/', pathNot: tests },
      { path: '^(?:e2e|guest|scripts)/' },
    ),
    wall(
      'scripts-apart',
      'Each folder of scripts/ is a program. What two of them need belongs into src/; all may use scripts/site/.',
      { path: '^scripts/([^/]+)/', pathNot: `^scripts/test/test\\.mjs$|${tests}` },
      { path: '^scripts/', pathNot: '^scripts/(?:$1|site)/' },
    ),
  ],
  options: {
    doNotFollow: { path: '(?:^|/)node_modules/' },
    exclude: { path: '^(?:dist|public|test-results|\\.astro|\\.cache)/' },
    // Types count as well.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
