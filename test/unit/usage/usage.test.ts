import { describe, expect, it } from 'vitest';
import { defaultPreferences } from '../../../main/contract/session.ts';
import { ok } from '../../../main/contract/result.ts';
import { createUsage, keptFromWeek, type Usage } from '../../../main/features/usage/usage.ts';
import { buildReport } from '../../../main/features/usage/report.ts';
import type { Week } from '../../../main/features/usage/iso-week.ts';
import type { Logger } from '../../../main/log/logger.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';
import { createFakeCounts, type FakeCounts } from './fake-counts.ts';
import { sampleKnown } from './sample-site.ts';

interface Scene {
  readonly usage: Usage;
  readonly clock: ManualClock;
  readonly store: FakeCounts;
  readonly logged: string[];
}
const begin = async (
  options: { threshold?: number; random?: () => number; deliver?: () => Promise<boolean> } = {},
): Promise<Scene> => {
  const clock = createManualClock();
  const store = createFakeCounts();
  const logged: string[] = [];
  const logger: Logger = { log: (event) => void logged.push(event) };
  const usage = createUsage({
    clock,
    logger,
    known: sampleKnown,
    open: async () => ok({ store, movedAside: null }),
    random: options.random ?? Math.random,
    threshold: options.threshold ?? 1,
    ...(options.deliver ? { deliver: options.deliver } : {}),
  });
  await usage.start();
  return { usage, clock, store, logged };
};
const end = { reason: 'button', durationMs: 240_000, preferences: defaultPreferences } as const;
const WEEK = '2026-W43';

describe('counting outside a session', () => {
  it('writes the printer’s lost quarters though nobody is there', async () => {
    const { usage, store, clock } = await begin();
    usage.counts.add('service.out', 'printer');
    await clock.advance(10 * 60_000);
    expect(Object.fromEntries(store.read(WEEK, WEEK).get(WEEK) ?? [])).toEqual({ 'service.out|printer': 1 });
  });
});

describe('what is wrong with the machine', () => {
  const faults = (store: FakeCounts): unknown =>
    Object.fromEntries(
      [...(store.read(WEEK, WEEK).get(WEEK) ?? [])].filter(([cell]) => /^(reset|machine)\./.test(cell)),
    );

  it('is counted once for as long as it lasts, though the reset is tried again and again', async () => {
    const { usage, store } = await begin();
    const audits = [undefined, 'vault', 'vault', 'guest', undefined, 'guest', 'voice'] as const;
    for (const left of audits) usage.resetAudited(left);
    await usage.stop();
    expect(faults(store)).toEqual({
      'reset.proven': 2,
      'reset.fault|vault': 1,
      'reset.fault|guest': 2,
      'reset.fault|voice': 1,
    });
  });

  it.each(['full', 'read-only'])('counts a disk that is %s once, as soon as it takes a figure again', async (kind) => {
    const { usage, store } = await begin();
    store.failWith = kind;
    await usage.endSession(end);
    await usage.endSession(end);
    store.failWith = undefined;
    await usage.endSession(end);
    expect(faults(store)).toEqual({ 'machine.fault|unwritable': 1 });
  });

  it('is on the agent’s page at once and to the unit, when nothing of people is', async () => {
    const { usage } = await begin({ threshold: 5 });
    await usage.endSession(end);
    usage.counts.add('machine.fault', 'memory-full');
    usage.counts.add('documents.no-room');
    await usage.endSession(end);
    const site = usage.site();
    if (!site) throw new Error('no figures');
    const report = buildReport({
      site,
      period: { kind: 'week', id: WEEK },
      known: sampleKnown,
      place: 'Moulins',
      threshold: 5,
      notices: [],
    });
    expect(report.tables.find(({ measure }) => measure === 'machine.fault')?.rows).toMatchObject([
      { key: 'memory-full', label: 'Mémoire vive pleine', now: { kind: 'exact', n: 1 } },
    ]);
    expect(site.weeks.get(site.current)?.get('session')).toBeUndefined();
    expect(report.advice).toContain('Signalez au service informatique\u00a0: mémoire vive pleine.');
  });
});

describe('the page of the week in which the hour changes', () => {
  it('puts the hour that comes twice in the same half-day, and loses nobody', async () => {
    // 25 October 2026: 02:30 in summer time, then 02:30 again in winter time.
    const { usage, clock } = await begin();
    await usage.endSession(end);
    await clock.advance(3_600_000);
    await usage.endSession(end);
    const site = usage.site();
    if (!site) throw new Error('nothing is kept');
    const page = buildReport({
      site,
      period: { kind: 'week', id: WEEK },
      known: sampleKnown,
      place: 'MSD de Moulins',
      threshold: 1,
      notices: [],
    });
    expect(page.title).toBe('Semaine 43\u00a0: du lundi 19 au dimanche 25 octobre 2026');
    expect(page.sentences[1]).toBe('Il y a eu 2 passages\u00a0; le plus de monde\u00a0: dimanche matin.');
    const halves = page.tables.find((table) => table.measure === 'session.half-day')?.rows ?? [];
    expect(halves.map(({ key, now }) => (now.kind === 'exact' && now.n > 0 ? `${key} ${now.n}` : ''))).toContain(
      'sun-am 2',
    );
  });
});

describe('the weeks for the Département', () => {
  it('are put in the folder when the week ends, though nobody came on Monday', async () => {
    let delivered = 0;
    const { clock } = await begin({ deliver: async () => (delivered += 1) > 0 });
    expect(delivered).toBe(1);
    // Sunday, then a Monday without anybody.
    await clock.advance(23 * 3_600_000);
    expect(delivered).toBe(2);
    await clock.advance(24 * 3_600_000);
    expect(delivered).toBe(2);
  });
  it('wait for a folder that is away, are tried again, and the agent is told meanwhile', async () => {
    let plugged = false;
    const { usage, clock } = await begin({ deliver: async () => plugged });
    expect(usage.notices().join()).toContain('Le dossier du Département ne répond pas');
    plugged = true;
    await clock.advance(5 * 60_000);
    expect(usage.notices()).toEqual([]);
  });
});

describe('a page out of the démarche', () => {
  it.each([
    ['www.msa.fr', 'msa.fr'],
    ['msa.fr', 'msa.fr'],
    ['loisirs-exemple.fr', undefined],
    ['notmsa.fr', undefined],
    ['msa.fr.exemple.com', undefined],
    ['', undefined],
  ])('counts %j as %j', async (host, domain) => {
    const { usage, store } = await begin();
    usage.blocked(host);
    await usage.endSession(end);
    const cells = [...(store.read(WEEK, WEEK).get(WEEK) ?? [])];
    expect(cells.filter(([cell]) => cell.startsWith('browsing'))).toEqual(
      domain === undefined ? [] : [[`browsing.blocked-domain|${domain}`, 1]],
    );
  });
});

describe('counting a session', () => {
  it('writes nothing before its end, then everything in one go', async () => {
    const { usage, store } = await begin();
    usage.counts.add('pages.printed', undefined, 2);
    usage.counts.add('demarche.opened', 'caf-aide-logement');
    expect(store.adds).toEqual([]);
    await usage.endSession(end);
    expect(store.adds).toHaveLength(1);
    expect(Object.fromEntries(store.read(WEEK, WEEK).get(WEEK) ?? [])).toEqual({
      session: 1,
      'session.end|button': 1,
      'session.half-day|sun-am': 1,
      'session.duration|2-5': 1,
      'session.helped|yes': 1,
      'session.language|fr': 1,
      'session.text-size|normal': 1,
      'pages.printed': 2,
      'demarche.opened|caf-aide-logement': 1,
      'demarche.left-at-step|caf-aide-logement/0': 1,
    });
  });

  it('counts the last step of a guide as its end, and a person who finished one as helped', async () => {
    const { usage, store } = await begin();
    usage.counts.add('demarche.opened', 'caf-aide-logement');
    usage.counts.add('demarche.left-at-step', 'caf-aide-logement/6');
    await usage.endSession(end);
    const cells = store.read(WEEK, WEEK).get(WEEK);
    expect(cells?.get('demarche.finished|caf-aide-logement')).toBe(1);
    expect(cells?.get('session.helped|yes')).toBe(1);
    expect([...(cells?.keys() ?? [])].filter((cell) => cell.startsWith('demarche.left'))).toEqual([]);
  });

  it('counts a person who left with nothing as not helped', async () => {
    const { usage, store } = await begin();
    await usage.endSession({ ...end, reason: 'quiet', durationMs: 30_000 });
    expect(store.read(WEEK, WEEK).get(WEEK)?.get('session.helped|no')).toBe(1);
  });

  it('takes nothing of one session into the next', async () => {
    const { usage, store } = await begin();
    usage.counts.add('pages.printed', undefined, 3);
    await usage.endSession({ ...end, preferences: { language: 'en', textSize: 'largest' } });
    await usage.endSession(end);
    const cells = store.read(WEEK, WEEK).get(WEEK);
    expect([cells?.get('pages.printed'), cells?.get('session.language|fr'), cells?.get('session.language|en')]).toEqual(
      [3, 1, 1],
    );
  });

  it.each([
    ['search.words', 'aide au logement'],
    ['demarche.opened', 'madame-dupont'],
    ['help.asked', 'jean'],
    ['pages.printed', 'lettre.pdf'],
    ['browsing.blocked-domain', 'exemple-inconnu.org'],
    ['session', ''],
  ])('refuses %s|%s and says so in the log', async (measure, key) => {
    const { usage, store, logged } = await begin();
    // The types refuse these; here, that the program does too.
    (usage.counts.add as (measure: string, key: string) => void)(measure, key);
    expect(logged).toContain('usage.refused');
    await usage.endSession(end);
    const cells = store.read(WEEK, WEEK).get(WEEK);
    expect([...(cells?.keys() ?? [])].every((cell) => cell.startsWith('session'))).toBe(true);
    expect(cells?.get('session')).toBe(1);
  });

  it('hears themes and help from the screens', async () => {
    const { usage, store } = await begin();
    await usage.handlers.note({ what: 'theme', key: 'logement' });
    expect(await usage.handlers.note({ what: 'help', key: 'logement' })).toMatchObject({ ok: false });
    await usage.handlers.note({ what: 'help', key: 'site' });
    await usage.handlers.urgentHelpShown({});
    await usage.endSession(end);
    const cells = store.read(WEEK, WEEK).get(WEEK);
    const heard = ['theme.chosen|logement', 'help.asked|site', 'help.urgent'].map((cell) => cells?.get(cell));
    expect(heard).toEqual([1, 1, 1]);
  });

  it('writes cells in an order that is not the order of the session', async () => {
    const orders = new Set<string>();
    for (let i = 0; i < 8; i += 1) {
      const { usage, store } = await begin();
      usage.counts.add('pages.scanned');
      usage.counts.add('pages.printed');
      await usage.endSession(end);
      orders.add(JSON.stringify(store.adds[0]?.cells));
    }
    expect(orders.size).toBeGreaterThan(1);
  });
});

describe('when it cannot be written', () => {
  it.each(['full', 'read-only', 'busy'])(
    'keeps counting in memory while the disk is %s, tells the agent, and writes once',
    async (kind) => {
      const { usage, store, clock } = await begin();
      store.failWith = kind;
      usage.counts.add('pages.printed');
      await usage.endSession(end);
      await usage.endSession(end);
      expect(usage.notices().join(' ')).toContain('gardés en mémoire');
      store.failWith = undefined;
      await clock.advance(5 * 60_000);
      const cells = store.read(WEEK, WEEK).get(WEEK);
      expect([cells?.get('session'), cells?.get('pages.printed'), cells?.get('session.half-day|unknown')]).toEqual([
        2, 1, 2,
      ]);
      expect(usage.notices()).toEqual([]);
    },
  );

  it.each([Date.UTC(1970, 0, 1), Date.UTC(2099, 0, 1)])('holds counts back while the clock says %d', async (wrong) => {
    const { usage, store, clock } = await begin();
    const right = clock.now();
    clock.jumpWall(wrong - right);
    await usage.endSession(end);
    expect(store.adds).toEqual([]);
    expect(usage.notices().join(' ')).toContain('L’horloge');
    expect(usage.site()).toBeUndefined();
    clock.jumpWall(right - wrong);
    await usage.endSession(end);
    expect(store.read(WEEK, WEEK).get(WEEK)?.get('session')).toBe(2);
  });
});

describe('the week under way', () => {
  it('moves on the agent’s page only when enough people have come since', async () => {
    const { usage } = await begin({ threshold: 5 });
    const sessions = (): number =>
      usage
        .site()
        ?.weeks.get(WEEK as Week)
        ?.get('session') ?? 0;
    const seen: number[] = [];
    for (let i = 0; i < 12; i += 1) {
      await usage.endSession(end);
      seen.push(sessions());
    }
    expect(seen).toEqual([0, 0, 0, 0, 5, 5, 5, 5, 5, 10, 10, 10]);
  });

  it('keeps 25 months and erases what is older', async () => {
    const { usage, store, clock } = await begin();
    await usage.endSession(end);
    clock.jumpWall(26 * 31 * 86_400_000);
    await usage.endSession(end);
    expect(usage.site()?.weeks.has(WEEK as Week)).toBe(false);
    expect(keptFromWeek('2026-W47' as Week)).toBe('2024-W45');
    expect(store.life()?.keptFrom).not.toBe(WEEK);
  });

  it('counts quarter-hours out of service by cause', async () => {
    const { usage, store, clock } = await begin();
    const back = usage.hoursOutOfService('printer');
    await clock.advance(70 * 60_000);
    back();
    await usage.endSession(end);
    expect(store.read(WEEK, WEEK).get(WEEK)?.get('service.out|printer')).toBe(5);
  });
});
