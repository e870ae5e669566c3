// Parses a ```mermaid fence: Mermaid's language, with a title and a description.
import { AuthorError, type Position } from '../author-error.ts';

/** The words of a diagram for readers who cannot see it. */
export interface DiagramWords {
  title: string;
  description: string;
}

/** Parses title and description of a diagram, whose fence starts at the given position. */
export function readWords(source: string, fence: Position): DiagramWords {
  const title = /^[ \t]*accTitle[ \t]*:[ \t]*(.+)$/m.exec(source)?.[1];
  const description =
    /^[ \t]*accDescr[ \t]*:[ \t]*(.+)$/m.exec(source)?.[1] ??
    /^[ \t]*accDescr[ \t]*\{([^}]*)\}/m.exec(source)?.[1];
  const missing = [!title?.trim() && 'accTitle', !description?.trim() && 'accDescr'].filter(
    Boolean,
  );
  if (!title || !description || missing.length > 0) throw undescribed(missing.join(' and '), fence);
  return { title: title.trim(), description: description.replace(/\s+/g, ' ').trim() };
}

/** Throws for a fence that its author takes for a diagram: its text would be shown in place of the drawing. */
export function checkDiagramName(language: string, position: Position): void {
  if (language === 'mermaid' || language.toLowerCase() !== 'mermaid') return;
  throw new AuthorError({
    name: 'NotADiagram',
    title: 'A fence looks like a diagram but is not one',
    message: 'This fence looks like a diagram but is not one, so nothing would draw it.',
    hint: `Write "mermaid" instead of "${language}".`,
    position,
  });
}

function undescribed(missing: string, position: Position): AuthorError {
  return new AuthorError({
    name: 'UndescribedDiagram',
    title: 'A diagram has no title or no description',
    message: `This diagram has no ${missing}. Readers who cannot see it would get nothing.`,
    hint: 'Below the first line of the diagram, write `accTitle: …` with a short title and `accDescr: …` with what the drawing shows.',
    position,
  });
}

/** Turns Mermaid's error into a mistake with the line in the page and Mermaid's reason. */
export function explainBrokenDiagram(error: Error, fence: Position): AuthorError {
  const [reason = ''] = error.message.split(/\n\s+at /);
  const lineInDiagram = Number(/\bon line (\d+)/.exec(reason)?.[1] ?? 0);
  const ownReason = reason.replace(/^page\.evaluate: (?:Error: )?/, '').replace(/ on line \d+/, '');
  return new AuthorError({
    name: 'BrokenDiagram',
    title: 'Mermaid cannot draw a diagram',
    message: `Mermaid cannot draw this diagram. ${ownReason.trim()}`,
    hint: 'Correct the diagram at this line; the syntax is described at https://mermaid.js.org/intro/syntax-reference.html',
    position: { ...fence, line: fence.line + lineInDiagram },
  });
}

/** The mistake of a diagram that sets its own colours. */
export function explainFixedColours(colours: string[], position: Position): AuthorError {
  return new AuthorError({
    name: 'FixedDiagramColour',
    title: 'A diagram sets a colour of its own',
    message: `This diagram sets the colour ${colours.join(', ')}, which would not change with the page’s theme.`,
    hint: 'Remove the colour, or give the element a role: `:::outside` for the host, `:::inside` for what is in a container.',
    position,
  });
}

/** The mistake of a diagram that is too wide for a phone. */
export function explainWideDiagram(width: number, widest: number, position: Position): AuthorError {
  return new AuthorError({
    name: 'WideDiagram',
    title: 'A diagram is too wide for a phone',
    message: `This diagram is ${width} px wide. A phone can show at most ${widest} px in readable size.`,
    hint: 'Let it grow downwards (`flowchart TB`), break long names with `<br/>`, or put fewer boxes side by side.',
    position,
  });
}
