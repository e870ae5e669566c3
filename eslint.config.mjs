import js from '@eslint/js';
import astro from 'eslint-plugin-astro';
import * as mdx from 'eslint-plugin-mdx';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import typescript from 'typescript-eslint';

// The walls between .ts files are in .dependency-cruiser.mjs, which does not read .astro files.
const engine = {
  // Its address and its version are data; only its code is kept in one place.
  regex: '^v86(?!/build/v86\\.wasm\\?url$|/package\\.json$)',
  message: 'Only src/machine/engine/engine.ts imports v86. Use its exports.',
};
const machinePath = {
  selector:
    ':matches(Literal[value=/(public|dist).machine/], TemplateElement[value.raw=/(public|dist).machine/])',
  message: 'Only src/paths.ts knows where the machine’s files are. Import it from there.',
};
const waitForTimeout = {
  selector: 'CallExpression[callee.property.name="waitForTimeout"]',
  message: 'Wait for what the reader would wait for, with expect(locator), not for a time.',
};

export default defineConfig(
  globalIgnores(['.astro/', '.cache/', 'dist/', 'playwright-report/', 'public/', 'test-results/']),
  js.configs.recommended,
  typescript.configs.strict,
  astro.configs.recommended,
  astro.configs['jsx-a11y-recommended'],
  {
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // A scrolling element must be reachable by keyboard. In the browser, axe checks that no other one is.
      'astro/jsx-a11y/no-noninteractive-tabindex': 'off',
      'no-nested-ternary': 'error',
      // The type checker finds these, with more knowledge.
      'no-undef': 'off',
    },
  },
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // A promise without a handler hides its failure.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  {
    files: ['**/*.astro'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [engine] }] },
  },
  {
    files: ['{src,scripts,guest}/**/*.{ts,astro}'],
    ignores: ['src/paths.ts', '**/*.test.ts'],
    rules: { 'no-restricted-syntax': ['error', machinePath] },
  },
  {
    files: ['e2e/**'],
    rules: { 'no-restricted-syntax': ['error', machinePath, waitForTimeout] },
  },
  {
    files: ['content/**/*.mdx'],
    ...mdx.flat,
    processor: mdx.createRemarkProcessor({ lintCodeBlocks: false }),
  },
);
