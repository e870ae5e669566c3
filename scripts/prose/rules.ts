/** The rules of language that a program can check. content/README.md explains all rules, with the same examples. */

export interface ProseRule {
  /** The letter of the rule in content/README.md. */
  rule: string;
  /** What breaks the rule. */
  pattern: RegExp;
  /** What to write instead. */
  advice: string;
  /** Sentences that break the rule, each with a better one. */
  examples: readonly (readonly [wrong: string, right: string])[];
}

const month =
  '(?:January|February|March|April|May|June|July|August|September|October|November|December)';

export const proseRules: readonly ProseRule[] = [
  {
    rule: 'A',
    pattern: new RegExp(
      String.raw`\b(?:is|are|was|were) of (?:${month}|\d{4}|\d+\.\d+)\b|, of ${month}\b`,
    ),
    advice: 'Write "dates from 2002", "came out in March 2013" or "2.6.24 (January 2008)".',
    examples: [
      ['The paper that describes them is of 2000.', 'A 2000 paper describes them.'],
      ['Linux 2.6.24, of January 2008, had cgroups.', 'Linux 2.6.24 (January 2008) had cgroups.'],
    ],
  },
  {
    rule: 'B',
    pattern:
      /(?:^|[.!?:]\s+)(?:What|Who|Whoever|Whom)\s+(?!(?:is|are|was|were|does|did|do|has|have|would|could|can)\s)[a-z][^.!?]*\.(?:\s|$)|\bit is (?:whom?|what)\b/,
    advice: 'Name the actor or the thing: "A process that meets the limit gets …".',
    examples: [
      ['What boots on it is an operating system.', 'An operating system boots on it.'],
      ['Who meets the limit gets an error.', 'A process that hits the limit gets an error.'],
    ],
  },
  {
    rule: 'C',
    pattern:
      /\bSo it is with\b|\b(?:works?|worked|treated|handled|named|built|done|called|made|mounted) so[.,;:](?!\w)|\bmade so\b/,
    advice: 'Write "this way", or name the way.',
    examples: [
      ['So it is with the processor.', 'The processor works this way.'],
      ['All instructions are treated so.', 'All instructions are handled this way.'],
    ],
  },
  {
    rule: 'D',
    pattern: /, too, |\bbut also (?:for|of|with) the\b/,
    advice: 'Put "also" before the verb, or "as well" at the end.',
    examples: [
      ['PID namespaces, too, entered the kernel.', 'PID namespaces also entered the kernel.'],
    ],
  },
  {
    rule: 'E',
    pattern: /\b(?:tells?|told) (?:the|its|their|how|what|which|whether|why)\b(?!.{0,20} apart)/,
    advice: 'Programs print, report, show or decode.',
    examples: [
      ['`lxc-info` tells the number.', '`lxc-info` prints the PID.'],
      [
        'This page tells what the machine is made of.',
        'This page explains what the machine is made of.',
      ],
    ],
  },
  {
    rule: 'F',
    pattern:
      /\b(?:dearer|as dear|shall|hosters?|reckon(?:s|ed)? with|whosoever|whence|thereby|hereby|thereof|lest|whilst|amongst|upon|he may|one may)\b/i,
    advice: 'Use the modern word: expensive, must, hosting provider, expect, they may, on.',
    examples: [
      ['It is less than 20 times as dear.', 'It is less than 20 times as expensive.'],
      ["Strangers' code shall start fast.", 'Untrusted code must start fast.'],
      ['He may read the file.', 'They may read the file.'],
    ],
  },
  {
    rule: 'G',
    pattern:
      /\b(?:features?|files?|bytes|options?|steps?) (?:less|more)[.,;]|\bAll (?:was|were) [a-z]+\.(?:\s|$)/,
    advice: 'Finish the sentence, and name the actor.',
    examples: [
      ['It works with some features less.', 'It works without some features.'],
      ['All was read.', 'The kernel read every file.'],
    ],
  },
  {
    rule: 'H',
    pattern:
      /\basks? after (?:any|its|the|a) \w+|\bthin covers?\b|\b[Ww]hat stands before\b|\bnobody asked\b/,
    advice: 'Use the technical term: wait for a child, a thin wrapper, the prefix.',
    examples: [
      ['Process 1 asks after any child.', 'Process 1 waits for every child.'],
      [
        'The commands are thin covers for two calls.',
        'The commands are thin wrappers for two calls.',
      ],
    ],
  },
  {
    rule: 'I',
    pattern:
      /\bwas not the [a-z]+, but the\b|\bas soon as you have it\b|\bis of (?:both|neither|no use)\b/,
    advice: 'Say the plain fact.',
    examples: [
      ['What came late was not the use, but the use by everybody.', 'Mass adoption came late.'],
      ['A list is old as soon as you have it.', 'A list is stale the moment you read it.'],
    ],
  },
];
