/** Measures the memory and processes that a guest's page uses, by process id. */
import type { GuestUse } from '../guest/guest-limits.ts';
import type { Contents, ElectronApi } from './electron-api.ts';
import { memoryOf } from './process-memory.ts';

/**
 * Electron does not report threads, and the in-memory profile lies in a process that guests share: neither is counted.
 * A frame of another origin has a process of its own, and two frames may share one.
 */
export const guestUse = (app: Pick<ElectronApi['app'], 'getAppMetrics'>, contents: Contents): GuestUse => {
  const frames = contents.isDestroyed() ? [] : (tryRead(() => contents.mainFrame.framesInSubtree) ?? []);
  const numbers = new Set(frames.map((frame) => tryRead(() => frame.osProcessId)));
  const processes = app.getAppMetrics().filter(({ pid }) => numbers.has(pid));
  const memoryBytes = processes.reduce((sum, one) => sum + memoryOf(one), 0);
  return { memoryBytes, processes: processes.length, threads: 0, profileBytes: 0, profileFiles: 0 };
};

/**
 * Every member of a frame throws once its renderer is gone (`WebFrameMain::CheckRenderFrame`). Such a frame uses
 * nothing.
 */
const tryRead = <T>(ask: () => T): T | undefined => {
  try {
    return ask();
  } catch {
    return undefined;
  }
};
