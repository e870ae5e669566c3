/**
 * Records which functions bash executes and which variables it writes around a fork. Writes recipes/bash.ld, a linker script
 * that places them next to each other. A child of the shell then causes page faults on fewer pages of code, and the kernel
 * copies fewer pages of variables.
 * usage: npm run guest:build, then node guest/programs/record-order.ts, then npm run guest:build again
 * Needs Debian's packages `valgrind` and `bsdutils`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { top } from '../../src/paths.ts';

const folder = join(top, '.cache/guest/course/programs-work/bash');
const program = join(folder, 'bash');

/** The commands that a reader's shell runs most often. */
const commands = `for i in 1 2 3 4 5 6; do (:); /bin/true; done
ls | cat
echo a > /dev/null
/bin/true < /dev/null > /dev/null 2>&1
x=$(echo a)
x=$(/bin/true)
/bin/true & wait
echo a | while read line; do :; done
exit
`;

/** A part of the program, from `start` to before `end`: one function or variable, or all of a file of the C library. */
interface Section {
  start: number;
  end: number;
  kind: 'text' | 'data' | 'bss';
  /** As a linker script names it, for instance `*(.text.make_child)`. */
  pattern: string;
}

/** Parses the list of sections that `ld -Map` writes. They come in the order of their addresses. */
function parseMap(map: string): Section[] {
  const row = /^ (\.(text|data|bss)\S*)\s+0x(\w+)\s+0x(\w+) (\S+)$/gm;
  return [...map.slice(map.indexOf('Linker script and memory map')).matchAll(row)].flatMap(
    ([, name = '', kind = '', address = '', size = '', file = '']) => {
      const start = parseInt(address, 16);
      const [, archive, member = basename(file)] = /(lib\w+\.a)\((.*)\)$/.exec(file) ?? [];
      // In bash and its libraries, each function and variable has a section of its own. In glibc, a file has one.
      const isOwn = name.split('.').length > 2 && archive !== 'libc.a';
      const object = archive ? `${archive}:${member}` : member;
      const from = isOwn ? '' : object;
      const end = start + parseInt(size, 16);
      return end > start
        ? [{ start, end, kind: kind as Section['kind'], pattern: `*${from}(${name})` }]
        : [];
    },
  );
}

/**
 * Processor features that the machine does not have. If the computer had them, glibc would choose variants of its string
 * functions that the machine never runs, and the trace would list those.
 */
const tunables = 'glibc.cpu.hwcaps=-SSSE3,-SSE4_1,-SSE4_2,-AVX,-AVX2';

/**
 * Runs the commands in a bash in a terminal. Returns the memory accesses of each process, as valgrind's lackey writes
 * them. Throws when one of the programs is missing or fails.
 */
function traceProcesses(): string[] {
  const work = mkdtempSync(join(tmpdir(), 'record-order-'));
  try {
    writeFileSync(join(work, 'commands'), commands);
    const valgrind = `valgrind --tool=lackey --trace-mem=yes --log-file=${work}/%p.trace`;
    const inTerminal = `script -eqc '${valgrind} ${program} --norc --noediting -i' /dev/null < commands`;
    const { PATH } = process.env;
    const env = { PATH, HOME: work, LC_CTYPE: 'C.UTF-8', TERM: 'xterm', GLIBC_TUNABLES: tunables };
    execFileSync('sh', ['-c', inTerminal], {
      cwd: work,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return readdirSync(work)
      .filter((name) => name.endsWith('.trace'))
      .map((name) => readFileSync(join(work, name), 'latin1'));
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** The functions that a process executes and the variables that it writes, in the order of their first use. */
function usedSections(trace: string, sections: Section[]): Set<Section> {
  const used = new Set<Section>();
  for (const [, access = '', text = ''] of trace.matchAll(/^(I| S| M)\s+([0-9a-f]+),/gm)) {
    const address = parseInt(text, 16);
    let [low, high] = [0, sections.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((sections[middle]?.start ?? Infinity) <= address) low = middle;
      else high = middle - 1;
    }
    const section = sections[low];
    if (!section || address >= section.end) continue;
    if ((access === 'I') === (section.kind === 'text')) used.add(section);
  }
  return used;
}

/**
 * Returns the sections in this order: those used by children that execute a program, those used by other children, and those
 * used by the shell after its first fork.
 */
function recordOrder(sections: Section[]): Section[] {
  const find = (name: string): Section => {
    const section = sections.find(({ pattern }) => pattern === `*(.text.${name})`);
    if (!section) throw new Error(`${folder}/bash.map does not list ${name}.`);
    return section;
  };
  const [makeChild, exec] = [find('make_child'), find('shell_execve')];
  const traces = traceProcesses().sort((a, b) => a.length - b.length);
  const shell = traces.pop() ?? '';
  // While the shell starts, it writes almost every variable. Only its accesses after the first fork are recorded.
  const firstFork = shell.search(new RegExp(`^I\\s+0*${makeChild.start.toString(16)},`, 'm'));
  const children = traces.map((trace) => usedSections(trace, sections));
  const executing = children.filter((child) => child.has(exec));
  if (firstFork < 0 || !executing.length)
    throw new Error('The traces of valgrind show no fork and no exec of bash.');
  const others = children.filter((child) => !child.has(exec));
  return [...executing, ...others, usedSections(shell.slice(firstFork), sections)].flatMap(
    (used) => [...used],
  );
}

const order = recordOrder(parseMap(readFileSync(join(folder, 'bash.map'), 'utf8')));
const foreign = order.find(({ pattern }) => /ssse3|sse4|avx/.test(pattern));
if (foreign) throw new Error(`The machine's processor cannot run ${foreign.pattern}.`);

function printOrder(kind: Section['kind'], place: string): string {
  const patterns = order.filter((section) => section.kind === kind).map(({ pattern }) => pattern);
  const lines = [...new Set(patterns)].map((pattern) => `    ${pattern}\n`);
  return `SECTIONS {\n  .${kind}.shell : {\n${lines.join('')}  }\n}\nINSERT ${place};\n`;
}

writeFileSync(
  join(import.meta.dirname, 'recipes/bash.ld'),
  `/* Places the functions and variables that bash uses around a fork next to each other. Written by ../record-order.ts.
   The linker ignores names that bash does not contain. */
${printOrder('text', 'BEFORE .text')}${printOrder('data', 'AFTER .data')}${printOrder('bss', 'BEFORE .bss')}`,
);
