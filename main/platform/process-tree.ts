/** A process and its descendants, read from `/proc`: their resource use, and how to kill them. */
import { readdirSync, readFileSync } from 'node:fs';
import { killProcess } from './processes.ts';

export interface TreeUse {
  readonly pids: readonly number[];
  readonly threads: number;
  /** Anonymous and shared memory, without the program's own file. Swapped-out memory counts. */
  readonly memoryBytes: number;
}

interface ProcessStat {
  /** Program name, cut to fifteen characters by the kernel. */
  readonly name: string;
  readonly parent: number;
  readonly threads: number;
}

const NUMBER = /^\d+$/;

/** `/proc/N/stat`: the name may contain spaces and parentheses, so fields are counted from the last parenthesis. */
export const readStat = (text: string): ProcessStat => {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const name = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'));
  return { name, parent: Number(fields[1]), threads: Number(fields[17]) };
};

/** `/proc/N/status` rather than `smaps_rollup`: only root may read the latter for a sandboxed process. */
export const readMemoryBytes = (text: string): number => {
  let kilobytes = 0;
  for (const [, amount] of text.matchAll(/^(?:RssAnon|RssShmem|VmSwap):\s+(\d+) kB$/gm)) kilobytes += Number(amount);
  return kilobytes * 1024;
};

/** What `RLIMIT_DATA` counts: all writable private memory, used or only reserved. */
export const readDataBytes = (text: string): number => Number(/^VmData:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0) * 1024;

const read = (pid: string, file: 'stat' | 'status'): string | undefined => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined; // it exited while we looked
  }
};

/** Memory of one process; 0 when it is gone. */
export const memoryBytesOf = (pid: number): number => readMemoryBytes(read(String(pid), 'status') ?? '');

const listProcesses = (): ReadonlyMap<number, ProcessStat> => {
  const seen = new Map<number, ProcessStat>();
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

/** `root` and all its descendants; empty when it is gone. */
export const treeUse = (root: number): TreeUse => {
  const seen = listProcesses();
  const children = new Map<number, number[]>();
  for (const [pid, { parent }] of seen) children.set(parent, [...(children.get(parent) ?? []), pid]);
  const pids = seen.has(root) ? [root] : [];
  for (const pid of pids) pids.push(...(children.get(pid) ?? [])); // the array grows during the loop
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
  [...listProcesses().values()].filter(({ name, parent }) => parent === process.pid && name === program.slice(0, 15))
    .length;

export const killAll = (pids: readonly number[]): void => {
  for (const pid of pids) killProcess(pid, 'SIGKILL');
};
