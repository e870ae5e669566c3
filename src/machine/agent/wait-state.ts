/**
 * Records whether a session's shell is waiting at its prompt or a program is waiting for input, and whether a person
 * started that program.
 */

/** Its part of a saved state; each field is left out if it is false. */
export interface WaitRecord {
  /** Whether a program that a person started as a step is waiting for input. */
  isHeldByPerson?: true;
  /** Whether a program or a shell without our prompts is waiting, rather than a shell at its prompt. */
  isInProgram?: true;
}

export class WaitState {
  #isHeldByPerson: boolean;
  #isAtPrompt: boolean;

  constructor({ isHeldByPerson = undefined, isInProgram = undefined }: WaitRecord = {}) {
    this.#isHeldByPerson = isHeldByPerson ?? false;
    this.#isAtPrompt = !isInProgram;
  }

  /** Whether steps of cells have to wait for a program that a person started. */
  get isHeldByPerson(): boolean {
    return this.#isHeldByPerson;
  }

  get isAtPrompt(): boolean {
    return this.#isAtPrompt;
  }

  /** Notes a wait. `isTyped`: whether a person has typed the command that led to it. */
  note(status: number | undefined, isTyped: boolean): void {
    if (status !== undefined) this.#isHeldByPerson = false;
    // A shell without our prompts, such as a container's, also reports no status. If a cell has started one, later cells
    // run in it.
    else if (isTyped && this.#isAtPrompt) this.#isHeldByPerson = true;
    this.#isAtPrompt = status !== undefined;
  }

  record(): WaitRecord {
    return {
      ...(this.#isHeldByPerson && { isHeldByPerson: true }),
      ...(!this.#isAtPrompt && { isInProgram: true }),
    };
  }
}
