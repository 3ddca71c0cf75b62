/**
 * Checks the passphrase of the agent area: one attempt at a time, with a longer delay after each wrong one. An attempt
 * is written to disk before it is checked, so that pulling the plug or restarting the kiosk gains nothing.
 */
import { z } from 'zod';
import { failure, ok, type Failure, type Result } from '../../contract/result.ts';
import type { Logger } from '../../log/logger.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Files } from '../../platform/files.ts';
import { checkPassphrase, hashPassphrase, isPassphraseHash } from './passphrase.ts';

export interface DoorDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly files: Files;
  /** Written by `agent-passphrase`, readable by the kiosk's account alone. */
  readonly passphraseFile: string;
  /** Stores the number of failures and the end of the delay. */
  readonly triesFile: string;
  /**
   * When the first passphrase may be set at the kiosk. `after-start`: within minutes of the machine's start, or when
   * `setupFile` exists. `key-file`: only when `setupFile` exists. `never`: only from the command line.
   */
  readonly firstPassphrase: 'after-start' | 'key-file' | 'never';
  readonly setupFile: string;
  /** Milliseconds since the machine started. */
  readonly machineUpMs: () => number;
}

export interface Door {
  isSet(): Promise<boolean>;
  maySet(): Promise<boolean>;
  /** Sets the first passphrase. */
  set(passphrase: string): Promise<Result<null, Failure<'agent.may-not-set' | 'agent.not-kept'>>>;
  tryPassphrase(passphrase: string): Promise<Result<null, Failure<'agent.wrong' | 'agent.wait' | 'agent.not-set'>>>;
}

/**
 * Seconds to wait after the n-th wrong attempt in a row. The first two have no delay, since they may be typing errors.
 */
export const DELAYS_S = [0, 0, 5, 15, 30, 60, 120, 300, 600, 900] as const;
const LONGEST_S = 900;
/** A person who has just switched the machine on is in front of it. */
export const SETUP_WITHIN_MS = 5 * 60_000;

const triesSchema = z.strictObject({ failures: z.int().nonnegative(), waitUntilMs: z.number() });
type Tries = z.output<typeof triesSchema>;

export const delayAfter = (failures: number): number => (failures === 0 ? 0 : (DELAYS_S[failures - 1] ?? LONGEST_S));

export const createDoor = (deps: DoorDeps): Door => {
  let busy = false;
  /** A copy in memory, in case the disk refuses to store it. */
  let remembered: Tries = { failures: 0, waitUntilMs: 0 };
  /** The copy is what the file should hold. */
  let isKnown = false;

  const read = async (): Promise<Tries> => {
    const text = await deps.files.readText(deps.triesFile);
    if (!text.ok) return text.error.kind === 'missing' ? remembered : locked();
    try {
      const parsed = triesSchema.safeParse(JSON.parse(text.value));
      if (parsed.success) return parsed.data.failures >= remembered.failures ? parsed.data : remembered;
    } catch {
      // Not JSON: handled below like any other damage.
    }
    await deps.files.rename(deps.triesFile, `${deps.triesFile}.damaged`);
    return locked();
  };
  /** An unreadable file may have recorded many failures, so apply the longest delay: once, or it would never end. */
  const locked = (): Tries => {
    if (isKnown) return remembered;
    isKnown = true;
    remembered = { failures: DELAYS_S.length, waitUntilMs: deps.clock.now() + LONGEST_S * 1_000 };
    return remembered;
  };
  const write = async (tries: Tries): Promise<void> => {
    remembered = tries;
    isKnown = true;
    await deps.files.writeAtomic(deps.triesFile, JSON.stringify(tries), { mode: 0o600 });
  };
  /** In seconds. */
  const waitOf = async ({ failures, waitUntilMs }: Tries): Promise<number> => {
    const left = Math.ceil((waitUntilMs - deps.clock.now()) / 1_000);
    if (left <= LONGEST_S) return Math.max(0, left);
    // The clock was set back: without this the door would stay locked until it is there again.
    await write({ failures, waitUntilMs: deps.clock.now() + LONGEST_S * 1_000 });
    return LONGEST_S;
  };

  const attempt: Door['tryPassphrase'] = async (passphrase) => {
    const kept = await deps.files.readText(deps.passphraseFile);
    if (!kept.ok || !isPassphraseHash(kept.value)) return failure('agent.not-set');
    const tries = await read();
    const seconds = await waitOf(tries);
    if (seconds > 0) {
      deps.logger.log('agent.door-waiting', { seconds });
      return failure('agent.wait', { seconds });
    }
    const failures = tries.failures + 1;
    await write({ failures, waitUntilMs: deps.clock.now() + delayAfter(failures) * 1_000 });
    if (await checkPassphrase(passphrase, kept.value)) {
      await write({ failures: 0, waitUntilMs: 0 });
      deps.logger.log('agent.door-opened');
      return ok(null);
    }
    deps.logger.log('agent.door-refused', { failures });
    const next = delayAfter(failures);
    return failure('agent.wrong', next > 0 ? { seconds: next } : undefined);
  };

  const isSet = async (): Promise<boolean> => {
    const kept = await deps.files.readText(deps.passphraseFile);
    return kept.ok && isPassphraseHash(kept.value);
  };
  /** A damaged file counts as set, so that a stranger can't replace it. Repairing it needs access to the disk. */
  const wasNeverSet = async (): Promise<boolean> => !(await deps.files.exists(deps.passphraseFile));
  const maySet = async (): Promise<boolean> => {
    if (deps.firstPassphrase === 'never' || !(await wasNeverSet())) return false;
    if (await deps.files.exists(deps.setupFile)) return true;
    return deps.firstPassphrase === 'after-start' && deps.machineUpMs() < SETUP_WITHIN_MS;
  };

  return {
    isSet,
    maySet,
    async set(passphrase) {
      if (busy || !(await maySet())) return failure('agent.may-not-set');
      busy = true;
      try {
        const kept = await deps.files.writeAtomic(deps.passphraseFile, await hashPassphrase(passphrase), {
          mode: 0o600,
        });
        if (!kept.ok) return failure('agent.not-kept');
        await deps.files.remove(deps.setupFile);
        deps.logger.log('agent.passphrase-set');
        return ok(null);
      } finally {
        busy = false;
      }
    },
    async tryPassphrase(passphrase) {
      if (busy) return failure('agent.wait', { seconds: 1 });
      busy = true;
      try {
        return await attempt(passphrase);
      } finally {
        busy = false;
      }
    },
  };
};
