/**
 * Controls a whole kiosk without a browser. It takes the place of the screens and sends the same envelopes through the
 * client derived from the contract, so new messages and events of the contract are available here without a change.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client, FeatureName, KioskState } from '../../main/contract/index.ts';
import type { Kiosk } from '../../main/compose.ts';
import { start } from '../../main/process/kiosk-start.ts';
import { connect, type Connection } from '../../renderer/client/client.ts';
import { createMemoryShell, type GuestController } from '../fakes/memory-shell.ts';
import { quickConfig } from './quick-config.ts';
import { until } from './until.ts';

export interface ScreensController {
  readonly client: Client;
  readonly on: Connection['on'];
  /** The feature's state as the screens would have it. */
  state<F extends FeatureName>(feature: F): KioskState[F];
  /** Begins a session, once the accueil is there. */
  begin(): Promise<void>;
  /** Leaves as a person does, and waits for the accueil. */
  leave(): Promise<void>;
  /** Sends raw text that our client would never send. Returns the kiosk's replies, if any. */
  sayRaw(text: string): Promise<readonly unknown[]>;
  readonly guests: readonly GuestController[];
  /** The kiosk itself, for tests that inspect its internal state. */
  readonly kiosk: Kiosk;
  /** Sets how long the input devices have been idle. */
  setIdleMs(idleMs: number | undefined): void;
  /** How often the kiosk reset the lock keys of the keyboard. */
  lockKeysReset(): number;
  /** Simulates a shutdown of Windows: the program is killed as soon as this returns. */
  endSystem(): void;
  log(): readonly { readonly event: string; readonly [field: string]: unknown }[];
  stop(): Promise<void>;
}

const configDir = join(import.meta.dirname, '../fixtures/demo');

/** `state`: the caller's own state folder, to start a second kiosk on. `memory`: the parent of the session's folder. */
export const runWithoutBrowser = async (
  options: { readonly state?: string; readonly memory?: string; readonly config?: string } = {},
): Promise<ScreensController> => {
  const folder = mkdtempSync(join(tmpdir(), 'pn-remote-'));
  const memory = createMemoryShell();
  const lines: string[] = [];
  const config = quickConfig(options.config ?? configDir, join(folder, 'config'));
  const started = await start([`--config=${config}`], {
    out: { write: () => undefined },
    err: { write: (text) => void lines.push(...text.trim().split('\n')) },
    places: { state: options.state ?? join(folder, 'state'), memory: [options.memory ?? folder] },
    makeShell: () => memory.shell,
  });
  const slices = new Map<string, unknown>();
  const raw: unknown[] = [];
  let listener: (text: string) => void = () => undefined;
  memory.hear((text) => {
    raw.push(JSON.parse(text));
    listener(text);
  });
  const connection = connect({
    transport: { send: (text) => memory.say(text), receive: (next) => void (listener = next) },
    timers: {
      setTimeout: (run, delayMs) => Number(setTimeout(run, delayMs)),
      clearTimeout: (id) => clearTimeout(id),
    },
    firstId: 1,
    onSnapshot: (state) => {
      for (const [feature, slice] of Object.entries(state)) slices.set(feature, slice);
    },
    onChanged: (feature, slice) => void slices.set(feature, slice),
  });
  const { kiosk } = started;
  if (!kiosk) throw new Error('no kiosk was started');
  await until('the first snapshot', () => slices.size > 0);
  const { client } = connection;
  const state = <F extends FeatureName>(feature: F): KioskState[F] => slices.get(feature) as KioskState[F];
  const reached = (what: string, phase: KioskState['session']['phase']['name']): Promise<true> =>
    until(what, () => state('session').phase.name === phase);
  return {
    client,
    on: connection.on,
    state,
    async begin() {
      await reached('the accueil', 'idle');
      const begun = await client.session.begin({});
      if (!begun.ok) throw new Error(`no session began: ${begun.error.code}`);
    },
    async leave() {
      await client.session.askToLeave({});
      await reached('the question', 'leaving');
      await client.session.leave({});
      await reached('the accueil', 'idle');
    },
    async sayRaw(text) {
      const before = raw.length;
      memory.say(text);
      await new Promise((resolve) => setImmediate(resolve));
      return raw.slice(before);
    },
    guests: memory.guests,
    kiosk,
    setIdleMs: memory.setIdleMs,
    lockKeysReset: memory.lockKeysReset,
    endSystem: memory.endSystem,
    log: () =>
      lines
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as { event: string; [field: string]: unknown }),
    async stop() {
      connection.stop();
      await kiosk.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
