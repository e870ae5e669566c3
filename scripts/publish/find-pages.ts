/**
 * Finds the address of this repository's GitHub Pages, for the build and for the job that publishes.
 * A repository without Pages is not a failure: the summary of the run then says how to switch Pages on.
 */
import { askGitHub, tell, type Environment } from './github.ts';

const hint = [
  '### The site is not published',
  '',
  'The checks ran, but GitHub Pages is not switched on for this repository. To publish the site:',
  '',
  '1. Open **Settings**, then **Pages**.',
  '2. Under **Build and deployment**, choose **GitHub Actions** as the source.',
  '3. Open **Actions**, then **Site**, and choose **Run workflow**.',
  '',
  'For a private repository, GitHub Pages needs a paid plan.',
];

/** Passes the site's address to the next steps. Without one, explains the reason in the summary. */
export async function findPages(environment: Environment): Promise<void> {
  const { status, body } = await askGitHub('pages', environment);
  const hasNone = status === 403 || status === 404;
  const pages = (hasNone ? {} : body) as { html_url?: string; build_type?: string };
  if (!hasNone && !pages.html_url)
    throw new Error(
      `GitHub answered with status ${status} when asked about Pages. Run the workflow again.`,
    );
  if (!pages.html_url || pages.build_type !== 'workflow') {
    tell('GITHUB_OUTPUT', ['pages=false'], environment);
    tell('GITHUB_STEP_SUMMARY', hint, environment);
    return;
  }
  const { origin, pathname } = new URL(pages.html_url);
  const base = pathname.replace(/\/+$/, '');
  tell('GITHUB_OUTPUT', ['pages=true', `url=${origin}${base}/`], environment);
  tell('GITHUB_ENV', [`SITE_URL=${origin}`, `BASE_PATH=${base}`], environment);
}

if (import.meta.main) await findPages(process.env);
