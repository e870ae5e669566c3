/**
 * To be imported before v86. In a browser v86 starts a worker of its own, only to be woken by it, and
 * Firefox (seen in ESR 153) now and then hangs for ever when a worker starts another one. Where there
 * are no workers v86 starts none, and the engine is woken as real-time.ts does it. This runs in
 * the machine's own worker, which needs no other.
 */
Object.assign(globalThis, { Worker: undefined });

export {};
