/** A process and all below it, as `/proc` shows them: what they hold of the machine, and their end. */
import { readdirSync, readFileSync } from 'node:fs';
import { killProcess } from './processes.ts';

export interface TreeUse {
  readonly pids: readonly number[];
  readonly threads: number;
  /** Memory that is theirs alone or shared among them; not the program's own file. Swapped out counts. */
  readonly memoryBytes: number;
}

interface Seen {
  /** Its program, the first fifteen letters. */
  readonly name: string;
  readonly parent: number;
  readonly threads: number;
}

const NUMBER = /^\d+$/;

/** `/proc/N/stat`: the name may hold spaces and brackets, so the fields are counted from its last bracket. */
export const readStat = (text: string): Seen => {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const name = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'));
  return { name, parent: Number(fields[1]), threads: Number(fields[17]) };
};

/** `/proc/N/status` rather than `smaps_rollup`: a sandboxed process shows the latter to root alone. */
export const readMemoryBytes = (text: string): number => {
  let kilobytes = 0;
  for (const [, amount] of text.matchAll(/^(?:RssAnon|RssShmem|VmSwap):\s+(\d+) kB$/gm)) kilobytes += Number(amount);
  return kilobytes * 1024;
};

/** What `RLIMIT_DATA` counts: all that a process may write to, used or only set aside. */
export const readDataBytes = (text: string): number => Number(/^VmData:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0) * 1024;

const read = (pid: string, file: 'stat' | 'status'): string | undefined => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return undefined; // it ended while we looked
  }
};

/** Of one process; 0 when it is gone. */
export const memoryBytesOf = (pid: number): number => readMemoryBytes(read(String(pid), 'status') ?? '');

const seenProcesses = (): ReadonlyMap<number, Seen> => {
  const seen = new Map<number, Seen>();
  let names: readonly string[];
  try {
    names = readdirSync('/proc');
  } catch {
    return seen; // no /proc here
  }
  for (const name of names) {
    const text = NUMBER.test(name) ? read(name, 'stat') : undefined;
    if (text !== undefined) seen.set(Number(name), readStat(text));
  }
  return seen;
};

/** All that descends from `root`, itself first; empty when it is gone. */
export const treeUse = (root: number): TreeUse => {
  const seen = seenProcesses();
  const children = new Map<number, number[]>();
  for (const [pid, { parent }] of seen) children.set(parent, [...(children.get(parent) ?? []), pid]);
  const pids = seen.has(root) ? [root] : [];
  for (const pid of pids) pids.push(...(children.get(pid) ?? [])); // grows while it is walked
  let threads = 0;
  let memoryBytes = 0;
  for (const pid of pids) {
    threads += seen.get(pid)?.threads ?? 0;
    memoryBytes += memoryBytesOf(pid);
  }
  return { pids, threads, memoryBytes };
};

/** How many children of this process run that program; 0 where there is no /proc. */
export const childrenNamed = (program: string): number =>
  [...seenProcesses().values()].filter(({ name, parent }) => parent === process.pid && name === program.slice(0, 15))
    .length;

export const killAll = (pids: readonly number[]): void => {
  for (const pid of pids) killProcess(pid, 'SIGKILL');
};
