/** Reads the choices of <Switches>: `id=Label|id=Label`. */

export interface Choice {
  id: string;
  label: string;
}

/** The choices of an attribute. Throws an Error that names the first one that cannot be read. */
export function readChoices(text: string): Choice[] {
  const choices = text.split('|').map((each) => {
    const [, id, label] = /^\s*([a-z][a-z0-9-]*)=(.*\S)\s*$/.exec(each) ?? [];
    if (!id || !label) {
      throw new Error(
        `The choice “${each.trim()}” cannot be read. Write choices="id=Label|id=Label"; an id has lower-case letters, digits and hyphens.`,
      );
    }
    return { id, label };
  });
  const double = choices.find(({ id }, at) => choices.findIndex((other) => other.id === id) < at);
  if (double) throw new Error(`Two choices have the id “${double.id}”. Rename one of them.`);
  return choices;
}
