// The first step of every npm command: node scripts/start/run.mjs SCRIPT [ARGUMENT...]
// It needs nothing but Node: it installs the packages, and runs the script on the project's own Node.
import { runVerb } from './verb.mjs';

const [script, ...args] = process.argv.slice(2);
runVerb(script, args).then((code) => (process.exitCode = code));
