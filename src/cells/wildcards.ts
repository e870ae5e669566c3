/** Finds what stands for text that may be another one each time, in a line as its author wrote it. */

export const WILDCARD = /\.\.\.|<(?:number|hex|pid|duration)>/g;
