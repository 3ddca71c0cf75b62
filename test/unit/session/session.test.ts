import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSession, type Session } from '../../../main/features/session/session.ts';
import type { EndReason, LeavingItem, WipeStep } from '../../../main/features/feature.ts';
import type { StateOf } from '../../../main/contract/define.ts';
import type { SessionContract } from '../../../main/contract/session.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';

let clock: ManualClock;
let session: Session;
let told: StateOf<SessionContract>;
let ended: [EndReason, number][];
let wiped: string[];
let left: string[];
let failing: boolean;
let items: LeavingItem[];
let slowItems: boolean;
let auditHangs: boolean;
let counted: string[];
let logged: unknown[];
/** When a keyboard or a mouse was used last; undefined: the system can't tell. */
let usedAtMs: number | undefined;
let devicesHang: boolean;
let farewellS: number;

const make = (allowanceMinutes: number | null = null): void => {
  session = createSession({
    clock,
    logger: { log: (event: string, fields?: object) => void logged.push([event, fields]) } as never,
    publish: (state) => void (told = state),
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
    leavingItems: () => (slowItems ? new Promise(() => undefined) : Promise.resolve(items)),
    onBegin: () => undefined,
    onEnded: async ({ reason, durationMs }) => void ended.push([reason, durationMs]),
    onAudit: () => undefined,
    onPreferences: () => undefined,
  });
};
const phase = () => told.phase.name;
const use = (): void => void (usedAtMs = clock.monotonicMs());
const begin = async (): Promise<void> => {
  await session.start(false);
  await session.handlers.begin({});
  logged = [];
};

beforeEach(() => {
  clock = createManualClock();
  [ended, wiped, left, items, failing, slowItems, auditHangs] = [[], [], [], [], false, false, false];
  counted = [];
  logged = [];
  [usedAtMs, devicesHang, farewellS] = [undefined, false, 0];
  make();
});
afterEach(() => session.stop());

describe('a session', () => {
  it('welcomes after a purge of what an earlier run left, and says so when somebody was interrupted', async () => {
    await session.start(true);
    expect(wiped).toEqual(['guest', 'vault']);
    expect(told.phase).toEqual({ name: 'idle', restarted: true });
  });

  it('refuses to begin before the kiosk is ready', async () => {
    expect(await session.handlers.begin({})).toMatchObject({ ok: false, error: { code: 'session.not-ready' } });
  });

  it('warns after three minutes of quiet, counts down, then wipes', async () => {
    await begin();
    await clock.advance(179_000);
    expect(phase()).toBe('active');
    await clock.advance(1_000);
    expect(told.phase).toEqual({ name: 'warning', endsInS: 60 });
    await clock.advance(10_000);
    expect(told.phase).toEqual({ name: 'warning', endsInS: 50 });
    await clock.advance(51_000);
    expect(phase()).toBe('idle');
    expect(ended.map(([reason]) => reason)).toEqual(['quiet']);
  });

  it('is kept by a hand on the keyboard or the mouse, wherever it is', async () => {
    await begin();
    for (let i = 0; i < 10; i++) {
      await clock.advance(100_000);
      use();
    }
    expect(phase()).toBe('active');
  });

  it('is not kept by a hand near the mouse once the warning is shown', async () => {
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

  it('never warns while a task is under way, and counts from its end', async () => {
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

  it('drops the warning when a print begins under it', async () => {
    await begin();
    await clock.advance(200_000);
    expect(phase()).toBe('warning');
    session.idleLocks.acquire('print');
    expect(phase()).toBe('active');
  });

  it('asks with what may be forgotten, and ends when the person walks away from the question', async () => {
    await begin();
    items = [{ kind: 'usb-key' }];
    await session.handlers.askToLeave({});
    expect(told.phase).toEqual({ name: 'leaving', items: [{ kind: 'usb-key' }] });
    await clock.advance(182_000);
    expect(phase()).toBe('idle');
  });

  it('is wiped when our screens die, even on the question before leaving', async () => {
    await begin();
    await session.handlers.askToLeave({});
    session.broken();
    await clock.advance(0);
    expect(told.phase).toEqual({ name: 'idle', restarted: true });
    expect(ended.map(([reason]) => reason)).toEqual(['broken']);
    await session.handlers.begin({});
    await session.handlers.leave({});
    await clock.advance(0);
    expect(told.phase).toEqual({ name: 'idle', restarted: false });
  });

  it('takes no notice of a scan that begins when nobody is there', async () => {
    await session.start(false);
    const release = session.idleLocks.acquire('scan');
    expect(phase()).toBe('idle');
    await session.handlers.begin({});
    await clock.advance(181_000);
    expect(phase()).toBe('warning'); // it does not hold the session that follows either
    release();
  });

  it('is not kept by a print of the session before', async () => {
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

  it('comes to the question at once when what may be forgotten can’t be told in time', async () => {
    await begin();
    slowItems = true;
    const asked = session.handlers.askToLeave({});
    await clock.advance(2_000);
    await asked;
    expect(told.phase).toEqual({ name: 'leaving', items: [] });
  });

  it('waits for nobody twice: leaving, dying screens and a woken machine end it once', async () => {
    await begin();
    await session.handlers.leave({});
    session.broken();
    clock.jumpWall(3_600_000);
    await clock.advance(1_500);
    expect(ended.map(([reason]) => reason)).toEqual(['button']);
    expect(phase()).toBe('idle');
  });

  it('is not welcomed again while one step hangs, and names the fault when the audit can’t be made', async () => {
    await begin();
    auditHangs = true;
    await session.handlers.leave({});
    await clock.advance(7_000);
    expect(phase()).toBe('wiping');
    await clock.advance(1_500);
    expect(told.phase).toEqual({ name: 'out-of-service', fault: 'PN-VAULT' });
    auditHangs = false;
    await clock.advance(1_000);
    expect(phase()).toBe('idle');
  });

  it('does not mind the clock being set back an hour', async () => {
    await begin();
    clock.jumpWall(-3_600_000);
    await clock.advance(2_000);
    expect(phase()).toBe('active');
    expect(counted).toEqual(['machine.fault|clock']);
    await clock.advance(170_000);
    expect(phase()).toBe('active');
    expect(counted).toHaveLength(1);
  });

  it('ends when the machine was suspended and woken: whoever is there is somebody else', async () => {
    await begin();
    clock.jumpWall(3_600_000);
    await clock.advance(1_500);
    expect(phase()).toBe('idle');
    expect(ended.map(([reason]) => reason)).toEqual(['woken']);
    expect(counted).toEqual(['machine.fault|clock']);
  });

  it('takes a clock that is set right by some seconds for what it is', async () => {
    await begin();
    clock.jumpWall(-20_000);
    await clock.advance(1_500);
    clock.jumpWall(25_000);
    await clock.advance(1_500);
    expect([phase(), counted]).toEqual(['active', []]);
  });

  it('puts language, size and colours back for the next person', async () => {
    await begin();
    await session.handlers.setPreferences({ language: 'en', textSize: 'largest', colours: 'contrast' });
    expect(told.preferences).toEqual({ language: 'en', textSize: 'largest', colours: 'contrast' });
    await session.handlers.leave({});
    await clock.advance(0);
    expect(told.preferences).toEqual({ language: 'fr', textSize: 'normal', colours: 'light' });
  });

  it('says that all is erased in what the person had chosen, until they press or had the time to read it', async () => {
    farewellS = 6;
    await begin();
    await session.handlers.setPreferences({ language: 'en', textSize: 'largest', colours: 'contrast' });
    await session.handlers.leave({});
    await clock.advance(0);
    expect(wiped.slice(2)).toEqual(['guest', 'vault']);
    expect(phase()).toBe('farewell');
    expect(told.preferences).toEqual({ language: 'en', textSize: 'largest', colours: 'contrast' });
    await clock.advance(5_900);
    expect(phase()).toBe('farewell');
    await clock.advance(100);
    expect(phase()).toBe('idle');
    expect(told.preferences).toEqual({ language: 'fr', textSize: 'normal', colours: 'light' });

    await session.handlers.begin({});
    await session.handlers.leave({});
    await clock.advance(0);
    await session.handlers.sawFarewell({});
    expect(phase()).toBe('idle');
    await session.handlers.begin({});
    await clock.advance(6_000);
    expect(phase()).toBe('active');
  });

  it('says it to nobody who has walked away', async () => {
    farewellS = 6;
    await begin();
    await clock.advance(180_000 + 60_000);
    expect([ended.map(([reason]) => reason), phase()]).toEqual([['quiet'], 'idle']);
  });

  it('shows nothing of a person whose reset failed', async () => {
    farewellS = 6;
    await begin();
    await session.handlers.setPreferences({ language: 'en' });
    left = ['a page'];
    await session.handlers.leave({});
    await clock.advance(2_000);
    expect([phase(), told.preferences.language]).toEqual(['out-of-service', 'fr']);
    left = [];
    await clock.advance(1_000);
    expect(phase()).toBe('idle');
  });

  it('welcomes nobody while something is left, names the fault, and tries again', async () => {
    await begin();
    left = ['a page'];
    await session.handlers.leave({});
    await clock.advance(1_900);
    expect(phase()).toBe('wiping');
    await clock.advance(100);
    expect(told.phase).toEqual({ name: 'out-of-service', fault: 'PN-VAULT' });
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

  it('is not out of service for what goes by itself while the audit looks again, and says what it was', async () => {
    await begin();
    left = ['1 page(s) d’un navigateur'];
    await session.handlers.leave({});
    await clock.advance(300);
    expect(phase()).toBe('wiping');
    left = [];
    await clock.advance(700);
    expect(phase()).toBe('idle');
    // The audit that passes is no line: it would say when somebody left.
    expect(logged).toEqual([['session.looked-again', { step: 'vault', what: 'left.1-pages-dun-navigateur' }]]);
  });

  it('tries again soon, then less often, and soon again after somebody else', async () => {
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
      // Each audit that finds something looks for two seconds.
      expect(await triesAfter(1, 3, 1, 6, 1, 6, 1)).toEqual([1, 0, 1, 0, 1, 0, 1]);
      left = [];
      await clock.advance(5_000);
      expect(phase()).toBe('idle');
    }
  });

  it('is wiped when the kiosk is asked to end under somebody’s hands', async () => {
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
    expect(told.timeLeftS).toBe(1_800);
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

  it('never cuts a sheet that is coming out when the allowance is used up, but a film', async () => {
    await session.stop();
    make(30);
    await begin();
    const film = session.idleLocks.acquire('video');
    const print = session.idleLocks.acquire('print');
    await clock.advance(45 * 60_000);
    expect(phase()).toBe('active');
    expect(told.timeLeftS).toBe(0);
    print();
    await clock.advance(1_000);
    expect(phase()).toBe('idle');
    expect(ended.map(([reason]) => reason)).toEqual(['time-over']);
    film();
  });

  it('is kept by a film while somebody gives a sign now and then', async () => {
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

  it.each(['video', 'upload', 'download'] as const)(
    'is kept by a %s of a site for a quarter of an hour after the last hand, and not by any that follows',
    async (what) => {
      await begin();
      session.idleLocks.acquire(what);
      await clock.advance(17 * 60_000);
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

  it.each(['video', 'upload', 'download'] as const)('ends with the allowance, whatever %s goes on', async (what) => {
    await session.stop();
    make(10);
    await begin();
    session.idleLocks.acquire(what);
    await clock.advance(10 * 60_000 + 1_000);
    expect(ended.map(([reason]) => reason)).toEqual(['time-over']);
  });

  it('takes a hand from before the person came for the one of somebody else', async () => {
    use();
    await clock.advance(100_000);
    await begin();
    await clock.advance(181_000);
    expect(phase()).toBe('warning');
  });

  it('counts the hands on our own screens when the system does not tell of any', async () => {
    await begin();
    devicesHang = true;
    await clock.advance(100_000);
    await session.handlers.touch({});
    await clock.advance(100_000);
    expect(phase()).toBe('active');
    await clock.advance(81_000);
    expect(phase()).toBe('warning');
  });

  it.each(['scan', 'print', 'copy', 'upload', 'download', 'video'] as const)(
    'drops the warning when a %s begins',
    async (what) => {
      await begin();
      await clock.advance(200_000);
      session.idleLocks.acquire(what);
      expect(phase()).toBe('active');
    },
  );

  it('is wiped when it breaks while it is being left, and when the machine sleeps on the question', async () => {
    await begin();
    await session.handlers.askToLeave({});
    clock.jumpWall(3_600_000);
    await clock.advance(1_500);
    expect(phase()).toBe('idle');
    expect(ended.map(([reason]) => reason)).toEqual(['woken']);
  });

  it('is closed by the agent, and opened again', async () => {
    await begin();
    session.setClosed(true);
    await clock.advance(0);
    expect(told.phase).toEqual({ name: 'out-of-service', fault: 'PN-AGENT' });
    await clock.advance(60_000);
    expect(phase()).toBe('out-of-service');
    session.setClosed(false);
    await clock.advance(0);
    expect(phase()).toBe('idle');
  });
});
