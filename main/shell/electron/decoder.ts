/**
 * Hostile files under Electron: its program is no Node (a fuse is blown), so a decoder is a utility process of its own, which Electron
 * starts. It has no network service and dies with us; Electron gives it no sandbox, so what bounds it is its heap, our look at its memory,
 * and the time of each question.
 */
import { fileURLToPath } from 'node:url';
import type { Clock } from '../../platform/clock.ts';
import { MAX_MEMORY_MB, type DecoderOf } from '../../platform/decoder-process.ts';
import { DECODER_ENV } from '../../platform/decoder-walls.ts';
import type { ThreadEnd } from '../../platform/worker.ts';
import type { ElectronApi } from './electron-api.ts';
import { memoryOf } from './process-memory.ts';

const LOOK_EVERY_MS = 250;
/** A process that the system can't start says nothing at all (pull request 53946). An old PC takes seconds for one that it can. */
const STARTS_WITHIN_MS = 20_000;
/** The end of a session waits no longer for one that is not there: it holds nothing yet. */
const STOPS_WITHIN_MS = 5_000;
/** What Electron calls one. */
export const DECODER = 'decoder';

export interface ElectronDecoderDeps {
  readonly electron: Pick<ElectronApi, 'app' | 'utilityProcess'>;
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  /** Ours, of which a decoder gets what it cannot do without. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Nothing of ours: no display, no bus, no home. None at all would be the whole of ours to Electron (`WithEnvironment`,
 * `shell/browser/api/electron_api_utility_process.cc`). Without `SystemRoot` Node has no random numbers on Windows, and does not start.
 */
const environment = ({ SystemRoot }: NodeJS.ProcessEnv): Record<string, string> => ({
  ...DECODER_ENV,
  ...(SystemRoot !== undefined && { SystemRoot }),
});

/** On Linux alone the script is not read first. */
const programOf = (script: URL, platform: NodeJS.Platform): readonly [string, string[]] =>
  platform === 'linux'
    ? [fileURLToPath(new URL('./decoder-entry.ts', import.meta.url)), [script.href]]
    : [fileURLToPath(script), []];

export const electronDecoders =
  (deps: ElectronDecoderDeps): DecoderOf =>
  (script) =>
  (options) => {
    const child = deps.electron.utilityProcess.fork(...programOf(script, deps.platform), {
      // Of Node's own words Electron lets only those of the debugger pass (`SetNodeCliFlags`, `shell/common/node_bindings.cc`).
      execArgv: [`--js-flags=--max-old-space-size=${options.maxHeapMb}`],
      env: environment(deps.env),
      stdio: 'ignore',
      serviceName: DECODER,
    });
    let end: ThreadEnd | undefined;
    const exited = Promise.withResolvers<void>();
    const stopLook = deps.clock.every(LOOK_EVERY_MS, () => {
      const use = deps.electron.app.getAppMetrics().find(({ pid }) => pid === child.pid);
      if (use === undefined || memoryOf(use) <= MAX_MEMORY_MB * 1024 * 1024) return;
      end = 'too-large';
      child.kill();
    });
    let stopped = false;
    let awaited = true;
    const gone = (): void => {
      stopLook();
      awaited = false;
      stopWait();
      exited.resolve();
      options.onExit(end);
    };
    const giveUp = (): void => {
      stopped = true;
      gone();
    };
    let stopWait = deps.clock.after(STARTS_WITHIN_MS, giveUp);
    child.on('spawn', () => {
      awaited = false;
      stopWait();
      if (stopped) child.kill(); // asked to before there was a process, Electron ends none, and says no more of it
    });
    child.on('message', options.onMessage);
    child.on('error', () => undefined); // V8 gave up: unheard it is thrown here. The end that follows says enough
    child.on('exit', gone);
    return {
      post: (message) => child.postMessage(message),
      async stop() {
        stopped = true;
        child.kill();
        if (awaited) {
          stopWait();
          stopWait = deps.clock.after(STOPS_WITHIN_MS, giveUp);
        }
        await exited.promise;
      },
    };
  };
