/**
 * Finds out whether this run's commit is still the newest of its branch. It may be published only if it is:
 * a re-run of an old run must not restore an old site.
 */
import { askGitHub, appendLines, type Environment } from './github.ts';

/** Passes on to the next steps whether the commit is the tip. If not, notes it in the summary. */
export async function isTip(environment: Environment): Promise<void> {
  const { GITHUB_REF: ref = '', GITHUB_SHA: commit } = environment;
  const { status, body } = await askGitHub(`git/${ref.replace(/^refs\//, 'ref/')}`, environment);
  const tip = (body as { object?: { sha?: string } } | undefined)?.object?.sha;
  if (!tip)
    throw new Error(
      `GitHub answered with status ${status} when asked about ${ref}. Run the workflow again.`,
    );
  appendLines('GITHUB_OUTPUT', [`tip=${tip === commit}`], environment);
  if (tip === commit) return;
  const reason = `Not published: ${commit} is no longer the newest commit. The newest is ${tip}.`;
  appendLines('GITHUB_STEP_SUMMARY', [reason], environment);
}

if (import.meta.main) await isTip(process.env);
