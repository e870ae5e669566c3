// Authors write [text](/chapters/x/); the published site may live in a folder of its origin.
import type { HastPluginDefinition } from 'satteri';
import { withBase } from '../with-base.ts';

const linkProperty: Record<string, string> = { a: 'href', img: 'src' };

/**
 * Adds the site's base path to root-relative links and images.
 *
 * `<a href="/chapters/x/">` becomes `<a href="/one-kernel-or-many/chapters/x/">`.
 */
export function baseLinks(basePath: string): HastPluginDefinition {
  return {
    name: 'base-links',
    element: {
      filter: Object.keys(linkProperty),
      visit(node, context) {
        const property = linkProperty[node.tagName];
        if (!property) return;
        const address = node.properties[property];
        if (typeof address !== 'string') return;
        context.setProperty(node, property, withBase(address, basePath));
      },
    },
  };
}
