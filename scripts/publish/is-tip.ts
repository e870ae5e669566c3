/**
 * Finds out whether this run's commit is still the newest of its branch. Only then it may be published:
 * a re-run of an old run must not bring back an old site.
 */
import { askGitHub, tell, type Environment } from './github.ts';

/** Tells the next steps whether the commit is the tip, and the reader when it is not. */
export async function isTip(environment: Environment): Promise<void> {
  const { GITHUB_REF: ref = '', GITHUB_SHA: commit } = environment;
  const { status, body } = await askGitHub(`git/${ref.replace(/^refs\//, 'ref/')}`, environment);
  const tip = (body as { object?: { sha?: string } } | undefined)?.object?.sha;
  if (!tip) throw new Error(`GitHub answered with ${status} about ${ref}.`);
  tell('GITHUB_OUTPUT', [`tip=${tip === commit}`], environment);
  if (tip === commit) return;
  const reason = `Not published: ${commit} is no longer the newest commit, which is ${tip}.`;
  tell('GITHUB_STEP_SUMMARY', [reason], environment);
}

if (import.meta.main) await isTip(process.env);
