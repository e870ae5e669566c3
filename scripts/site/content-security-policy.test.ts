import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { addPolicy } from './content-security-policy.ts';

const page = (scripts: string) => `<html><head><meta charset="utf-8"/>${scripts}</head></html>`;
const hash = (script: string) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

test('allows each inline script by its hash, and no other', () => {
  const html = addPolicy(page('<script>a()</script><script type="module">b()</script>'));
  expect(html).toContain(`script-src 'self' 'wasm-unsafe-eval' ${hash('a()')} ${hash('b()')};`);
  expect(html).not.toMatch(/script-src[^;]*unsafe-inline/);
});

test('needs no hash for a script in a file', () => {
  const html = addPolicy(page('<script type="module" src="/x.js"></script>'));
  expect(html).toContain("script-src 'self' 'wasm-unsafe-eval';");
});

test('precedes everything that it governs, and occurs only once', () => {
  const once = addPolicy(page('<script>a()</script>'));
  expect(once.indexOf('Content-Security-Policy')).toBeLessThan(once.indexOf('<script>'));
  expect(addPolicy(once)).toBe(once);
});
