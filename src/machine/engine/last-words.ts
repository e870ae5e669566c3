/** The kernel's last console messages before it stops, and their meaning. */
const LAST_WORDS: readonly (readonly [string, string])[] = [
  ['Kernel panic - not syncing', 'The kernel panicked.'],
  ['reboot: Power off not available', 'The machine was switched off.'],
  ['reboot: System halted', 'The machine was halted.'],
  // The machine cannot restart: it began from a snapshot, without firmware.
  ['reboot: Restarting system', 'The machine was told to restart.'],
];

const LONGEST = Math.max(...LAST_WORDS.map(([words]) => words.length));

/** Watches the console, and calls `onLast` with a sentence for the reader when the kernel stops. */
export function listenForLastWords(onLast: (message: string) => void): (text: string) => void {
  let tail = '';
  return (text) => {
    const heard = tail + text;
    const last = LAST_WORDS.find(([words]) => heard.includes(words));
    tail = last ? '' : heard.slice(1 - LONGEST);
    if (last) onLast(last[1]);
  };
}
