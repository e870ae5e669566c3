/** Maximum number of characters shown of a patch. GitHub accepts a megabyte. */
const SHOWN = 40_000;

/** Describes a proposed patch in Markdown: its files, and how to apply it. */
export function describePatch(patch: string, file: string): string {
  if (!patch) {
    return 'No patch: the outputs, drawings and formatting of `content/` are up to date.';
  }
  const pages = [...patch.matchAll(/^diff --git a\/(\S+)/gm)].map(([, path = '']) => path);
  // Drawings are long and not readable as text.
  const readable = patch
    .split(/^(?=diff --git )/m)
    .filter((part) => !part.startsWith('diff --git a/content/.diagrams/'))
    .join('');
  const shown = readable.slice(0, SHOWN);
  const cut = shown.length < readable.length ? '\n(The rest is in the file.)' : '';
  // The marks have to be longer than any fence in the patch.
  const longest = Math.max(3, ...[...shown.matchAll(/`+/g)].map(([marks]) => marks.length));
  const fence = '`'.repeat(longest + 1);
  return [
    `This patch for ${pages.map((page) => `\`${page}\``).join(', ')} contains the outputs, drawings`,
    'and formatting that the commands produce. If they are what you meant, download the artifact',
    `\`proposed-changes\` of this run, unpack it at the root of your clone, and run`,
    `\`git apply ${file}\`. You can also edit by hand: remove lines with a minus, and add lines with a plus.`,
    '',
    `${fence}diff`,
    shown + cut,
    fence,
  ].join('\n');
}
