/** The worker's side of the table of methods, for any machine. */
import type { Machine } from '../machine.ts';
import { methods } from './methods.ts';
import type { Hooks, MethodName } from './methods.ts';
import { WORKER_PROTOCOL } from './protocol.ts';
import type { MachineSettings, PageMessage, WorkerMessage } from './protocol.ts';
import { TextBatch } from './text-batch.ts';

/** Answers the page's messages. `create` makes the machine at the first one. */
export function serveMachine(
  create: (settings: MachineSettings) => Machine,
  post: (message: WorkerMessage) => void,
): (message: PageMessage) => void {
  let machine: Machine | undefined;
  /** The signals of the running calls, and the functions that end subscriptions, by id. */
  const signals = new Map<number, Record<string, AbortController>>();
  const ends = new Map<number, () => void>();

  function invoke(method: MethodName, given: unknown[]): unknown {
    if (!machine) throw new Error('The machine does not exist yet.');
    return (machine[method] as (...given: unknown[]) => unknown)(...given);
  }

  async function call({ id, method, given, hooks: names }: PageMessage & { type: 'call' }) {
    const crossing = methods[method];
    const kinds: Hooks = crossing.kind === 'call' ? crossing.hooks : {};
    const controllers: Record<string, AbortController> = {};
    const batches: TextBatch[] = [];
    const hooks = names.map(([hook, aborted]) => {
      if (kinds[hook] === 'text') {
        const batch = new TextBatch((value) => post({ type: 'event', id, hook, value }));
        batches.push(batch);
        return [hook, (text: string) => batch.add(text)];
      }
      const controller = new AbortController();
      if (aborted) controller.abort();
      controllers[hook] = controller;
      return [hook, controller.signal];
    });
    signals.set(id, controllers);
    try {
      const result = await invoke(
        method,
        hooks.length ? [...given, Object.fromEntries(hooks)] : given,
      );
      for (const batch of batches) batch.flush();
      post({ type: 'done', id, result });
    } catch (reason) {
      for (const batch of batches) batch.flush();
      const { name, message } = reason instanceof Error ? reason : new Error(String(reason));
      post({ type: 'failed', id, name, message });
    } finally {
      signals.delete(id);
    }
  }

  function subscribe({ id, method, given }: PageMessage & { type: 'subscribe' }): void {
    const listener = (value: unknown) => post({ type: 'event', id, hook: 'listener', value });
    ends.set(id, invoke(method, [...given, listener]) as () => void);
  }

  function unsubscribe(id: number): void {
    ends.get(id)?.();
    ends.delete(id);
  }

  post({ type: 'hello', protocol: WORKER_PROTOCOL });
  return (message) => {
    switch (message.type) {
      case 'create':
        machine ??= create(message.settings);
        return;
      case 'call':
        return void call(message);
      case 'abort':
        return signals.get(message.id)?.[message.signal]?.abort();
      case 'subscribe':
        return subscribe(message);
      case 'unsubscribe':
        return unsubscribe(message.id);
      case 'ping':
        return post({ type: 'pong' });
    }
  };
}
