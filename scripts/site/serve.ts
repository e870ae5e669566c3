// Serves the built site.
import { serveSite } from './serve-site.ts';

if (!(await serveSite(process.argv.slice(2)))) process.exitCode = 1;
