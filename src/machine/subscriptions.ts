/** What is asked of the agent of each machine that is started, one after the other. */
import type { Channel } from './agent/channel.ts';

interface Subscription {
  attach: (channel: Channel) => () => void;
  detach?: (() => void) | undefined;
}

export class Subscriptions {
  readonly #all = new Set<Subscription>();
  #channel: Channel | undefined;

  /** Calls `attach` with the channel that there is, if there is one, and with each that comes after it. Returns how to end that. */
  add(attach: Subscription['attach']): () => void {
    const subscription: Subscription = { attach };
    if (this.#channel) subscription.detach = attach(this.#channel);
    this.#all.add(subscription);
    return () => {
      this.#all.delete(subscription);
      subscription.detach?.();
    };
  }

  /** Goes over to another channel; the one before is gone. */
  attach(channel: Channel): void {
    this.#channel = channel;
    for (const subscription of this.#all) subscription.detach = subscription.attach(channel);
  }

  /** The channel is gone. */
  detach(): void {
    this.#channel = undefined;
    for (const subscription of this.#all) subscription.detach = undefined;
  }
}
