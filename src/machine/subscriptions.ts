/** Subscriptions that outlive one start of the machine: each new channel gets them again. */
import type { Channel } from './agent/channel.ts';

interface Subscription {
  attach: (channel: Channel) => () => void;
  detach?: (() => void) | undefined;
}

export class Subscriptions {
  readonly #all = new Set<Subscription>();
  #channel: Channel | undefined;

  /** Calls `attach` with the current channel, if any, and each later one. Returns a function that unsubscribes. */
  add(attach: Subscription['attach']): () => void {
    const subscription: Subscription = { attach };
    if (this.#channel) subscription.detach = attach(this.#channel);
    this.#all.add(subscription);
    return () => {
      this.#all.delete(subscription);
      subscription.detach?.();
    };
  }

  /** Moves all subscriptions to a new channel; the previous one has ended. */
  attach(channel: Channel): void {
    this.#channel = channel;
    for (const subscription of this.#all) subscription.detach = subscription.attach(channel);
  }

  /** The channel has ended. */
  detach(): void {
    this.#channel = undefined;
    for (const subscription of this.#all) subscription.detach = undefined;
  }
}
