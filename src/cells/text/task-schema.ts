/** The schema of a task's YAML. */
import * as z from 'zod';

const text = z.string().regex(/\S/, 'Write some text');
const command = z.string().regex(/\S/, 'Write a command');
const commands = z.array(command).min(1, 'Write at least one command');
const lines = z.union([
  z.string().transform((line) => line.replace(/\n$/, '').split('\n')),
  z.array(z.string()),
]);
const name = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]*$/,
    'Write lower-case letters, digits and hyphens, and begin with a letter',
  );

/** Maximum number of values of a range: they are all listed when one is drawn. */
const MAX_VALUES = 10_000;

const range = z
  .strictObject({ from: z.int(), to: z.int(), step: z.int().min(1).default(1) })
  .refine(({ from, to }) => from < to, { message: 'Write a larger number', path: ['to'] })
  .refine(({ from, to, step }) => (to - from) % step === 0, {
    message: 'The range has to end at a whole number of steps',
    path: ['step'],
  })
  .refine(({ from, to, step }) => (to - from) / step < MAX_VALUES, {
    message: 'Write a range of at most 10,000 values',
    path: ['to'],
  });
const list = z.strictObject({
  of: z
    .array(z.union([text, z.number().transform(String)]))
    .min(2, 'Write at least two values')
    .refine((all) => new Set(all).size === all.length, 'Write each value once'),
});

const hint = z.strictObject({ id: name, when: text.optional(), say: text });
const check = z.strictObject({
  run: command,
  prints: lines.optional(),
  status: z.int().min(0).max(255).default(0),
  hints: z.array(hint).min(1, 'Write at least one hint'),
});

export const taskSchema = z.strictObject({
  goal: text,
  values: z.record(name, z.union([range, list])).default({}),
  checks: z.array(check).min(1, 'Write at least one check'),
  solutions: z.array(commands).min(2, 'Write at least two different solutions'),
  mistakes: z
    .array(z.strictObject({ run: commands, hint: name }))
    .min(2, 'Write at least two typical mistakes'),
});
