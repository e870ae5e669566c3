// Runs a program and ends it in time when this process is told to end.
import { spawn } from 'node:child_process';
import { killTree } from './kill-tree.mjs';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
// One Ctrl-C arrives twice: from the terminal and from npm.
const sameMs = 200;

/**
 * Runs a program. Returns its exit code, and whether something else killed it. The first signal goes on to the
 * program, which has `graceMs` to end. After that, or at a second signal, it is killed with all its descendants.
 *
 * @typedef {object} Own
 * @property {number} [graceMs] Without it, only a second signal kills.
 * @property {string} [name] Name of the program, for the message that it is being stopped.
 * @property {(data: Buffer) => void} [onError] Receives what the program prints as errors.
 * @param {string} command
 * @param {string[]} args
 * @param {Own & import('node:child_process').SpawnOptions} options
 * @returns {Promise<{ code: number, stopped: boolean, killed: boolean }>}
 */
export function runChild(command, args, { graceMs, name, onError, ...options }) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, options);
    let asked = 0;
    let timer;
    const stop = (signal) => {
      if (asked && Date.now() - asked < sameMs) return;
      if (asked) return killTree(child.pid);
      asked = Date.now();
      if (name) console.error(`\nStopping ${name} …`);
      child.kill(signal);
      if (graceMs) timer = setTimeout(() => killTree(child.pid), graceMs);
    };
    const settle = (result) => {
      clearTimeout(timer);
      for (const signal of signals) process.off(signal, stop);
      result();
    };
    for (const signal of signals) process.on(signal, stop);
    child.stderr?.on('data', onError);
    child.on('error', (error) => settle(() => fail(error)));
    // Not `exit`: at that time, the program's last output has not arrived yet.
    child.on(child.stderr ? 'close' : 'exit', (code, signal) =>
      settle(() =>
        done({
          code: code ?? (asked ? 130 : 1),
          stopped: asked > 0,
          killed: !asked && signal === 'SIGKILL',
        }),
      ),
    );
  });
}

/** Explains what to do when the system has killed a program, as it does when memory runs out. */
export function explainKill(name) {
  return (
    `The system killed ${name}, probably because memory ran out. ` +
    `README.md says how much memory is needed. Close other programs, and run the command again.`
  );
}
