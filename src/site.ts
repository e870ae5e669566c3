// The addresses of the site and of its repository: those of site.config.ts, or what the host has set.
import { config } from '../site.config.ts';

/** Where the site is published. */
interface Addresses {
  /** The origin, without a trailing slash; undefined when unknown. */
  siteUrl: string | undefined;
  /** The folder of the site on its origin: '/one-kernel-or-many', or '' at the root. */
  basePath: string;
  /** The page of the repository; undefined when unknown. */
  repositoryUrl: string | undefined;
}

/** Reads the addresses. An empty BASE_PATH is the root; any other empty value counts as unknown. */
export function readAddresses(
  { origin, base, repository }: Pick<typeof config, 'origin' | 'base' | 'repository'>,
  environment: Record<string, string | undefined>,
): Addresses {
  return {
    siteUrl: withoutTrailingSlash(environment['SITE_URL'] || origin) || undefined,
    basePath: withoutTrailingSlash(environment['BASE_PATH'] ?? base),
    repositoryUrl: withoutTrailingSlash(environment['REPOSITORY_URL'] || repository) || undefined,
  };
}

export const { siteUrl, basePath, repositoryUrl } = readAddresses(config, process.env);

function withoutTrailingSlash(text: string): string {
  return text.replace(/\/+$/, '');
}
