/**
 * Runs each kind of untrusted decoding in a process of its own: no network, no files but our own code, bounded memory
 * and time. It exchanges only bytes with us, and dies with the session or with us.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../clock.ts';
import { DECODER_ENV, probeSandbox, nodePermissions, type SandboxLayer, type Sandbox } from './sandbox.ts';
import { CHANNEL, createFrameReader, encodeFrame } from './frames.ts';
import { readDataBytes, readMemoryBytes } from '../process-tree.ts';
import { unlessRefused, type Run } from '../run.ts';
import type { StartDecoder, DecoderEnd } from './decoder.ts';

/**
 * Returns the factory of the processes that run a given script. Platforms where the sandbox is not available supply
 * another implementation.
 */
export type DecoderOf = (script: URL) => StartDecoder;

export interface DecoderDeps {
  readonly clock: Clock;
  readonly run: Run;
  /** Called once, before the first process starts. */
  readonly onSandbox?: (missing: readonly SandboxLayer[]) => void;
}

/** Twice what the heaviest honest document took: 300 scanned pages, or one A3 page at 600 dots an inch. */
export const MAX_MEMORY_MB = 768;
/** One A4 page at 600 dots an inch, three bytes a dot, and as much again. */
export const MAX_ANSWER_BYTES = 256 * 1024 * 1024;
const POLL_MS = 200;
/** Headroom for thread stacks and for memory that is reserved but not used yet. */
const DATA_BOUND = 1.25;
const PRLIMIT_MS = 5_000;

const statusOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return ''; // gone
  }
};

/**
 * The kernel limit catches a burst between two of our checks. RLIMIT_DATA also counts what Node and Skia reserve and
 * never use (1.7 GB), so the limit is set above that amount, once they are loaded and before the first file arrives.
 */
const boundData = async (run: Run, sandbox: Sandbox, pid: number): Promise<void> => {
  const bytes = readDataBytes(statusOf(pid)) + DATA_BOUND * MAX_MEMORY_MB * 1024 * 1024;
  const [program = '', ...words] = sandbox.asAccount(['prlimit', `--pid=${pid}`, `--data=${Math.round(bytes)}`]);
  await run(program, words, { timeoutMs: PRLIMIT_MS });
};

export const decoderProcesses = (deps: DecoderDeps): DecoderOf => {
  let reported = false;
  const find = async (script: string): Promise<Sandbox> => {
    const found = await probeSandbox({ run: deps.run, script });
    if (!reported) deps.onSandbox?.(found.missing);
    reported = true;
    return found;
  };

  return (url) => {
    const script = fileURLToPath(url);
    let sandbox: Promise<Sandbox> | undefined;
    return (options) => {
      sandbox ??= find(script).catch((error: unknown) => {
        sandbox = undefined; // the disk was full, for one: probe again for the next process
        throw error;
      });
      let child: ChildProcess | undefined;
      let end: DecoderEnd | undefined;
      let stopped = false;
      const exited = Promise.withResolvers<void>();
      const unsent: unknown[] = [];

      const onGone = (): void => {
        exited.resolve();
        options.onExit(end);
      };
      const kill = (why?: DecoderEnd): void => {
        end ??= why;
        child?.kill('SIGKILL');
      };
      const write = (message: unknown): void => {
        const line = child?.stdio[CHANNEL] as Duplex | null | undefined;
        line?.cork();
        for (const part of encodeFrame(message)) line?.write(part);
        line?.uncork();
      };
      const launch = (found: Sandbox): void => {
        if (stopped) return onGone();
        const words = [
          process.execPath,
          ...nodePermissions(script),
          `--max-old-space-size=${options.maxHeapMb}`,
          '--disable-sigusr1',
          script,
        ];
        const [program = '', ...rest] = found.command(words);
        child = unlessRefused(() =>
          spawn(program, rest, {
            cwd: '/',
            env: DECODER_ENV,
            stdio: ['ignore', 'ignore', 'ignore', 'pipe', found.filter ?? 'ignore'],
          }),
        );
        if (!child) return onGone();
        const { pid } = child;
        const line = child.stdio[CHANNEL] as Duplex;
        let bounded = false;
        const reader = createFrameReader({
          maxBytes: MAX_ANSWER_BYTES,
          onMessage(message) {
            if (!bounded && pid !== undefined) {
              bounded = true;
              void boundData(deps.run, found, pid);
            }
            options.onMessage(message);
          },
          onBroken: () => kill('too-large'),
        });
        line.on('data', (chunk: Buffer) => reader.push(chunk));
        line.on('error', () => undefined); // `exit` follows and reports it
        const stopPolling = deps.clock.every(POLL_MS, () => {
          if (pid !== undefined && readMemoryBytes(statusOf(pid)) > MAX_MEMORY_MB * 1024 * 1024) kill('too-large');
        });
        child.once('error', () => {
          stopPolling();
          onGone();
        });
        child.once('exit', () => {
          stopPolling();
          onGone();
        });
        for (const message of unsent.splice(0)) write(message);
      };
      void sandbox.then(launch, onGone);

      return {
        post: (message) => (child === undefined ? void unsent.push(message) : write(message)),
        async stop() {
          stopped = true;
          kill();
          await exited.promise;
        },
      };
    };
  };
};
