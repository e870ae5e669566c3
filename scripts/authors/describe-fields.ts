/** Generates docs/data-fields.md: the fields of the files in content/, from their schemas. */
import { z } from 'astro/zod';
import { chapterFields } from '../../src/course-data/chapter-frontmatter.ts';
import { comparisonSchema } from '../../src/course-data/comparison.ts';
import { evidenceSchema } from '../../src/course-data/evidence.ts';
import { sourceSchema } from '../../src/course-data/source.ts';
import { stacksSchema } from '../../src/course-data/stacks.ts';
import { termSchema } from '../../src/course-data/term.ts';
import { timelineSchema } from '../../src/course-data/timeline.ts';

/** The part of a JSON schema that the tables show. */
interface Schema {
  title?: string;
  type?: string;
  description?: string;
  enum?: string[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
}

const files: [title: string, intro: string, schema: z.ZodType][] = [
  [
    'A chapter: `content/chapters/*.mdx`',
    'These fields belong in the frontmatter, between two `---` lines. Like every page, a chapter also has a `title` and a `description`.',
    chapterFields,
  ],
  [
    'A source: `content/sources/*.yaml`',
    'The file’s name is the id that `<Cite>` uses: `clone2.yaml` is `<Cite id="clone2" />`.',
    sourceSchema,
  ],
  [
    'A term: `content/terms/*.yaml`',
    'The file’s name is the id that `<Term>` uses: `cgroup.yaml` is `<Term id="cgroup">`.',
    termSchema,
  ],
  [
    'A timeline: `content/timelines/*.yaml`',
    'The file’s name is the id that `<Timeline>` uses.',
    timelineSchema,
  ],
  ['The comparison: `content/comparison.yaml`', 'There is one such file.', comparisonSchema],
  [
    'The stacked blocks: `content/stacks.yaml`',
    'There is one such file, which `<Stacks />` draws.',
    stacksSchema,
  ],
  ['The evidence: `content/evidence.yaml`', 'There is one such file.', evidenceSchema],
];

/** The document, in Markdown. */
export function describeFields(): string {
  const sections = files.map(([title, intro, schema]) => {
    const rows = rowsOf(z.toJSONSchema(schema, { io: 'input' }) as Schema, '');
    return [
      `## ${title}`,
      intro,
      ['| field | required | form | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n'),
    ].join('\n\n');
  });
  return [
    '# The fields of the files in content/',
    '<!-- Made from src/course-data/ by `npm run references`. Do not edit it. -->',
    'A date is a year, a month or a day: `1979`, `1979-01` or `1979-01-31`, as precisely as it is known. A field that is not listed here stops the build.',
    ...sections,
  ].join('\n\n');
}

function rowsOf({ properties = {}, required = [] }: Schema, prefix: string): string[] {
  return Object.entries(properties).flatMap(([name, field]) => {
    const path = prefix + name;
    const cells = [
      `\`${path}\``,
      required.includes(name) ? 'yes' : 'no',
      formOf(field),
      field.description ?? '',
    ];
    return [`| ${cells.join(' | ')} |`, ...nestedRows(field, path)];
  });
}

/** The rows of what a field holds: `events[].date`, `cells.*.verdict`. */
function nestedRows(field: Schema, path: string): string[] {
  if (field.items) return nestedRows(field.items, `${path}[]`);
  if (field.properties) return rowsOf(field, `${path}.`);
  const { additionalProperties: each } = field;
  return typeof each === 'object' ? nestedRows(each, `${path}.*`) : [];
}

function formOf(field: Schema): string {
  if (field.title) return field.title;
  if (field.enum) return field.enum.map((value) => `\`${value}\``).join(', ');
  if (field.type === 'array') {
    const many = field.items?.type === 'string' ? 'list of texts' : 'list';
    return `${many}, ${range(field.minItems ?? 0, field.maxItems)}`;
  }
  if (field.type === 'integer') return `whole number, ${range(field.minimum ?? 0, field.maximum)}`;
  if (field.type === 'object') return 'group of fields';
  return field.maxLength ? `text, at most ${field.maxLength} characters` : 'text';
}

function range(least: number, most: number | undefined): string {
  return most === undefined ? `at least ${least}` : `${least} to ${most}`;
}
