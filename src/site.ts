// The address of the published site. A host sets it; the defaults are for a local preview.

/** The origin of the published site, without a trailing slash. */
export const siteUrl = withoutTrailingSlash(process.env['SITE_URL'] || 'https://example.github.io');

/** The folder of the published site on its origin: '/one-kernel-or-many', or '' at the root. */
export const basePath = withoutTrailingSlash(process.env['BASE_PATH'] ?? '/one-kernel-or-many');

/** The page of the repository, used for the links that edit a page. */
export const repositoryUrl = withoutTrailingSlash(
  process.env['REPOSITORY_URL'] || 'https://github.com/example/one-kernel-or-many',
);

function withoutTrailingSlash(text: string): string {
  return text.replace(/\/+$/, '');
}
