/** What a guest's page takes of the machine: its processes by their numbers. */
import type { GuestUse } from '../guest/guest-limits.ts';
import type { Contents, ElectronApi } from './electron-api.ts';
import { memoryOf } from './process-memory.ts';

/**
 * Threads are not told here, and what lies in the profile is memory of a process that guests share: both stay uncounted. A
 * frame of another origin has a process of its own; two frames may share one.
 */
export const guestUse = (app: Pick<ElectronApi['app'], 'getAppMetrics'>, contents: Contents): GuestUse => {
  const frames = contents.isDestroyed() ? [] : (told(() => contents.mainFrame.framesInSubtree) ?? []);
  const numbers = new Set(frames.map((frame) => told(() => frame.osProcessId)));
  const processes = app.getAppMetrics().filter(({ pid }) => numbers.has(pid));
  const memoryBytes = processes.reduce((sum, one) => sum + memoryOf(one), 0);
  return { memoryBytes, processes: processes.length, threads: 0, profileBytes: 0 };
};

/** A frame whose renderer is gone throws at whatever it is asked (`WebFrameMain::CheckRenderFrame`): it takes nothing any more. */
const told = <T>(ask: () => T): T | undefined => {
  try {
    return ask();
  } catch {
    return undefined;
  }
};
