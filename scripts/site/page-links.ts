// Reads the ids and the links of a built page.

/** The addresses and the ids of one page, as they are written in its HTML. */
export interface PageLinks {
  addresses: string[];
  ids: ReadonlySet<string>;
}

const reference = /<(?:a|link|img|script|source|iframe)\b[^>]*?\s(?:href|src)="([^"]*)"/g;

/** Finds the links and ids of a page, except in comments, scripts and styles. */
export function readLinks(html: string): PageLinks {
  const visible = html
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/(<(script|style)\b[^>]*>)[\s\S]*?<\/\2>/g, '$1');
  return {
    addresses: [...visible.matchAll(reference)].map(([, address = '']) => decode(address)),
    ids: new Set([...visible.matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => decode(id))),
  };
}

function decode(attribute: string): string {
  return attribute.replaceAll('&quot;', '"').replaceAll('&#38;', '&').replaceAll('&amp;', '&');
}
