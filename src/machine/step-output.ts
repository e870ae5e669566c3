/** Collects a step's output into one text. */
import type { StepResult } from './agent/step-shell.ts';
import type { Machine, RunHooks, RunRequest } from './machine.ts';

/** Runs a step with `run` and collects its output. */
export async function withOutput(
  run: (onOutput: (text: string) => void) => Promise<StepResult>,
): Promise<StepResult & { output: string }> {
  const parts: string[] = [];
  const result = await run((text) => parts.push(text));
  return { output: parts.join(''), ...result };
}

/** Runs a step on a machine and resolves to its result and output. Rejects as `Machine.run` does. */
export function runWithOutput(
  machine: Machine,
  request: RunRequest,
  hooks: RunHooks = {},
): Promise<StepResult & { output: string }> {
  return withOutput((keep) =>
    machine.run(request, {
      ...hooks,
      onOutput: (text) => {
        keep(text);
        hooks.onOutput?.(text);
      },
    }),
  );
}
