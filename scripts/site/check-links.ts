// Prints the broken links of the built site and exits with 1 if there are any.
import { basePath, siteUrl } from '../../src/site.ts';
import { checkLinks } from './site-links.ts';

const { pages, links, problems } = await checkLinks({
  folder: 'dist',
  siteUrl: siteUrl ?? 'https://localhost',
  basePath,
});
for (const problem of problems) console.error(problem);
console.log(`${pages} pages, ${links} links, ${problems.length} broken`);
if (pages === 0) console.error('dist/ has no pages. Run `npm run build` first.');
process.exitCode = problems.length > 0 || pages === 0 ? 1 : 0;
