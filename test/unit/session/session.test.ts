import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSession, type Session } from '../../../main/features/session/session.ts';
import type { EndReason, LeavingItem, WipeStep } from '../../../main/features/feature.ts';
import type { StateOf } from '../../../main/contract/define.ts';
import type { SessionContract } from '../../../main/contract/session.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';

let clock: ManualClock;
let session: Session;
let state: StateOf<SessionContract>;
let ended: [EndReason, number][];
let wiped: string[];
let left: string[];
let failing: boolean;
let items: LeavingItem[];
let auditHangs: boolean;
let counted: string[];
let logged: unknown[];
/** When a keyboard or a mouse was last used; undefined when the system can't tell. */
let usedAtMs: number | undefined;
let devicesHang: boolean;
let farewellS: number;
/** The text size that the sites were last told. */
let siteSize: string | undefined;

const make = (allowanceMinutes: number | null = null): void => {
  session = createSession({
    clock,
    logger: { log: (event: string, fields?: object) => void logged.push([event, fields]) } as never,
    publish: (next) => void (state = next),
    counts: { add: (measure, key?, _n?) => void counted.push(`${measure}|${key}`) },
    idleMs: () =>
      devicesHang
        ? new Promise(() => undefined)
        : Promise.resolve(usedAtMs === undefined ? undefined : clock.monotonicMs() - usedAtMs),
    idle: { afterS: 180, warningS: 60, allowanceMinutes },
    pace: {
      settleMs: 400,
      get farewellS() {
        return farewellS;
      },
    },
    wipeSteps: (['guest', 'vault'] as const).map((name): WipeStep => ({
      name,
      async wipe() {
        wiped.push(name);
        if (failing && name === 'guest') throw new Error('would not go');
      },
      leftovers: () =>
        name === 'vault' && auditHangs ? new Promise(() => undefined) : Promise.resolve(name === 'vault' ? left : []),
    })),
    leavingItems: () => items,
    onBegin: () => undefined,
    onEnded: async ({ reason, durationMs }) => void ended.push([reason, durationMs]),
    onAudit: () => undefined,
    onPreferences: ({ textSize }) => void (siteSize = textSize),
  });
};
const phase = () => state.phase.name;
const use = (): void => void (usedAtMs = clock.monotonicMs());
const begin = async (): Promise<void> => {
  await session.start(false);
  await session.handlers.begin({});
  logged = [];
};

beforeEach(() => {
  clock = createManualClock();
  [ended, wiped, left, items, failing, auditHangs] = [[], [], [], [], false, false];
  counted = [];
  logged = [];
  siteSize = undefined;
  [usedAtMs, devicesHang, farewellS] = [undefined, false, 0];
  make();
});
afterEach(() => session.stop());

describe('a session', () => {
  it('is ready only after a wipe at the start, and reports the restart if a session was interrupted', async () => {
    await session.start(true);
    expect(wiped).toEqual(['guest', 'vault']);
    expect(state.phase).toEqual({ name: 'idle', restarted: true });
  });

  it('refuses to begin before the kiosk is ready', async () => {
    expect(await session.handlers.begin({})).toMatchObject({ ok: false, error: { code: 'session.not-ready' } });
  });

  it('warns after three idle minutes, counts down, then wipes', async () => {
    await begin();
    await clock.advance(179_000);
    expect(phase()).toBe('active');
    await clock.advance(1_000);
    expect(state.phase).toEqual({ name: 'warning', endsInS: 60 });
    await clock.advance(10_000);
    expect(state.phase).toEqual({ name: 'warning', endsInS: 50 });
    await clock.advance(51_000);
    expect(phase()).toBe('idle');
    expect(ended.map(([reason]) => reason)).toEqual(['quiet']);
  });

  it('is kept active by any keyboard or mouse input', async () => {
    await begin();
    for (let i = 0; i < 10; i++) {
      await clock.advance(100_000);
      use();
    }
    expect(phase()).toBe('active');
  });

  it('is not kept active by mere mouse input once the warning is shown', async () => {
    await begin();
    await clock.advance(181_000);
    use();
    await clock.advance(1_000);
    await session.handlers.touch({});
    expect(phase()).toBe('warning');
    await session.handlers.stay({});
    expect(phase()).toBe('active');
    await clock.advance(179_000);
    expect(phase()).toBe('active'); // a full three minutes again
  });

  it('never warns while a task is running, and counts idle time from its end', async () => {
    await begin();
    const release = session.idleLocks.acquire('print');
    await clock.advance(20 * 60_000);
    expect(phase()).toBe('active');
    release();
    await clock.advance(179_000);
    expect(phase()).toBe('active');
    await clock.advance(2_000);
    expect(phase()).toBe('warning');
  });

  it('drops the warning when a print begins during it', async () => {
    await begin();
    await clock.advance(200_000);
    expect(phase()).toBe('warning');
    session.idleLocks.acquire('print');
    expect(phase()).toBe('active');
  });

  it('lists what the person may forget before it ends, and ends when that question stays unanswered', async () => {
    await begin();
    items = [{ kind: 'usb-key' }];
    await session.handlers.askToLeave({});
    expect(state.phase).toEqual({ name: 'leaving', items: [{ kind: 'usb-key' }] });
    await clock.advance(182_000);
    expect(phase()).toBe('idle');
  });

  it('asks again what may be forgotten while the question is shown: pages come out, a key is pulled out', async () => {
    await begin();
    items = [{ kind: 'printing', state: 'coming', left: 2 }];
    await session.handlers.askToLeave({});
    items = [{ kind: 'paper-in-tray' }];
    await clock.advance(2_000);
    expect(state.phase).toEqual({ name: 'leaving', items });
  });

  it('is wiped when our screens crash, even while the question before leaving is shown', async () => {
    await begin();
    await session.handlers.askToLeave({});
    session.broken();
    await clock.advance(0);
    expect(state.phase).toEqual({ name: 'idle', restarted: true });
    expect(ended.map(([reason]) => reason)).toEqual(['broken']);
    await session.handlers.begin({});
    await session.handlers.leave({});
    await clock.advance(0);
    expect(state.phase).toEqual({ name: 'idle', restarted: false });
  });

  it('ignores a scan that begins outside a session', async () => {
    await session.start(false);
    const release = session.idleLocks.acquire('scan');
    expect(phase()).toBe('idle');
    await session.handlers.begin({});
    await clock.advance(181_000);
    expect(phase()).toBe('warning'); // the scan does not keep the next session active either
    release();
  });

  it('is not kept active by a print of the previous session', async () => {
    await begin();
    const release = session.idleLocks.acquire('print');
    await session.handlers.leave({});
    await clock.advance(0);
    await session.handlers.begin({});
    await clock.advance(181_000);
    expect(phase()).toBe('warning');
    release();
    expect(phase()).toBe('warning');
  });

  it('ends once, even if a crash and a wake-up from sleep follow the person’s leaving', async () => {
    await begin();
    await session.handlers.leave({});
    session.broken();
    clock.jumpWall(3_600_000);
    await clock.advance(1_500);
    expect(ended.map(([reason]) => reason)).toEqual(['button']);
    expect(phase()).toBe('idle');
  });

  it('stays out of service with a fault code when the audit hangs, until it passes', async () => {
    await begin();
    auditHangs = true;
    await session.handlers.leave({});
    await clock.advance(7_000);
    expect(phase()).toBe('wiping');
    await clock.advance(1_500);
    expect(state.phase).toEqual({ name: 'out-of-service', fault: 'PN-VAULT' });
    auditHangs = false;
    await clock.advance(1_000);
    expect(phase()).toBe('idle');
  });

  it('continues when the clock is set back an hour', async () => {
    await begin();
    clock.jumpWall(-3_600_000);
    await clock.advance(2_000);
    expect(phase()).toBe('active');
    expect(counted).toEqual(['machine.fault|clock']);
    await clock.advance(170_000);
    expect(phase()).toBe('active');
    expect(counted).toHaveLength(1);
  });

  it('continues when a late answer of the time server moves the clock by hours', async () => {
    await begin();
    clock.jumpWall(5 * 3_600_000);
    await clock.advance(2_000);
    expect(phase()).toBe('active');
    expect(counted).toEqual(['machine.fault|clock']);
    expect(logged).toEqual([['session.clock-jumped', { forward: true, slept: false }]]);
  });

  it.each(['linux', 'windows'] as const)(
    'ends when the machine wakes from sleep (%s), because the person who pressed a key may be somebody else',
    async (system) => {
      await begin();
      await clock.advance(5_000);
      clock.sleep(3_600_000, system);
      use();
      await clock.advance(1_500);
      expect(phase()).toBe('idle');
      expect(ended.map(([reason]) => reason)).toEqual(['woken']);
      expect(counted).toEqual(['machine.fault|clock']);
      expect(logged).toEqual([['session.clock-jumped', { forward: true, slept: true }]]);
    },
  );

  it.each(['linux', 'windows'] as const)('continues after a sleep shorter than the quiet time (%s)', async (system) => {
    await begin();
    clock.sleep(60_000, system);
    use();
    await clock.advance(1_500);
    expect([phase(), counted]).toEqual(['active', ['machine.fault|clock']]);
  });

  it('drops the language chosen on the accueil when the machine wakes', async () => {
    await session.start(false);
    await session.handlers.setPreferences({ language: 'en' });
    clock.sleep(3_600_000, 'linux');
    await clock.advance(1_500);
    expect(state.preferences.language).toBe('fr');
  });

  it('tolerates clock corrections of some seconds', async () => {
    await begin();
    clock.jumpWall(-20_000);
    await clock.advance(1_500);
    clock.jumpWall(25_000);
    await clock.advance(1_500);
    expect([phase(), counted]).toEqual(['active', []]);
  });

  it('resets language, text size and colours for the next person', async () => {
    await begin();
    await session.handlers.setPreferences({ language: 'en', textSize: 'largest', colours: 'contrast' });
    expect(state.preferences).toEqual({ language: 'en', textSize: 'largest', colours: 'contrast' });
    await session.handlers.leave({});
    await clock.advance(0);
    expect(state.preferences).toEqual({ language: 'fr', textSize: 'normal', colours: 'light' });
  });

  it('resets what somebody chose on the accueil who went without beginning, not while they still use it', async () => {
    await session.start(false);
    await session.handlers.setPreferences({ language: 'en', textSize: 'largest' });
    await clock.advance(179_000);
    await session.handlers.touch({});
    await clock.advance(179_000);
    expect([state.preferences.language, siteSize]).toEqual(['en', 'largest']);
    await clock.advance(1_000);
    expect(state.preferences).toEqual({ language: 'fr', textSize: 'normal', colours: 'light' });
    expect([phase(), siteSize]).toEqual(['idle', 'normal']);
  });

  it('shows the farewell with the person’s own preferences, until they press or six seconds have passed', async () => {
    farewellS = 6;
    await begin();
    await session.handlers.setPreferences({ language: 'en', textSize: 'largest', colours: 'contrast' });
    await session.handlers.leave({});
    await clock.advance(0);
    expect(wiped.slice(2)).toEqual(['guest', 'vault']);
    expect(phase()).toBe('farewell');
    expect(state.preferences).toEqual({ language: 'en', textSize: 'largest', colours: 'contrast' });
    await clock.advance(5_900);
    expect(phase()).toBe('farewell');
    await clock.advance(100);
    expect(phase()).toBe('idle');
    expect(state.preferences).toEqual({ language: 'fr', textSize: 'normal', colours: 'light' });

    await session.handlers.begin({});
    await session.handlers.leave({});
    await clock.advance(0);
    await session.handlers.sawFarewell({});
    expect(phase()).toBe('idle');
    await session.handlers.begin({});
    await clock.advance(6_000);
    expect(phase()).toBe('active');
  });

  it('shows no farewell after an idle session', async () => {
    farewellS = 6;
    await begin();
    await clock.advance(180_000 + 60_000);
    expect([ended.map(([reason]) => reason), phase()]).toEqual([['quiet'], 'idle']);
  });

  it('resets the preferences even when the wipe fails', async () => {
    farewellS = 6;
    await begin();
    await session.handlers.setPreferences({ language: 'en' });
    left = ['a page'];
    await session.handlers.leave({});
    await clock.advance(2_000);
    expect([phase(), state.preferences.language]).toEqual(['out-of-service', 'fr']);
    left = [];
    await clock.advance(1_000);
    expect(phase()).toBe('idle');
  });

  it('stays out of service while something is left, shows the fault code, and tries again', async () => {
    await begin();
    left = ['a page'];
    await session.handlers.leave({});
    await clock.advance(1_900);
    expect(phase()).toBe('wiping');
    await clock.advance(100);
    expect(state.phase).toEqual({ name: 'out-of-service', fault: 'PN-VAULT' });
    expect(logged).toEqual([
      ['session.looked-again', { step: 'vault', what: 'left.a-page' }],
      ['session.leftover', { step: 'vault', what: 'left.a-page' }],
      ['session.audit-failed', { fault: 'PN-VAULT', left: 1 }],
    ]);
    expect(await session.handlers.begin({})).toMatchObject({ ok: false });
    left = [];
    await clock.advance(1_000);
    expect(phase()).toBe('idle');
  });

  it('recovers when a leftover disappears before the audit’s next check, and logs what it was', async () => {
    await begin();
    left = ['1 page(s) d’un navigateur'];
    await session.handlers.leave({});
    await clock.advance(300);
    expect(phase()).toBe('wiping');
    left = [];
    await clock.advance(700);
    expect(phase()).toBe('idle');
    // A passing audit logs nothing: its time would show when a person left.
    expect(logged).toEqual([['session.looked-again', { step: 'vault', what: 'left.1-pages-dun-navigateur' }]]);
  });

  it('retries soon, then less often, and soon again after the next person', async () => {
    const triesAfter = async (...seconds: number[]): Promise<number[]> => {
      const tries: number[] = [];
      for (const second of seconds) {
        wiped = [];
        await clock.advance(second * 1_000);
        tries.push(wiped.filter((name) => name === wiped[0]).length);
      }
      return tries;
    };
    for (let person = 0; person < 2; person += 1) {
      await begin();
      left = ['a page'];
      await session.handlers.leave({});
      await clock.advance(2_000);
      // An audit that finds something keeps checking for two seconds.
      expect(await triesAfter(1, 3, 1, 6, 1, 6, 1)).toEqual([1, 0, 1, 0, 1, 0, 1]);
      left = [];
      await clock.advance(5_000);
      expect(phase()).toBe('idle');
    }
  });

  it('is wiped when the kiosk is stopped during it', async () => {
    await begin();
    wiped = [];
    await session.stop();
    expect(wiped).toEqual(['guest', 'vault']);
    expect(ended.map(([reason]) => reason)).toEqual(['broken']);
  });

  it('runs the other steps of the wipe when one fails', async () => {
    await begin();
    wiped = [];
    failing = true;
    await session.handlers.leave({});
    await clock.advance(0);
    expect(wiped).toEqual(['guest', 'vault']);
  });

  it('ends when the allowance is used up, and the agent may add to it', async () => {
    await session.stop();
    make(30);
    await begin();
    expect(state.timeLeftS).toBe(1_800);
    session.addMinutes(10);
    for (let i = 0; i < 20; i++) {
      await clock.advance(110_000);
      use();
    }
    expect(phase()).toBe('active');
    await clock.advance(170_000);
    use();
    await clock.advance(60_000);
    expect(phase()).toBe('idle');
    expect(ended.map(([reason]) => reason)).toEqual(['time-over']);
  });

  it('waits for a running print when the allowance is used up, but not for a video', async () => {
    await session.stop();
    make(30);
    await begin();
    const film = session.idleLocks.acquire('video');
    const print = session.idleLocks.acquire('print');
    await clock.advance(45 * 60_000);
    expect(phase()).toBe('active');
    expect(state.timeLeftS).toBe(0);
    print();
    await clock.advance(1_000);
    expect(phase()).toBe('idle');
    expect(ended.map(([reason]) => reason)).toEqual(['time-over']);
    film();
  });

  it('is kept active by a video while there is some input now and then', async () => {
    await begin();
    const film = session.idleLocks.acquire('video');
    for (let i = 0; i < 4; i++) {
      await clock.advance(14 * 60_000);
      expect(phase()).toBe('active');
      use();
    }
    film();
    await clock.advance(181_000);
    expect(phase()).toBe('warning');
  });

  // Fifteen minutes after the last input for what a site or a voice does, an hour for what a device does; then the
  // quiet time.
  it.each([
    ['video', 17],
    ['upload', 17],
    ['download', 17],
    ['voice', 17],
    ['print', 62],
    ['scan', 62],
    ['copy', 62],
  ] as const)(
    'is kept active by one %s for %i minutes without input, and not by a later one',
    async (what, minutes) => {
      await begin();
      session.idleLocks.acquire(what);
      await clock.advance(minutes * 60_000);
      expect(phase()).toBe('active');
      await clock.advance(61_000);
      expect(phase()).toBe('warning');
      session.idleLocks.acquire(what)();
      session.idleLocks.acquire(what);
      expect(phase()).toBe('warning');
      await clock.advance(60_000);
      expect(ended.map(([reason]) => reason)).toEqual(['quiet']);
    },
  );

  it.each(['video', 'upload', 'download', 'voice'] as const)(
    'ends with the allowance, even during a %s',
    async (what) => {
      await session.stop();
      make(10);
      await begin();
      session.idleLocks.acquire(what);
      await clock.advance(10 * 60_000 + 1_000);
      expect(ended.map(([reason]) => reason)).toEqual(['time-over']);
    },
  );

  it('is kept past its allowance for an hour by a print, even when somebody is at the kiosk', async () => {
    await session.stop();
    make(30);
    await begin();
    session.idleLocks.acquire('print');
    for (let minute = 0; minute < 89; minute += 1) {
      await clock.advance(60_000);
      use();
    }
    expect([phase(), state.timeLeftS]).toEqual(['active', 0]);
    await clock.advance(60_000);
    expect(ended.map(([reason]) => reason)).toEqual(['time-over']);
  });

  it('ignores input from before the session', async () => {
    use();
    await clock.advance(100_000);
    await begin();
    await clock.advance(181_000);
    expect(phase()).toBe('warning');
  });

  it('counts input on our own screens when the system reports none', async () => {
    await begin();
    devicesHang = true;
    await clock.advance(100_000);
    await session.handlers.touch({});
    await clock.advance(100_000);
    expect(phase()).toBe('active');
    await clock.advance(81_000);
    expect(phase()).toBe('warning');
  });

  it.each(['scan', 'print', 'copy', 'upload', 'download', 'video', 'voice'] as const)(
    'drops the warning when a %s begins',
    async (what) => {
      await begin();
      await clock.advance(200_000);
      session.idleLocks.acquire(what);
      expect(phase()).toBe('active');
    },
  );

  it('is wiped when the machine sleeps while the question before leaving is shown', async () => {
    await begin();
    await session.handlers.askToLeave({});
    clock.sleep(3_600_000, 'linux');
    await clock.advance(1_500);
    expect(phase()).toBe('idle');
    expect(ended.map(([reason]) => reason)).toEqual(['woken']);
  });

  it('is closed by the agent, and opened again', async () => {
    await begin();
    session.setClosed(true);
    await clock.advance(0);
    expect(state.phase).toEqual({ name: 'out-of-service', fault: 'PN-AGENT' });
    await clock.advance(60_000);
    expect(phase()).toBe('out-of-service');
    session.setClosed(false);
    await clock.advance(0);
    expect(phase()).toBe('idle');
  });

  it('says that the agent closed it, also when it was out of service or not started yet', async () => {
    await begin();
    left = ['a page'];
    await session.handlers.leave({});
    await clock.advance(2_000);
    expect(state.phase).toEqual({ name: 'out-of-service', fault: 'PN-VAULT' });
    session.setClosed(true);
    expect(state.phase).toEqual({ name: 'out-of-service', fault: 'PN-AGENT' });

    left = [];
    await session.stop();
    make();
    const starting = session.start(false);
    session.setClosed(true);
    await starting;
    expect(state.phase).toEqual({ name: 'out-of-service', fault: 'PN-AGENT' });
  });
});
