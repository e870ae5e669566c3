/** The output of a step as one text, for those who want it at the end. */
import type { StepResult } from './agent/step-shell.ts';
import type { Machine, RunHooks, RunRequest } from './machine.ts';

/** Runs a step by `run` and keeps its output. */
export async function withOutput(
  run: (onOutput: (text: string) => void) => Promise<StepResult>,
): Promise<StepResult & { output: string }> {
  const parts: string[] = [];
  const result = await run((text) => parts.push(text));
  return { output: parts.join(''), ...result };
}

/** Runs a step of a machine, and gives its output with the result. Rejects as `Machine.run` does. */
export function runWhole(
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
