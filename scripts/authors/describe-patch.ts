/** Maximum number of characters shown of a patch. GitHub accepts a megabyte. */
const SHOWN = 40_000;

/** Describes a proposed patch in Markdown: its files, and how to apply it. */
export function describePatch(patch: string, file: string): string {
  if (!patch) {
    return 'No patch: outputs, drawings and format of `content/` are up to date.';
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
    `A patch for ${pages.map((page) => `\`${page}\``).join(', ')}: these are the outputs, drawings`,
    'and the format that the commands make. If they are what you meant, download the artifact',
    `\`proposed-changes\` of this run, unpack it at the root of your clone, and run`,
    `\`git apply ${file}\`; or change the lines by hand, with a minus to take away and a plus to add:`,
    '',
    `${fence}diff`,
    shown + cut,
    fence,
  ].join('\n');
}
