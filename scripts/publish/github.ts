/** The requests of the publishing scripts to GitHub, and their outputs. */
import { appendFileSync } from 'node:fs';

/** The variables that GitHub sets for each step, and GITHUB_TOKEN, which the workflow passes on. */
export type Environment = Record<string, string | undefined>;

/** Asks GitHub's API about this repository. */
export async function askGitHub(
  path: string,
  environment: Environment = process.env,
): Promise<{ status: number; body: unknown }> {
  const { GITHUB_API_URL: api, GITHUB_REPOSITORY: repository, GITHUB_TOKEN: token } = environment;
  const response = await fetch(`${api}/repos/${repository}/${path}`, {
    headers: { Accept: 'application/vnd.github+json', Authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(30_000),
  });
  return { status: response.status, body: await response.json().catch(() => undefined) };
}

/** Appends lines to a file of GitHub's, such as GITHUB_OUTPUT. Elsewhere it prints them. */
export function appendLines(
  file: string,
  lines: string[],
  environment: Environment = process.env,
): void {
  const path = environment[file];
  const text = lines.map((line) => `${line}\n`).join('');
  console.log(`${file}:\n${text}`);
  if (path) appendFileSync(path, text);
}
