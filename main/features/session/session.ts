/**
 * A session, from one person to the next: turns what happens (messages of the screens, input, time, the agent's switch)
 * into events of the state machine, which `run-table.ts` runs.
 */
import { withTimeout } from '../../platform/clock.ts';
import { defaultPreferences, type Preferences, type SessionContract } from '../../contract/session.ts';
import { failure, ok } from '../../contract/result.ts';
import type { Counts, Feature, IdleLocks } from '../feature.ts';
import { runTable, type RunningTable, type TableDeps } from './run-table.ts';
import { inSession } from './table.ts';

export interface SessionDeps extends TableDeps {
  readonly counts: Counts<'machine.fault'>;
  /** Milliseconds since an input device was last used; undefined when the system does not say. */
  readonly idleMs: () => Promise<number | undefined>;
  /** Called when the preferences change, for everything that is not a screen (the zoom of the site). */
  readonly onPreferences: (preferences: Preferences) => void;
}

export interface Session extends Feature<SessionContract>, Pick<RunningTable, 'start' | 'setClosed'> {
  readonly idleLocks: IdleLocks;
  inUse(): boolean;
  broken(): void;
  /** Extends the time allowance, when the agent grants more. */
  addMinutes(minutes: number): void;
}

/** The countdowns on the screens are in whole seconds. */
const TICK_MS = 1_000;
/** `idleMs` is queried on every tick, so it must answer well before the next one. */
const DEVICES_ANSWER_WITHIN_MS = 500;
/** A sleep, or a jump of the wall clock against the uptime, is logged above this. */
const JUMP_MS = 30_000;

export const createSession = (deps: SessionDeps): Session => {
  const { clock } = deps;
  const { state, person, forgetPerson, fire, shown, publish, start, setClosed, stop } = runTable(deps);
  const aheadMs = (): number => clock.now() - clock.uptimeMs();
  let wallAheadMs = aheadMs();
  let lastTickUpMs = clock.uptimeMs();

  /** Looks at what the clocks did since the last tick. Returns whether the machine slept through the quiet time. */
  const hasSlept = (): boolean => {
    const jumpMs = aheadMs() - wallAheadMs;
    const gapMs = clock.uptimeMs() - lastTickUpMs;
    wallAheadMs += jumpMs;
    lastTickUpMs += gapMs;
    const slept = gapMs > JUMP_MS;
    if (slept || Math.abs(jumpMs) > JUMP_MS) {
      deps.logger.log('session.clock-jumped', { forward: slept || jumpMs > 0, slept });
      deps.counts.add('machine.fault', 'clock');
    }
    return gapMs > JUMP_MS + deps.idle.afterS * 1_000;
  };

  const tick = async (): Promise<void> => {
    // Before any input is read: the key that woke the machine may be the next person's.
    const woken = hasSlept();
    if (woken) fire('woken');
    const nowMs = clock.monotonicMs();
    // Somebody chose a language or a text size on the accueil, and has gone without beginning.
    if (state() === 'idle' && person().preferences !== defaultPreferences && (woken || person().isQuiet(nowMs))) {
      forgetPerson();
      deps.onPreferences(person().preferences);
      publish();
    }
    if (!inSession(state())) return;
    const idleMs = await withTimeout(clock, DEVICES_ANSWER_WITHIN_MS, 'the input devices', deps.idleMs()).catch(
      () => undefined, // then only input on our own screens counts
    );
    if (!inSession(state())) return;
    if (idleMs !== undefined) person().used(nowMs - idleMs);
    if (person().isKept()) {
      person().resetQuiet();
      fire('held');
    }
    if (person().isTimeOver(nowMs)) fire('time-over');
    if (state() === 'warning') {
      if (person().isUnanswered(nowMs)) fire('unanswered');
    } else if (person().isQuiet(nowMs)) fire('quiet');
    publish();
  };
  const stopTicking = clock.every(TICK_MS, () => void tick());

  return {
    initial: shown(),
    handlers: {
      begin: async () => {
        if (state() !== 'idle') return failure('session.not-ready');
        fire('begin');
        return ok(null);
      },
      touch: async () => {
        person().used();
        return ok(null);
      },
      stay: async () => {
        person().used();
        fire('stay');
        return ok(null);
      },
      askToLeave: async () => {
        person().used();
        fire('ask-to-leave');
        return ok(null);
      },
      leave: async () => {
        fire('leave');
        return ok(null);
      },
      sawFarewell: async () => {
        fire('seen');
        return ok(null);
      },
      setPreferences: async (change) => {
        const choosing = person();
        choosing.used();
        const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
        choosing.preferences = { ...choosing.preferences, ...given };
        deps.onPreferences(choosing.preferences);
        publish();
        return ok(null);
      },
    },
    idleLocks: {
      acquire(what) {
        if (!inSession(state())) return () => undefined;
        const end = person().beginWork(what);
        if (person().isKeptBy(what)) fire('held');
        return end;
      },
    },
    inUse: () => inSession(state()),
    broken: () => fire('broken'),
    setClosed,
    addMinutes(minutes) {
      person().addMinutes(minutes);
      publish();
    },
    start,
    async stop() {
      stopTicking();
      await stop();
    },
  };
};
