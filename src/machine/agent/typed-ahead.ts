/** Keeps the input that a person types while a step runs, until a program reads it. */
import { StepError } from '../errors.ts';

/** Maximum number of characters. */
const MAX_TYPED = 1 << 16;
/** Ctrl-C and Ctrl-\ end the running program and discard earlier input, as in every terminal. */
// eslint-disable-next-line no-control-regex
const ENDS_STEP = /[\u0003\u001c]/g;

export class TypedAhead {
  #text = '';

  /** Removes the text, and returns it. */
  take(): string {
    const text = this.#text;
    this.#text = '';
    return text;
  }

  /**
   * Adds text, apart from each Ctrl-C and Ctrl-\, which discard what was typed before them. Returns those. Throws a
   * StepError when the text is too long.
   */
  add(data: string): string {
    const ends = data.match(ENDS_STEP)?.join('') ?? '';
    const rest = data.slice(data.search(/[^\u0003\u001c]*$/)); // eslint-disable-line no-control-regex
    if (ends) this.#text = '';
    if (this.#text.length + rest.length > MAX_TYPED)
      throw new StepError(`More than ${MAX_TYPED} characters were typed during a step.`);
    this.#text += rest;
    return ends;
  }
}
