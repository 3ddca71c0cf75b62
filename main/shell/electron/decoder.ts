/**
 * Parses hostile files under Electron. The binary cannot run as plain Node (a fuse is blown), so a decoder is one of
 * Electron's utility processes. It has no network service and ends with us. Electron does not sandbox it, so its limits
 * are its heap, our memory check and the time limit of each request.
 */
import { fileURLToPath } from 'node:url';
import type { Clock } from '../../platform/clock.ts';
import { MAX_MEMORY_MB, type DecoderOf } from '../../platform/decoders/process.ts';
import { DECODER_ENV } from '../../platform/decoders/sandbox.ts';
import type { DecoderEnd } from '../../platform/decoders/decoder.ts';
import type { ElectronApi } from './electron-api.ts';
import { memoryOf } from './process-memory.ts';

const MEMORY_CHECK_EVERY_MS = 250;
/**
 * Electron fires no event for a process that fails to start (pull request 53946). A normal start takes seconds on an
 * old PC.
 */
const STARTS_WITHIN_MS = 20_000;
/** A shorter limit at the end of a session: a decoder that has not started holds nothing personal. */
const STOPS_WITHIN_MS = 5_000;
/** The service name that Electron reports in `child-process-gone`. */
export const DECODER = 'decoder';

export interface ElectronDecoderDeps {
  readonly electron: Pick<ElectronApi, 'app' | 'utilityProcess'>;
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  /** Our own environment. A decoder gets only the variables that it needs. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * No display, no bus, no home. It must not be empty: Electron would pass our whole environment instead
 * (`WithEnvironment`, `shell/browser/api/electron_api_utility_process.cc`). On Windows, Node has no random numbers
 * without `SystemRoot` and does not start.
 */
const environment = ({ SystemRoot }: NodeJS.ProcessEnv): Record<string, string> => ({
  ...DECODER_ENV,
  ...(SystemRoot !== undefined && { SystemRoot }),
});

/** On Linux, `decoder-entry.ts` runs first and then imports the script. */
const programOf = (script: URL, platform: NodeJS.Platform): readonly [string, string[]] =>
  platform === 'linux'
    ? [fileURLToPath(new URL('./decoder-entry.ts', import.meta.url)), [script.href]]
    : [fileURLToPath(script), []];

export const electronDecoders =
  (deps: ElectronDecoderDeps): DecoderOf =>
  (script) =>
  (options) => {
    const child = deps.electron.utilityProcess.fork(...programOf(script, deps.platform), {
      // Of Node's own options Electron passes on only those of the debugger (`SetNodeCliFlags`,
      // `shell/common/node_bindings.cc`).
      execArgv: [`--js-flags=--max-old-space-size=${options.maxHeapMb}`],
      env: environment(deps.env),
      stdio: 'ignore',
      serviceName: DECODER,
    });
    let end: DecoderEnd | undefined;
    const exited = Promise.withResolvers<void>();
    const stopMemoryCheck = deps.clock.every(MEMORY_CHECK_EVERY_MS, () => {
      const use = deps.electron.app.getAppMetrics().find(({ pid }) => pid === child.pid);
      if (use === undefined || memoryOf(use) <= MAX_MEMORY_MB * 1024 * 1024) return;
      end = 'too-large';
      child.kill();
    });
    let stopped = false;
    let awaited = true;
    const gone = (): void => {
      stopMemoryCheck();
      awaited = false;
      stopStartTimer();
      exited.resolve();
      options.onExit(end);
    };
    const giveUp = (): void => {
      stopped = true;
      gone();
    };
    let stopStartTimer = deps.clock.after(STARTS_WITHIN_MS, giveUp);
    child.on('spawn', () => {
      awaited = false;
      stopStartTimer();
      if (stopped) child.kill(); // a `kill` before the process existed did nothing
    });
    child.on('message', options.onMessage);
    child.on('error', () => undefined); // V8 aborts. Without a listener Node would throw here; `exit` follows
    child.on('exit', gone);
    return {
      post: (message) => child.postMessage(message),
      async stop() {
        stopped = true;
        child.kill();
        if (awaited) {
          stopStartTimer();
          stopStartTimer = deps.clock.after(STOPS_WITHIN_MS, giveUp);
        }
        await exited.promise;
      },
    };
  };
