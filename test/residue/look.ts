/** Looks for the canaries everywhere that a session may have left them, and counts what was looked through. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import type { Canaries } from './canaries.ts';
import type { KioskRun } from './kiosk-run.ts';
import { searchBytes, type Found, type SearchCount } from './search-bytes.ts';
import type { Volumes } from './volumes.ts';

export interface Looked {
  readonly found: readonly Found[];
  readonly disk: SearchCount;
  readonly memory: SearchCount;
  readonly memoryFiles: number;
  readonly processes: number;
}

const read = (path: string): Buffer => {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0); // it ended while we looked
  }
};

const names = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return []; // it ended while we looked
  }
};

const ask = (program: string, args: readonly string[]): Buffer => {
  try {
    return execFileSync(program, args, { stdio: ['ignore', 'pipe', 'ignore'], timeout: 5_000, maxBuffer: 64_000_000 });
  } catch {
    return Buffer.alloc(0); // nobody holds the selection
  }
};

/**
 * What the X server shows to anybody: the selections, in every format their owner offers, and each window's name and
 * properties.
 */
const onDisplay = (display: string): readonly (readonly [string, Buffer])[] => {
  const selections = ['clipboard', 'primary', 'secondary', 'buffer-cut'].flatMap((selection) => {
    const types = ask('xclip', ['-o', '-display', display, '-selection', selection, '-t', 'TARGETS'])
      .toString()
      .split('\n');
    return [...new Set(['UTF8_STRING', ...types.filter((type) => type !== '')])].map(
      (type) =>
        [
          `X selection ${selection} (${type})`,
          ask('xclip', ['-o', '-display', display, '-selection', selection, '-t', type]),
        ] as const,
    );
  });
  const tree = ask('xwininfo', ['-display', display, '-root', '-tree']);
  const windows = [...tree.toString('latin1').matchAll(/0x[0-9a-f]+/g)].map(
    ([id]) => [`X window properties`, ask('xprop', ['-display', display, '-id', id])] as const,
  );
  return [...selections, ['X windows', tree], ...windows];
};

/** Files that have no name any more but that a process still holds open. */
const heldOpen = (pids: readonly number[]): readonly (readonly [string, Buffer])[] =>
  pids.flatMap((pid) => {
    return names(`/proc/${pid}/fd`).flatMap((fd) => {
      const path = `/proc/${pid}/fd/${fd}`;
      try {
        const target = readlinkSync(path);
        const facts = statSync(path);
        if (!target.endsWith(' (deleted)') || !facts.isFile() || facts.size > 64_000_000) return [];
        return [[`open file without a name (${target.replace(/[0-9A-Za-z]{6,}/g, '…')})`, read(path)] as const];
      } catch {
        return [];
      }
    });
  });

const BLOCK_BYTES = 4_096;
const EMPTY = Buffer.alloc(BLOCK_BYTES);

/** Without the blocks that nobody ever wrote, which is most of it: nothing stands in a block of zeros. */
const writtenBlocks = (disk: Buffer): Buffer => {
  const blocks: Buffer[] = [];
  for (let at = 0; at < disk.length; at += BLOCK_BYTES) {
    const block = disk.subarray(at, at + BLOCK_BYTES);
    if (!block.equals(EMPTY.subarray(0, block.length))) blocks.push(block);
  }
  return Buffer.concat(blocks);
};

export const lookAround = async (deps: {
  readonly canaries: Canaries;
  readonly volumes: Volumes;
  readonly kiosk: KioskRun;
  readonly display: string;
  /** What the next person could reach. */
  readonly reachable: readonly (readonly [string, string | Buffer])[];
  /** Pictures of the disk taken on the way. */
  readonly disks: readonly Buffer[];
}): Promise<Looked> => {
  const { canaries, volumes } = deps;
  const found: Found[] = [];
  const disk: SearchCount = { bytes: 0, streams: 0 };
  const memory: SearchCount = { bytes: 0, streams: 0 };
  const search = async (where: string, bytes: Buffer, count?: SearchCount): Promise<void> => {
    found.push(...(await searchBytes(bytes, canaries, where, count)));
  };
  for (const [at, bytes] of [...deps.disks, volumes.rawDisk(true)].entries()) {
    const written = writtenBlocks(bytes);
    disk.bytes += bytes.length - written.length;
    await search(at < deps.disks.length ? 'raw disk at the power cut' : 'raw disk', written, disk);
  }
  const files = volumes.inMemory();
  await search('names in memory', Buffer.from(files.map(({ path }) => path).join('\n')), memory);
  for (const { path, bytes } of files) await search(`memory ${path.slice(volumes.memory.length)}`, bytes, memory);
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  for (const pid of pids)
    for (const what of ['cmdline', 'environ', 'comm'])
      await search(`process ${what} (${read(`/proc/${pid}/comm`).toString().trim()})`, read(`/proc/${pid}/${what}`));
  for (const [where, bytes] of heldOpen(deps.kiosk.pids())) await search(where, bytes, memory);
  for (const [where, bytes] of onDisplay(deps.display)) await search(where, bytes);
  await search('the kiosk’s own log', Buffer.from(deps.kiosk.log()));
  for (const [where, text] of deps.reachable) await search(`the next person: ${where}`, Buffer.from(text as string));
  return { found, disk, memory, memoryFiles: files.length, processes: pids.length };
};
