/**
 * Hostile files under Electron: its program is no Node (a fuse is blown), so a decoder is a utility process of its own, which Electron
 * starts. It has no network service and dies with us; Electron gives it no sandbox, so what bounds it is its heap, our look at its memory,
 * and the time of each question.
 */
import { fileURLToPath } from 'node:url';
import type { Clock } from '../../platform/clock.ts';
import { MAX_MEMORY_MB, type DecoderOf } from '../../platform/decoder-process.ts';
import type { ThreadEnd } from '../../platform/worker.ts';
import type { ElectronApi } from './electron-api.ts';

const LOOK_EVERY_MS = 250;

export interface ElectronDecoderDeps {
  readonly electron: Pick<ElectronApi, 'app' | 'utilityProcess'>;
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
}

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
      execArgv: [`--max-old-space-size=${options.maxHeapMb}`],
      // Nothing of ours: no display, no bus, no home.
      env: {},
      stdio: 'ignore',
      serviceName: 'decoder',
    });
    let end: ThreadEnd | undefined;
    const exited = Promise.withResolvers<void>();
    const memoryKb = (): number =>
      deps.electron.app.getAppMetrics().find(({ pid }) => pid === child.pid)?.memory.workingSetSize ?? 0;
    const stopLook = deps.clock.every(LOOK_EVERY_MS, () => {
      if (memoryKb() <= MAX_MEMORY_MB * 1024) return;
      end = 'too-large';
      child.kill();
    });
    child.on('message', options.onMessage);
    child.on('exit', () => {
      stopLook();
      exited.resolve();
      options.onExit(end);
    });
    return {
      post: (message) => child.postMessage(message),
      async stop() {
        child.kill();
        await exited.promise;
      },
    };
  };
