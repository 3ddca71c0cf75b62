/**
 * Runs the state machine of `table.ts`. The state alone decides the timers, idle locks, wipe and what the screens show.
 */
import { withTimeout, type Clock } from '../../platform/clock.ts';
import type { Logger } from '../../log/logger.ts';
import { defaultPreferences, type Phase, type Preferences, type SessionContract } from '../../contract/session.ts';
import { failure, ok } from '../../contract/result.ts';
import type {
  AuditResult,
  Counts,
  EndReason,
  Feature,
  IdleLocks,
  LimitedWork,
  LeavingItem,
  OwnWork,
  Publish,
  SessionEnd,
  WipeStep,
} from '../feature.ts';
import { inSession, step, type Event, type State } from './table.ts';
import { wipeAndAudit } from './wipe.ts';

type Work = OwnWork | LimitedWork;

/** Everything the session knows about the current person. */
interface Person {
  /** They can also be chosen on the welcome screen, before the session begins. */
  preferences: Preferences;
  readonly begunAtMs: number;
  quietSinceMs: number;
  /** The last input by the person. Unlike `quietSinceMs`, a scan or an upload under way does not move it. */
  lastInputMs: number;
  warnedAtMs: number;
  allowanceEndsMs: number | null;
  /** What they may forget, asked on the leaving screen. */
  items: readonly LeavingItem[];
  /** The question for them, until it is answered. */
  asking: Promise<void> | undefined;
  readonly underWay: Map<symbol, Work>;
}

const newPerson = (nowMs: number, preferences: Preferences, allowanceMinutes: number | null): Person => ({
  preferences,
  begunAtMs: nowMs,
  quietSinceMs: nowMs,
  lastInputMs: nowMs,
  warnedAtMs: 0,
  allowanceEndsMs: allowanceMinutes === null ? null : nowMs + allowanceMinutes * 60_000,
  items: [],
  asking: undefined,
  underWay: new Map(),
});

export interface SessionDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly publish: Publish<SessionContract>;
  readonly counts: Counts<'machine.fault'>;
  /** Milliseconds since an input device was last used; undefined when the system does not say. */
  readonly idleMs: () => Promise<number | undefined>;
  readonly idle: { readonly afterS: number; readonly warningS: number; readonly allowanceMinutes: number | null };
  readonly pace: { readonly settleMs: number; readonly farewellS: number };
  /** In the order in which they run; `compose.ts` decides it. */
  readonly wipeSteps: readonly WipeStep[];
  readonly leavingItems: () => Promise<readonly LeavingItem[]>;
  /** Called when a session begins, to warm up the guest and set the allowances. */
  readonly onBegin: () => void;
  /** Called after the wipe of a session, with its end reason and duration. The counters are added then. */
  readonly onEnded: (end: SessionEnd) => Promise<void>;
  readonly onAudit: (result: AuditResult) => void;
  /** Called when the preferences change, for everything that is not a screen (the zoom of the site). */
  readonly onPreferences: (preferences: Preferences) => void;
}

export interface Session extends Feature<SessionContract> {
  /** Called when the kiosk is up: wipes what an earlier run left, then welcomes. */
  start(interrupted: boolean): Promise<void>;
  readonly idleLocks: IdleLocks;
  inUse(): boolean;
  broken(): void;
  setClosed(closed: boolean): void;
  /** Extends the time allowance, when the agent grants more. */
  addMinutes(minutes: number): void;
}

/** The countdowns on the screens are in whole seconds. */
const TICK_MS = 1_000;
/** `idleMs` is queried on every tick, so it must answer well before the next one. */
const DEVICES_ANSWER_WITHIN_MS = 500;
const LIMITED_WORK: ReadonlySet<Work> = new Set<LimitedWork>(['upload', 'download', 'video', 'voice']);
/** A video, a long upload or a voice keeps the session alive for this many idle periods after the last input. */
const LIMITED_WORK_IDLE_PERIODS = 5;
/**
 * The kiosk's own work keeps the session for this long after the last input, and past the allowance. Sixty pages of a
 * minute each, the slowest that we know, still come out. A printer or a scanner that never ends, or whose counters grow
 * for ever, would otherwise leave the session of a person who has gone open to the next one.
 */
const OWN_WORK_MS = 60 * 60_000;
/** A jump of the wall clock against the monotonic clock is logged above this. */
const SLEPT_MS = 30_000;
/** Short delays first: the obstacle is usually gone by then, and someone may be waiting. The last delay repeats. */
const RETRY_AUDIT_MS = [1_000, 2_000, 5_000] as const;
const ITEMS_WITHIN_MS = 2_000;
/** The last wipe must not block the stop of the kiosk for ever. */
const STOPS_WITHIN_MS = 10_000;

/** After these, the person is still in front of the kiosk and wants to read that everything was erased. */
const WITH_GOODBYE: ReadonlySet<EndReason> = new Set<EndReason>(['button', 'time-over']);

const END_REASONS: Partial<Readonly<Record<Event, EndReason>>> = {
  leave: 'button',
  quiet: 'quiet',
  unanswered: 'quiet',
  'time-over': 'time-over',
  woken: 'woken',
  broken: 'broken',
  close: 'agent',
};

export const createSession = (deps: SessionDeps): Session => {
  const { clock } = deps;
  let state: State = 'starting';
  /**
   * Unlike the objects of the other features, it is there between sessions too: preferences can be chosen on the
   * welcome screen, and the goodbye screen still uses them. It is always replaced as a whole.
   */
  let person = newPerson(clock.monotonicMs(), defaultPreferences, null);
  let restarted = false;
  let fault = '';
  let closed = false;
  let stopped = false;
  let ending: Promise<void> | undefined;
  /** Audits in a row that found something. */
  let unclean = 0;
  let wallAheadMs = clock.now() - clock.monotonicMs();

  const phase = (): Phase => {
    switch (state) {
      case 'starting':
      case 'active':
      case 'wiping':
      case 'farewell':
        return { name: state };
      case 'idle':
        return { name: 'idle', restarted };
      case 'warning': {
        const left = deps.idle.warningS - Math.floor((clock.monotonicMs() - person.warnedAtMs) / 1_000);
        return { name: 'warning', endsInS: Math.max(0, left) };
      }
      case 'leaving':
        return { name: 'leaving', items: [...person.items] };
      case 'out-of-service':
        return { name: 'out-of-service', fault };
    }
  };
  const timeLeftS = (): number | null =>
    person.allowanceEndsMs === null || !inSession(state)
      ? null
      : Math.max(0, Math.ceil((person.allowanceEndsMs - clock.monotonicMs()) / 1_000));
  const publishState = (): void =>
    deps.publish({
      phase: phase(),
      preferences: person.preferences,
      timeLeftS: timeLeftS(),
      settleMs: deps.pace.settleMs,
    });

  const resetQuiet = (): void => {
    person.quietSinceMs = clock.monotonicMs();
  };
  const inputAt = (ms: number): void => {
    person.lastInputMs = Math.max(person.lastInputMs, ms);
    person.quietSinceMs = Math.max(person.quietSinceMs, ms);
  };
  /** Pages come out and keys are pulled out while the leaving screen is shown, so it is asked again at every tick. */
  const askItems = (asked: Person): Promise<void> => {
    // The screen must not wait for a feature that hangs: it opens without the reminders, or keeps the last ones.
    const items = (): Promise<readonly LeavingItem[]> =>
      withTimeout(clock, ITEMS_WITHIN_MS, 'what may be forgotten', deps.leavingItems());
    // Not twice at a time: an older answer must not replace a newer one.
    asked.asking ??= items()
      .then(
        (found) => void (asked.items = found),
        () => undefined,
      )
      .finally(() => (asked.asking = undefined));
    return asked.asking;
  };
  const inputNow = (): void => inputAt(clock.monotonicMs());
  /** Work keeps the session for a limited time only: the person may have left it running. */
  const keepsSession = (what: Work): boolean => {
    const nowMs = clock.monotonicMs();
    const leftMs = nowMs - person.lastInputMs;
    if (LIMITED_WORK.has(what)) return leftMs < LIMITED_WORK_IDLE_PERIODS * deps.idle.afterS * 1_000;
    return leftMs < OWN_WORK_MS && nowMs - (person.allowanceEndsMs ?? nowMs) < OWN_WORK_MS;
  };

  /** `goodbye`: the person is still there to read that everything was erased. */
  const wipe = async (goodbye: boolean): Promise<void> => {
    const result = await wipeAndAudit(deps, deps.wipeSteps);
    deps.onAudit(result);
    fault = result.fault;
    if (!result.clean) {
      fire('unclean');
      return;
    }
    if (closed) {
      fault = 'PN-AGENT';
      fire('unclean');
      return;
    }
    fire(goodbye ? 'said-goodbye' : 'clean');
  };

  const entered: Partial<Readonly<Record<State, (from: State, event: Event) => void>>> = {
    active(from) {
      resetQuiet();
      if (from !== 'idle') return;
      person = newPerson(clock.monotonicMs(), person.preferences, deps.idle.allowanceMinutes);
      restarted = false;
      deps.onBegin();
    },
    warning() {
      person.warnedAtMs = clock.monotonicMs();
    },
    wiping(from, event) {
      const { preferences, begunAtMs } = person;
      const reason = END_REASONS[event] ?? 'button';
      const ended = { reason, durationMs: clock.monotonicMs() - begunAtMs, preferences };
      const hadPerson = inSession(from);
      // The screens disappeared while the person was using them. The welcome screen tells them that nothing was kept.
      if (hadPerson && reason === 'broken') restarted = true;
      const goodbye = hadPerson && WITH_GOODBYE.has(reason) && deps.pace.farewellS > 0;
      // The goodbye screen still uses the person's text size and language. Everything else about them is dropped.
      person = newPerson(clock.monotonicMs(), goodbye ? preferences : defaultPreferences, null);
      ending = (async () => {
        await wipe(goodbye);
        if (hadPerson) await deps.onEnded(ended);
      })();
    },
    'out-of-service'() {
      goodbyeEnds();
      person = newPerson(clock.monotonicMs(), defaultPreferences, null);
      if (closed) return;
      // Retry until an audit passes. Only then is the next person welcomed.
      retry = clock.after(RETRY_AUDIT_MS[unclean] ?? RETRY_AUDIT_MS.at(-1) ?? 0, () => {
        if (!stopped && !closed) fire('reopen');
      });
      unclean += 1;
    },
    farewell() {
      unclean = 0;
      goodbyeEnds = clock.after(deps.pace.farewellS * 1_000, () => fire('seen'));
    },
    idle(from) {
      unclean = 0;
      goodbyeEnds();
      if (from === 'farewell') person = newPerson(clock.monotonicMs(), defaultPreferences, null);
    },
  };
  let retry: () => void = () => undefined;
  let goodbyeEnds: () => void = () => undefined;

  const fire = (event: Event): void => {
    const next = step(state, event);
    if (next === state) return;
    const from = state;
    state = next;
    entered[next]?.(from, event);
    publishState();
  };

  const tick = async (): Promise<void> => {
    const nowMs = clock.monotonicMs();
    const wallAheadNowMs = clock.now() - nowMs;
    const jumpMs = wallAheadNowMs - wallAheadMs;
    wallAheadMs = wallAheadNowMs;
    if (Math.abs(jumpMs) > SLEPT_MS) {
      deps.logger.log('session.clock-jumped', { forward: jumpMs > 0 });
      deps.counts.add('machine.fault', 'clock');
    }
    // A clock set back (winter time set by hand) changes nothing. A large jump forward means that the machine slept and
    // the person has left.
    if (jumpMs > SLEPT_MS + deps.idle.afterS * 1_000) fire('woken');
    if (!inSession(state)) return;
    if (state === 'leaving') void askItems(person);
    const idleMs = await withTimeout(clock, DEVICES_ANSWER_WITHIN_MS, 'the input devices', deps.idleMs()).catch(
      () => undefined, // then only input on our own screens counts
    );
    if (stopped || !inSession(state)) return;
    // Ignore input from before the session began: it may be the previous person's.
    if (idleMs !== undefined && nowMs - idleMs > person.begunAtMs) inputAt(nowMs - idleMs);
    const held = [...person.underWay.values()].filter(keepsSession);
    if (held.length > 0) {
      resetQuiet();
      fire('held');
    }
    // The end of the allowance does not interrupt a print or a scan that keeps the session. It does interrupt work
    // that could otherwise keep the next people waiting for ever.
    const mayInterrupt = held.every((what) => LIMITED_WORK.has(what));
    if (mayInterrupt && person.allowanceEndsMs !== null && nowMs >= person.allowanceEndsMs) fire('time-over');
    if (state === 'warning' && nowMs - person.warnedAtMs >= deps.idle.warningS * 1_000) fire('unanswered');
    else if (state !== 'warning' && nowMs - person.quietSinceMs >= deps.idle.afterS * 1_000) fire('quiet');
    publishState();
  };
  const stopTicking = clock.every(TICK_MS, () => void tick());

  return {
    initial: { phase: phase(), preferences: person.preferences, timeLeftS: null, settleMs: deps.pace.settleMs },
    handlers: {
      begin: async () => {
        if (state !== 'idle') return failure('session.not-ready');
        fire('begin');
        return ok(null);
      },
      touch: async () => {
        inputNow();
        return ok(null);
      },
      stay: async () => {
        inputNow();
        fire('stay');
        return ok(null);
      },
      askToLeave: async () => {
        inputNow();
        const asked = person;
        asked.items = [];
        await askItems(asked);
        if (asked === person) fire('ask-to-leave');
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
        inputNow();
        const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
        person.preferences = { ...person.preferences, ...given };
        deps.onPreferences(person.preferences);
        publishState();
        return ok(null);
      },
    },
    idleLocks: {
      acquire(what) {
        const mine = Symbol(what);
        const whose = person;
        if (inSession(state)) whose.underWay.set(mine, what);
        if (keepsSession(what)) fire('held');
        return () => {
          if (whose.underWay.delete(mine) && whose === person && keepsSession(what)) resetQuiet();
        };
      },
    },
    inUse: () => inSession(state),
    broken: () => fire('broken'),
    setClosed(next) {
      closed = next;
      if (next) {
        fault = 'PN-AGENT';
        fire('close');
      } else fire('reopen');
    },
    addMinutes(minutes) {
      if (person.allowanceEndsMs !== null) person.allowanceEndsMs += minutes * 60_000;
      publishState();
    },
    async start(interrupted) {
      const result = await wipeAndAudit(deps, deps.wipeSteps);
      deps.onAudit(result);
      restarted = interrupted;
      fault = result.fault;
      fire(result.clean ? 'ready' : 'unclean');
    },
    async stop() {
      // Stopping during a session wipes that session first, within the time limit.
      if (inSession(state)) fire('broken');
      stopped = true;
      stopTicking();
      retry();
      goodbyeEnds();
      // A timeout needs no handling here: each step that failed is already in the log.
      if (ending) await withTimeout(clock, STOPS_WITHIN_MS, 'the last wipe', ending).catch(() => undefined);
    },
  };
};
