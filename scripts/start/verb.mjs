// Runs one of the npm commands. Old versions of Node also have to be able to read this file.
import { unfitNode } from './node-range.mjs';

/** Checks Node, installs what is missing, runs a script and returns its exit code. */
export function runVerb(script, args) {
  const unfit = unfitNode();
  if (unfit) {
    console.error(unfit);
    return Promise.resolve(1);
  }
  return import('./bootstrap.mjs')
    .then(({ runOnBundledNode }) => runOnBundledNode(script, args))
    .catch((error) => {
      console.error(error.message);
      return 1;
    });
}
