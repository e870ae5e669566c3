/**
 * Must be imported before v86. In a browser, v86 starts a worker of its own, only as a timer. Firefox (seen
 * in ESR 153) sometimes hangs forever when a worker starts another one. Without `Worker`, v86 starts none,
 * and real-time.ts wakes the engine instead. This runs in the machine's own worker, which needs no other.
 */
Object.assign(globalThis, { Worker: undefined });

export {};
