/**
 * Provides a display for the kiosk: the existing one, or a virtual one. Starts our window manager if none is running.
 * Used by `npm start` and by the test harness; an installed kiosk has its own X session.
 */
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appRoot } from '../platform/app-root.ts';
import { StartRefused } from '../platform/supervised-process.ts';
import { hasWindowManager } from '../platform/x11/windows.ts';

export interface Display {
  readonly name: string;
  readonly isVirtual: boolean;
  stop(): Promise<void>;
}

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 2_000);
  await once(child, 'exit');
  clearTimeout(timer);
};

/** Rejects when the program is missing. `npm start` installs it on Debian only. */
const startProgram = async (
  program: string,
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly stdio: StdioOptions },
): Promise<ChildProcess> => {
  // Detached: Ctrl+C must not end the display before the kiosk.
  const child = spawn(program, args, { ...options, detached: true });
  try {
    await once(child, 'spawn');
    return child;
  } catch (cause) {
    throw new StartRefused(`${program} cannot be started. Is it installed?`, { cause });
  }
};

/** Xvfb chooses a free display number and writes it to the given descriptor, so two starts cannot race. */
const startVirtual = async (size: string): Promise<{ readonly name: string; readonly child: ChildProcess }> => {
  const child = await startProgram(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', `${size}x24`, '-nolisten', 'tcp', '-noreset', '-dpi', '96'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const number = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdio[3]?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(text.trim());
    });
    child.once('exit', () => reject(new StartRefused('Xvfb ended at once: there is no display')));
  });
  return { name: `:${number}`, child };
};

/** A display that refuses our connection has no window manager that we could see. */
const isManaged = (display: string): Promise<boolean> =>
  hasWindowManager({ name: display, authority: process.env['XAUTHORITY'] }).catch(() => false);

const lockedDesktop = (): string => join(appRoot(), 'resources/os/linux/openbox/rc.xml');

const startWindowManager = async (display: string, config: string): Promise<ChildProcess> => {
  // openbox announces itself before it is ready, and then loses requests to map a window. It runs this command last.
  const folder = mkdtempSync(join(tmpdir(), 'pn-openbox-'));
  const ready = join(folder, 'ready');
  try {
    const child = await startProgram('openbox', ['--config-file', config, '--startup', `touch '${ready}'`], {
      env: { ...process.env, DISPLAY: display },
      stdio: 'ignore',
    });
    for (let i = 0; i < 200 && !existsSync(ready); i++) await new Promise((resolve) => setTimeout(resolve, 15));
    return child;
  } finally {
    rmSync(folder, { recursive: true });
  }
};

export const openDisplay = async (options: {
  readonly existing: string | undefined;
  readonly size: string;
  /** The installed kiosk's configuration when absent; null: no window manager. */
  readonly windowManagerConfig?: string | null;
}): Promise<Display> => {
  const started: ChildProcess[] = [];
  const stop = async (): Promise<void> => {
    for (const child of started.reverse()) await end(child);
  };
  let name = options.existing;
  if (name === undefined || name === '') {
    const virtual = await startVirtual(options.size);
    started.push(virtual.child);
    name = virtual.name;
  }
  try {
    if (options.windowManagerConfig !== null && !(await isManaged(name)))
      started.push(await startWindowManager(name, options.windowManagerConfig ?? lockedDesktop()));
  } catch (error) {
    await stop();
    throw error;
  }
  return { name, isVirtual: options.existing === undefined || options.existing === '', stop };
};
