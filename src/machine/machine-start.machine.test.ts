/** Requests to the real machine while it starts. */
import { describe, expect, test } from 'vitest';
import { LocalMachine } from './local-machine.ts';
import { nodeEffects } from './node-machine.ts';
import { runWithOutput } from './step-output.ts';
import { machineFolder } from '../paths.ts';

const effects = nodeEffects(machineFolder);

describe('while the machine starts', () => {
  /** A machine whose first restore has begun. */
  const restoring = async () => {
    const other = new LocalMachine(effects);
    const started = other.start();
    await expect.poll(() => other.state.name, { interval: 1 }).toBe('restoring');
    return { other, started };
  };

  test('another start waits for its end, and a step runs after it', async () => {
    const { other } = await restoring();
    // Some of these calls come after the engine was made, and before the agent has answered.
    const seen: string[] = [];
    while (other.state.name === 'restoring') {
      void other.start().then(() => seen.push(other.state.name));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await other.start();
    expect(new Set(seen)).toEqual(new Set(['ready']));
    const { output } = await runWithOutput(other, { session: 'host', command: 'echo hi' });
    expect(output).toBe('hi\n');
    await other.dispose();
  });

  test('a pause holds once it has started', async () => {
    const { other, started } = await restoring();
    await other.pause();
    await started;
    expect(other.state).toEqual({ name: 'paused', next: { name: 'ready' } });
    await other.resume();
    const { output } = await runWithOutput(other, { session: 'host', command: 'echo hi' });
    expect(output).toBe('hi\n');
    await other.dispose();
  });
});
