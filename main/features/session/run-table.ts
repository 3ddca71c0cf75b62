/**
 * Runs the state machine of `table.ts`: what each state starts when it is entered, and what the screens show in it.
 */
import type { StateOf } from '../../contract/define.ts';
import { withTimeout } from '../../platform/clock.ts';
import type { Logger } from '../../log/logger.ts';
import { defaultPreferences, type Phase, type SessionContract } from '../../contract/session.ts';
import type { AuditResult, EndReason, LeavingItem, Publish, SessionEnd, WipeStep } from '../feature.ts';
import { createPerson, type Person, type PersonDeps } from './person.ts';
import { inSession, step, type Event, type State } from './table.ts';
import { wipeAndAudit } from './wipe.ts';

export interface TableDeps extends PersonDeps {
  readonly logger: Logger;
  readonly publish: Publish<SessionContract>;
  readonly idle: PersonDeps['idle'] & { readonly allowanceMinutes: number | null };
  readonly pace: { readonly settleMs: number; readonly farewellS: number };
  /** In the order in which they run; `compose.ts` decides it. */
  readonly wipeSteps: readonly WipeStep[];
  /** What the person may forget. Asked each time the leaving screen is published: pages come out, keys are pulled. */
  readonly leavingItems: () => readonly LeavingItem[];
  /** Called when a session begins, to warm up the guest and set the allowances. */
  readonly onBegin: () => void;
  /** Called after the wipe of a session, with its end reason and duration. The counters are added then. */
  readonly onEnded: (end: SessionEnd) => Promise<void>;
  readonly onAudit: (result: AuditResult) => void;
}

export interface RunningTable {
  state(): State;
  person(): Person;
  /** Drops what is known about whoever is there between sessions. */
  forgetPerson(): void;
  fire(event: Event): void;
  /** What the screens show now. */
  shown(): StateOf<SessionContract>;
  publish(): void;
  /** Called when the kiosk is up: wipes what an earlier run left, then welcomes. */
  start(interrupted: boolean): Promise<void>;
  setClosed(closed: boolean): void;
  stop(): Promise<void>;
}

/** Short delays first: the obstacle is usually gone by then, and someone may be waiting. The last delay repeats. */
const RETRY_AUDIT_MS = [1_000, 2_000, 5_000] as const;
/** The agent closed the kiosk. */
const AGENT_FAULT = 'PN-AGENT';
/** The last wipe must not block the stop of the kiosk for ever. */
const STOPS_WITHIN_MS = 10_000;

/** After these, the person is still in front of the kiosk and wants to read that everything was erased. */
const WITH_FAREWELL: ReadonlySet<EndReason> = new Set<EndReason>(['button', 'time-over']);

const END_REASONS: Partial<Readonly<Record<Event, EndReason>>> = {
  leave: 'button',
  quiet: 'quiet',
  unanswered: 'quiet',
  'time-over': 'time-over',
  woken: 'woken',
  broken: 'broken',
  close: 'agent',
};

export const runTable = (deps: TableDeps): RunningTable => {
  const { clock } = deps;
  let state: State = 'starting';
  let person = createPerson(deps, defaultPreferences, null);
  let restarted = false;
  let fault = '';
  let closed = false;
  let stopped = false;
  let ending: Promise<void> | undefined;
  /** Audits in a row that found something. */
  let unclean = 0;
  let retry: () => void = () => undefined;
  let farewellEnds: () => void = () => undefined;

  const phase = (): Phase => {
    switch (state) {
      case 'starting':
      case 'active':
      case 'wiping':
      case 'farewell':
        return { name: state };
      case 'idle':
        return { name: 'idle', restarted };
      case 'warning':
        return { name: 'warning', endsInS: person.answersWithinS() };
      case 'leaving':
        return { name: 'leaving', items: deps.leavingItems() };
      case 'out-of-service':
        return { name: 'out-of-service', fault: closed ? AGENT_FAULT : fault };
    }
  };
  const shown = (): StateOf<SessionContract> => ({
    phase: phase(),
    preferences: person.preferences,
    timeLeftS: person.timeLeftS(),
    settleMs: deps.pace.settleMs,
  });
  const publish = (): void => deps.publish(shown());
  const forgetPerson = (): void => {
    person = createPerson(deps, defaultPreferences, null);
  };

  /** Returns whether the audit found nothing left. */
  const wipe = async (): Promise<boolean> => {
    const result = await wipeAndAudit(deps, deps.wipeSteps);
    deps.onAudit(result);
    fault = result.fault;
    return result.clean;
  };
  /** `farewell`: the person is still there to read that everything was erased. */
  const wipeAfterSession = async (farewell: boolean): Promise<void> => {
    const clean = await wipe();
    if (!clean || closed) fire('unclean');
    else fire(farewell ? 'clean-with-person' : 'clean');
  };

  const entered: Partial<Readonly<Record<State, (from: State, event: Event) => void>>> = {
    active(from) {
      person.resetQuiet();
      if (from !== 'idle') return;
      person = createPerson(deps, person.preferences, deps.idle.allowanceMinutes);
      restarted = false;
      deps.onBegin();
    },
    warning() {
      person.warned();
    },
    wiping(from, event) {
      const { preferences, begunAtMs } = person;
      const reason = END_REASONS[event] ?? 'button';
      const ended = { reason, durationMs: clock.monotonicMs() - begunAtMs, preferences };
      const hadPerson = inSession(from);
      // The screens disappeared while the person was using them. The accueil tells them that nothing was kept.
      if (hadPerson && reason === 'broken') restarted = true;
      const farewell = hadPerson && WITH_FAREWELL.has(reason) && deps.pace.farewellS > 0;
      // The farewell screen still uses the person's text size and language. Everything else about them is dropped.
      person = createPerson(deps, farewell ? preferences : defaultPreferences, null);
      ending = (async () => {
        await wipeAfterSession(farewell);
        if (hadPerson) await deps.onEnded(ended);
      })();
    },
    'out-of-service'() {
      farewellEnds();
      forgetPerson();
      if (closed) return;
      // Retry until an audit passes. Only then is the next person welcomed.
      retry = clock.after(RETRY_AUDIT_MS[unclean] ?? RETRY_AUDIT_MS.at(-1) ?? 0, () => {
        if (!stopped && !closed) fire('reopen');
      });
      unclean += 1;
    },
    farewell() {
      unclean = 0;
      farewellEnds = clock.after(deps.pace.farewellS * 1_000, () => fire('seen'));
    },
    idle(from) {
      unclean = 0;
      farewellEnds();
      if (from === 'farewell') forgetPerson();
    },
  };

  const fire = (event: Event): void => {
    const next = step(state, event);
    if (next === state) return;
    const from = state;
    state = next;
    entered[next]?.(from, event);
    publish();
  };

  return {
    state: () => state,
    person: () => person,
    forgetPerson,
    fire,
    shown,
    publish,
    setClosed(next) {
      closed = next;
      fire(next ? 'close' : 'reopen');
      publish(); // out of service already, for another reason
    },
    async start(interrupted) {
      const clean = await wipe();
      restarted = interrupted;
      fire(clean ? 'ready' : 'unclean');
    },
    async stop() {
      // Stopping during a session wipes that session first, within the time limit.
      if (inSession(state)) fire('broken');
      stopped = true;
      retry();
      farewellEnds();
      // A timeout needs no handling here: each step that failed is already in the log.
      if (ending) await withTimeout(clock, STOPS_WITHIN_MS, 'the last wipe', ending).catch(() => undefined);
    },
  };
};
