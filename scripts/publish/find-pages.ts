/**
 * Finds the address of this repository's GitHub Pages, for the build and for the job that publishes.
 * A repository without Pages is not a failure: the summary of the run then says how to switch Pages on.
 */
import { askGitHub, appendLines, type Environment } from './github.ts';

/** The reasons that the summary gives when the site is not published. */
const reasons = {
  none: 'The checks ran, but GitHub Pages is not switched on for this repository. To publish the site:',
  refused:
    'The checks ran, but GitHub refused to show the settings of Pages (status 403). In a private repository, Pages needs a paid plan. With such a plan, or in a public repository, publish the site like this:',
  branch:
    'The checks ran, but GitHub Pages publishes this repository from a branch, not from this workflow. To publish the site:',
};

const steps = [
  '1. Open **Settings**, then **Pages**.',
  '2. Under **Build and deployment**, choose **GitHub Actions** as the source.',
  '3. Open **Actions**, then **Site**, and choose **Run workflow**.',
];

const describe = (reason: keyof typeof reasons): string[] => [
  ...['### The site is not published', '', reasons[reason], '', ...steps],
];

/** The reason that the site cannot be published from the workflow, if there is one. */
function findReason(status: number, buildType?: string): keyof typeof reasons | undefined {
  if (status === 404) return 'none';
  if (status === 403) return 'refused';
  return status === 200 && buildType !== 'workflow' ? 'branch' : undefined;
}

/** Passes the site's address to the next steps. Without one, explains the reason in the summary. */
export async function findPages(environment: Environment): Promise<void> {
  const { status, body } = await askGitHub('pages', environment);
  const pages = (body ?? {}) as { html_url?: string; build_type?: string };
  const reason = findReason(status, pages.build_type);
  if (reason) {
    appendLines('GITHUB_OUTPUT', ['pages=false'], environment);
    appendLines('GITHUB_STEP_SUMMARY', describe(reason), environment);
    return;
  }
  if (!pages.html_url)
    throw new Error(
      `GitHub answered with status ${status} when asked about Pages. Run the workflow again.`,
    );
  const { origin, pathname } = new URL(pages.html_url);
  const base = pathname.replace(/\/+$/, '');
  appendLines('GITHUB_OUTPUT', ['pages=true', `url=${origin}${base}/`], environment);
  appendLines('GITHUB_ENV', [`SITE_URL=${origin}`, `BASE_PATH=${base}`], environment);
}

if (import.meta.main) await findPages(process.env);
