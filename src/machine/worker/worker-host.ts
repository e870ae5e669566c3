/** The worker's half of the protocol, around any machine. */
import type { Machine } from '../machine.ts';
import { WORKER_PROTOCOL } from './protocol.ts';
import type { Reply, Request, RequestResult, StartRequest } from './protocol.ts';
import type { StepResult } from '../agent/session.ts';

/** Answers requests by calling `machine`, which `create` makes at the first `start`. */
export function serveMachine(
  create: (request: StartRequest) => Machine,
  post: (reply: Reply) => void,
): (request: Request) => void {
  const running = new Map<number, { stop: AbortController; interrupt: AbortController }>();
  let machine: Machine | undefined;

  function started(request: StartRequest): Machine {
    if (machine) return machine;
    machine = create(request);
    machine.subscribe((state) => post({ type: 'state', state }));
    return machine;
  }

  async function run(request: Request & { type: 'run' }): Promise<StepResult> {
    const { id, session, command, timeout } = request;
    const stop = new AbortController();
    const interrupt = new AbortController();
    running.set(id, { stop, interrupt });
    try {
      return await required().run(
        { session, command, timeout },
        {
          signal: stop.signal,
          interrupt: interrupt.signal,
          onOutput: (text) => post({ type: 'output', id, text }),
        },
      );
    } finally {
      running.delete(id);
    }
  }

  function required(): Machine {
    if (machine) return machine;
    throw new Error('The machine was not started.');
  }

  async function answer(request: Request): Promise<RequestResult> {
    switch (request.type) {
      case 'start':
        await started(request).start();
        return undefined;
      case 'run':
        return run(request);
      case 'stop':
        running.get(request.target)?.stop.abort();
        return undefined;
      case 'interrupt':
        running.get(request.target)?.interrupt.abort();
        return undefined;
      case 'reset':
        await required().reset();
        return undefined;
      case 'checkpoint':
        return required().checkpoint();
      case 'return':
        return required().returnTo(request.to);
      case 'pause':
        await machine?.pause();
        return undefined;
      case 'resume':
        await machine?.resume();
        return undefined;
      case 'ping':
        return undefined;
    }
  }

  post({ type: 'hello', protocol: WORKER_PROTOCOL });
  return (request) => {
    const { id } = request;
    answer(request).then(
      (result) => post({ type: 'done', id, result }),
      (reason: unknown) => {
        const error = reason instanceof Error ? reason : new Error(String(reason));
        post({ type: 'failed', id, name: error.name, message: error.message });
      },
    );
  };
}
