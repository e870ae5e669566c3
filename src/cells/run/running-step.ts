/** A step that is running: of a cell, or a command that the reader has typed. */
export interface RunningStep {
  /** The cell's id; undefined for a typed command. */
  cell?: string;
  /** Its number, from 1. */
  step: number;
}
