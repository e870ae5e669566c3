/** The generated documents for authors. Tests compare them with the committed files. */
import { format, resolveConfig } from 'prettier';
import { describeFields } from './describe-fields.ts';
import { describePrograms } from './describe-programs.ts';

/** A generated document: its path below the top folder, and its formatted text. */
export interface Reference {
  file: string;
  text: () => Promise<string>;
}

export const fields: Reference = {
  file: 'docs/data-fields.md',
  text: () => inOneForm('docs/data-fields.md', describeFields()),
};

export const programs: Reference = {
  file: 'docs/machine-programs.md',
  text: async () => inOneForm('docs/machine-programs.md', await describePrograms()),
};

export const references = [fields, programs];

async function inOneForm(file: string, text: string): Promise<string> {
  return await format(text, { ...(await resolveConfig(file)), filepath: file });
}
