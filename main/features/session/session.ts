/** Runs the table of `table.ts`: timers, holds, the wipe and what the screens see all follow from the state. */
import { withTimeout, type Clock } from '../../platform/clock.ts';
import type { Logger } from '../../log/logger.ts';
import { defaultPreferences, type Phase, type Preferences, type SessionContract } from '../../contract/session.ts';
import { failure, ok } from '../../contract/result.ts';
import type {
  AuditResult,
  Counts,
  EndReason,
  Feature,
  Holds,
  LeavingItem,
  OwnWork,
  Publish,
  SessionEnd,
  SiteWork,
  WipeStep,
} from '../feature.ts';
import { inSession, step, type Event, type State } from './table.ts';
import { wipeAndAudit } from './wipe.ts';

type Held = OwnWork | SiteWork;

/** All that a session knows of the person who is there. Dropped whole when they go: nothing of it is reset by hand. */
interface Person {
  /** Chosen on the welcome screen too. */
  preferences: Preferences;
  readonly begunAtMs: number;
  quietSinceMs: number;
  /** Of a hand, not of what is under way. */
  lastHandMs: number;
  warnedAtMs: number;
  allowanceEndsMs: number | null;
  /** What they may forget, asked on the leaving screen. */
  items: readonly LeavingItem[];
  readonly underWay: Map<symbol, Held>;
}

const newPerson = (nowMs: number, preferences: Preferences, allowanceMinutes: number | null): Person => ({
  preferences,
  begunAtMs: nowMs,
  quietSinceMs: nowMs,
  lastHandMs: nowMs,
  warnedAtMs: 0,
  allowanceEndsMs: allowanceMinutes === null ? null : nowMs + allowanceMinutes * 60_000,
  items: [],
  underWay: new Map(),
});

export interface SessionDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly publish: Publish<SessionContract>;
  readonly counts: Counts<'machine.fault'>;
  /** Since when no input device was used; undefined when that can't be told. */
  readonly idleMs: () => Promise<number | undefined>;
  readonly idle: { readonly afterS: number; readonly warningS: number; readonly allowanceMinutes: number | null };
  readonly pace: { readonly settleMs: number; readonly farewellS: number };
  /** In the order in which they undo; `compose.ts` gives it. */
  readonly wipeSteps: readonly WipeStep[];
  readonly leavingItems: () => Promise<readonly LeavingItem[]>;
  /** Called when a person begins: the guest is warmed, allowances are set. */
  readonly onBegin: () => void;
  /** Called after a clean audit with what ended the session and how long it lasted; the counters are added then. */
  readonly onEnded: (end: SessionEnd) => Promise<void>;
  readonly onAudit: (result: AuditResult) => void;
  /** Called when the preferences change, for what is not a screen (the site's size). */
  readonly onPreferences: (preferences: Preferences) => void;
}

export interface Session extends Feature<SessionContract> {
  /** The kiosk is up: purge what an earlier run left, then welcome. */
  start(interrupted: boolean): Promise<void>;
  readonly holds: Holds;
  inUse(): boolean;
  broken(): void;
  setClosed(closed: boolean): void;
  /** The agent adds minutes to the allowance. */
  addMinutes(minutes: number): void;
}

/** The session looks at the time once a second: what it announces is in whole seconds. */
const TICK_MS = 1_000;
/** The input devices are asked on every look, and answer long before the next. */
const DEVICES_ANSWER_WITHIN_MS = 500;
const SITE_WORK: ReadonlySet<Held> = new Set<SiteWork>(['upload', 'download', 'video']);
/** A film or a long upload keeps the session this many times as long as quiet does, counted from the last hand. */
const SITE_WORK_TURNS = 5;
/** The wall clock running this much ahead of the steady one means that the machine slept. */
const SLEPT_MS = 30_000;
/** Soon at first: what was in the way is mostly gone by then, and somebody may be standing there. The last one for ever. */
const RETRY_AUDIT_MS = [1_000, 2_000, 5_000] as const;
const ITEMS_WITHIN_MS = 2_000;
/** Whoever asked the kiosk to end does not wait for ever. */
const STOPS_WITHIN_MS = 10_000;

/** Whoever is taken away by these still stands there, and wants to know that nothing stays. */
const SEEN_OFF: ReadonlySet<EndReason> = new Set<EndReason>(['button', 'time-over']);

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
  let person = newPerson(clock.monotonicMs(), defaultPreferences, null);
  let restarted = false;
  let fault = '';
  let closed = false;
  let stopped = false;
  let endReason: EndReason = 'button';
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
  const tell = (): void =>
    deps.publish({
      phase: phase(),
      preferences: person.preferences,
      timeLeftS: timeLeftS(),
      settleMs: deps.pace.settleMs,
    });

  const touched = (): void => {
    person.quietSinceMs = clock.monotonicMs();
  };
  const handAt = (ms: number): void => {
    person.lastHandMs = Math.max(person.lastHandMs, ms);
    person.quietSinceMs = Math.max(person.quietSinceMs, ms);
  };
  const hand = (): void => handAt(clock.monotonicMs());
  /** A site's word is taken for a while only: nobody may be there any more to see the end of it. */
  const keeps = (what: Held): boolean =>
    !SITE_WORK.has(what) || clock.monotonicMs() - person.lastHandMs < SITE_WORK_TURNS * deps.idle.afterS * 1_000;

  /** `goodbye`: somebody is there to read that all is erased. */
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

  const entered: Partial<Readonly<Record<State, (from: State) => void>>> = {
    active(from) {
      touched();
      if (from !== 'idle') return;
      person = newPerson(clock.monotonicMs(), person.preferences, deps.idle.allowanceMinutes);
      restarted = false;
      deps.onBegin();
    },
    warning() {
      person.warnedAtMs = clock.monotonicMs();
    },
    wiping(from) {
      const { preferences, begunAtMs } = person;
      const ended = { reason: endReason, durationMs: clock.monotonicMs() - begunAtMs, preferences };
      const hadPerson = inSession(from);
      // Their screens vanished under their hands: the accueil says that nothing was kept.
      if (hadPerson && ended.reason === 'broken') restarted = true;
      const goodbye = hadPerson && SEEN_OFF.has(ended.reason) && deps.pace.farewellS > 0;
      // Whoever reads the goodbye reads it in their own size and language; nothing else of them is left.
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
      // Another try, again and again: the next person is welcomed as soon as an audit passes, never before.
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
    if (inSession(from) && next === 'wiping') endReason = END_REASONS[event] ?? 'button';
    state = next;
    entered[next]?.(from);
    tell();
  };

  const tick = async (): Promise<void> => {
    const nowMs = clock.monotonicMs();
    const ahead = clock.now() - nowMs;
    const jumpMs = ahead - wallAheadMs;
    wallAheadMs = ahead;
    if (Math.abs(jumpMs) > SLEPT_MS) {
      deps.logger.log('session.clock-jumped', { forward: jumpMs > 0 });
      deps.counts.add('machine.fault', 'clock');
    }
    // Set back (winter time by hand) changes nothing; far ahead means sleep: the person has gone.
    if (jumpMs > SLEPT_MS + deps.idle.afterS * 1_000) fire('woken');
    if (!inSession(state)) return;
    const idleMs = await withTimeout(clock, DEVICES_ANSWER_WITHIN_MS, 'the input devices', deps.idleMs()).catch(
      () => undefined, // then only a hand on our own screens counts
    );
    if (stopped || !inSession(state)) return;
    // Never from before they came: the hand may have been the one of somebody else.
    if (idleMs !== undefined && nowMs - idleMs > person.begunAtMs) handAt(nowMs - idleMs);
    const held = [...person.underWay.values()].filter(keeps);
    if (held.length > 0) {
      touched();
      fire('held');
    }
    // A sheet that is coming out is never cut. What a site has under way is: it would keep the others waiting for ever.
    const cuts = held.every((what) => SITE_WORK.has(what));
    if (cuts && person.allowanceEndsMs !== null && nowMs >= person.allowanceEndsMs) fire('time-over');
    if (state === 'warning' && nowMs - person.warnedAtMs >= deps.idle.warningS * 1_000) fire('unanswered');
    else if (state !== 'warning' && nowMs - person.quietSinceMs >= deps.idle.afterS * 1_000) fire('quiet');
    tell();
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
        hand();
        return ok(null);
      },
      stay: async () => {
        hand();
        fire('stay');
        return ok(null);
      },
      askToLeave: async () => {
        hand();
        // The question comes at once: what can't be told in time (a browser that hangs) is not asked.
        const asked = person;
        const items = await withTimeout(clock, ITEMS_WITHIN_MS, 'what may be forgotten', deps.leavingItems()).catch(
          () => [],
        );
        asked.items = items;
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
        hand();
        const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
        person.preferences = { ...person.preferences, ...given };
        deps.onPreferences(person.preferences);
        tell();
        return ok(null);
      },
    },
    holds: {
      hold(what) {
        const mine = Symbol(what);
        const whose = person;
        if (inSession(state)) whose.underWay.set(mine, what);
        if (keeps(what)) fire('held');
        return () => {
          if (whose.underWay.delete(mine) && whose === person && keeps(what)) touched();
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
      tell();
    },
    async start(interrupted) {
      const result = await wipeAndAudit(deps, deps.wipeSteps);
      deps.onAudit(result);
      restarted = interrupted;
      fault = result.fault;
      fire(result.clean ? 'ready' : 'unclean');
    },
    async stop() {
      // Asked to end under somebody's hands: theirs is undone like any other, as far as it goes in the time there is.
      if (inSession(state)) fire('broken');
      stopped = true;
      stopTicking();
      retry();
      goodbyeEnds();
      if (ending) await withTimeout(clock, STOPS_WITHIN_MS, 'the last wipe', ending).catch(() => undefined);
    },
  };
};
