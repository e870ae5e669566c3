/**
 * Converts a sentence with `code` in backticks to HTML.
 *
 * "`ps` & top" -> "<code>ps</code> &amp; top"
 */
export function inlineCode(text: string): string {
  const escaped = text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
  return escaped.replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}
