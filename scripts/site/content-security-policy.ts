// GitHub Pages cannot send our own headers, so each page contains the policy. It allows inline scripts by
// their hash. Astro's own option for policies would also block Starlight's inline styles.
import { createHash } from 'node:crypto';

const inlineScript = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;

/** Adds the policy to a page as its first meta element. A page that has one is returned unchanged. */
export function addPolicy(html: string): string {
  if (html.includes('http-equiv="Content-Security-Policy"')) return html;
  const hashes = [...html.matchAll(inlineScript)].map(([, script = '']) => hashOf(script));
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy(hashes)}">`;
  // After the charset, which has to be the first element.
  return html.replace(/<meta charset=[^>]*>/i, (charset) => charset + meta);
}

function policy(scriptHashes: string[]): string {
  const scripts = [...new Set(scriptHashes)].join(' ');
  return [
    "default-src 'self'",
    `script-src 'self' 'wasm-unsafe-eval' ${scripts}`.trim(),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
  ].join('; ');
}

function hashOf(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
}
