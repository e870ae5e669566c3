// The drawing of stacked blocks that <Stacks /> switches: content/stacks.yaml.
import { z } from 'astro/zod';

/** The kinds of isolation, in the order of the switch. */
export const stackKinds = ['vm', 'microvm', 'sandbox', 'container'] as const;

const label = z
  .string()
  .min(1)
  .regex(/^[^\n]*$/, 'Write one line')
  .max(40, 'A label has at most 40 characters');

const kind = z.strictObject({
  name: label.describe('The name in the switch.'),
  figure: z
    .string()
    .regex(/^\d+\.\d+$/, 'Write the number of a figure, for instance "1.1"')
    .optional()
    .describe('The number of the figure, if it has one.'),
  kernel: label
    .optional()
    .describe('The label of the kernel that each application has for itself, if it has one.'),
  monitor: label
    .optional()
    .describe('The label of the program below that kernel, if there is one.'),
  host: label.describe('The label of the kernel that all share.'),
  manager: label.describe('The label of the program beside the stacks that starts and stops them.'),
  says: z.string().min(1).max(500).describe('The same in words.'),
});

export const stacksSchema = z.strictObject({
  title: z.string().min(1).describe('The title of the drawing.'),
  applications: z.array(label).length(3).describe('The three applications, which stay in place.'),
  hardware: label.describe('The label of the lowest block.'),
  legend: z
    .strictObject({
      inside: label.describe('The colour of the parts that an application has for itself.'),
      outside: label.describe('The colour of the host.'),
    })
    .describe('The meaning of the two colours.'),
  kinds: z.record(z.enum(stackKinds), kind).describe('The four stacks.'),
});
