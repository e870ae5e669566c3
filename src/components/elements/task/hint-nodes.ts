/** A hint as nodes: text, with `code` and the output of the check that failed. */
export function hintNodes(text: string, output: string): Node[] {
  return text.split(/(`[^`]+`|\{output\})/).map((part) => {
    if (part !== '{output}' && !/^`.+`$/s.test(part)) return document.createTextNode(part);
    const code = document.createElement('code');
    code.textContent = part === '{output}' ? output : part.slice(1, -1);
    return code;
  });
}
