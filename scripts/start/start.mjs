import { runOnBundledNode } from './bootstrap.mjs';

try {
  process.exitCode = await runOnBundledNode('scripts/start/start-site.ts');
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
