/**
 * Runs other programs, never through a shell. A missing program, an exit code, a signal, a timeout and too much output
 * are all returned as failures, not thrown.
 */
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { fail, ok, type Result } from '../contract/result.ts';

export interface RunOptions {
  readonly timeoutMs: number;
  readonly input?: string | Uint8Array;
  /** 1 MB by default. */
  readonly maxOutputBytes?: number;
  readonly signal?: AbortSignal;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called with each chunk of the output as it arrives; the output is then neither kept nor counted. */
  readonly onStdout?: (chunk: Buffer) => void;
  /** The child's pid, for a caller that monitors its resource use. Not called when it could not start. */
  readonly onStarted?: (pid: number) => void;
}

export interface RunOutput {
  readonly stdout: Buffer;
  readonly stderr: string;
}

export type RunFailure =
  | { readonly kind: 'missing'; readonly program: string }
  /** Also, with code -1, when the system refused to start it. */
  | { readonly kind: 'exit'; readonly code: number; readonly output: RunOutput }
  | { readonly kind: 'signal'; readonly signal: string; readonly output: RunOutput }
  | { readonly kind: 'timeout'; readonly output: RunOutput }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'too-much-output' };

export type Run = (
  program: string,
  args: readonly string[],
  options: RunOptions,
) => Promise<Result<RunOutput, RunFailure>>;

/** Lists of devices, options and jobs, which a device may make long, are parsed at once. */
const DEFAULT_MAX_OUTPUT_BYTES = 1024 * 1024;

/** Time left to read the last output of a killed program. */
const LAST_OUTPUT_MS = 500;

/** Undefined when the system refuses to start it: Node throws when there is no memory for another process, for one. */
export const unlessRefused = <T>(start: () => T): T | undefined => {
  try {
    return start();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'ERR_';
    if (code.startsWith('ERR_')) throw error; // a wrong argument: our own bug
    return undefined;
  }
};

const start = (program: string, args: readonly string[], options: RunOptions) =>
  spawn(program, [...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true, // no black console window over the kiosk
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.env === undefined ? {} : { env: { ...process.env, ...options.env } }),
  });

export const run: Run = (program, args, options) =>
  new Promise((resolve) => {
    const max = options.maxOutputBytes ?? DEFAULT_MAX_OUTPUT_BYTES;
    const out: Buffer[] = [];
    let size = 0;
    let stderr = '';
    let verdict: RunFailure | undefined;
    const child = unlessRefused(() => start(program, args, options));
    if (!child) return resolve(fail({ kind: 'exit', code: -1, output: { stdout: Buffer.alloc(0), stderr: '' } }));
    if (child.pid !== undefined) options.onStarted?.(child.pid);
    let giveUp: NodeJS.Timeout | undefined;
    const stopWith = (failure: RunFailure): void => {
      if (verdict) return;
      verdict = failure;
      child.kill('SIGKILL');
      // Its children may keep its output open, and a process blocked on a failing disk does not die even of SIGKILL:
      // stop waiting.
      giveUp = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        done(fail(withOutput(failure)));
      }, LAST_OUTPUT_MS);
    };
    const withOutput = (failure: RunFailure): RunFailure =>
      failure.kind === 'timeout' ? { kind: 'timeout', output: { stdout: Buffer.concat(out), stderr } } : failure;
    const timer = setTimeout(
      () => stopWith({ kind: 'timeout', output: { stdout: Buffer.alloc(0), stderr } }),
      options.timeoutMs,
    );
    const abort = (): void => stopWith({ kind: 'aborted' });
    if (options.signal?.aborted) abort();
    options.signal?.addEventListener('abort', abort, { once: true });
    child.stdout.on('data', (chunk: Buffer) => {
      if (options.onStdout) return options.onStdout(chunk);
      size += chunk.length;
      if (size > max) stopWith({ kind: 'too-much-output' });
      else out.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (stderr.length < 65_536) stderr += chunk.toString('utf8');
    });
    // the program may close its input early; its exit code reports the outcome
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input);
    const done = (result: Result<RunOutput, RunFailure>): void => {
      clearTimeout(timer);
      clearTimeout(giveUp);
      options.signal?.removeEventListener('abort', abort);
      resolve(result);
    };
    child.on('error', () => done(fail({ kind: 'missing', program })));
    child.on('close', (code, signal) => {
      const output = { stdout: Buffer.concat(out), stderr };
      if (verdict) done(fail(withOutput(verdict)));
      else if (signal) done(fail({ kind: 'signal', signal, output }));
      else if (code !== 0) done(fail({ kind: 'exit', code: code ?? -1, output }));
      else done(ok(output));
    });
  });

/** Starts a long-lived program (a browser, a virtual display). The caller stops it. */
export const spawnProcess = (program: string, args: readonly string[], options: SpawnOptions): ChildProcess =>
  spawn(program, [...args], options);
