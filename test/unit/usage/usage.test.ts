import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../../main/features/usage/notices.ts';
import { closeSession } from '../../../main/features/usage/session-counts.ts';
import type { FakeCounts } from './fake-counts.ts';
import { sampleKnown } from './sample-site.ts';
import { begin, end, pageOf, WEEK } from './usage-fixture.ts';

describe('counting outside a session', () => {
  it('writes the printer’s outages even without a session', async () => {
    const { usage, store, clock } = await begin();
    await clock.advance(32 * 3_600_000); // Monday, half past nine
    usage.counts.add('service.out', 'printer');
    await clock.advance(15 * 60_000);
    expect(store.counts('2026-W44').get('service.out|printer')).toBe(1);
  });
  it('writes none on a public holiday, when the place is closed', async () => {
    for (const [day, times] of [
      [11, undefined],
      [12, 1],
    ] as const) {
      const { usage, store, clock } = await begin({ atMs: Date.UTC(2026, 10, day, 9) });
      usage.counts.add('service.out', 'printer');
      await clock.advance(15 * 60_000);
      expect(store.counts('2026-W46').get('service.out|printer')).toBe(times);
    }
  });
});

describe('a fault of the machine', () => {
  const faults = (store: FakeCounts): unknown =>
    Object.fromEntries([...store.counts(WEEK)].filter(([cell]) => /^(reset|machine)\./.test(cell)));

  it('is counted once while it lasts, even if the reset is retried', async () => {
    const { usage, store } = await begin();
    const audits = [undefined, 'vault', 'vault', 'guest', undefined, 'guest', 'voice'] as const;
    for (const left of audits) usage.resetAudited(left);
    await usage.stop();
    expect(faults(store)).toEqual({
      'reset.fault|vault': 1,
      'reset.fault|guest': 2,
      'reset.fault|voice': 1,
    });
  });

  it.each(['full', 'read-only'])(
    'is counted once for a disk that is %s, when it can be written again',
    async (kind) => {
      const { usage, store } = await begin();
      store.failWith = kind;
      await usage.endSession(end);
      await usage.endSession(end);
      store.failWith = undefined;
      await usage.endSession(end);
      expect(faults(store)).toEqual({ 'machine.fault|unwritable': 1 });
    },
  );

  it('is on the agent’s page at once and exactly, unlike the figures about people', async () => {
    const { usage } = await begin();
    await usage.endSession(end);
    usage.counts.add('machine.fault', 'memory-full');
    usage.counts.add('documents.no-room');
    await usage.endSession(end);
    const report = pageOf(usage);
    expect(report.tables.find(({ measure }) => measure === 'machine.fault')?.rows).toMatchObject([
      { key: 'memory-full', label: 'Mémoire vive pleine', now: { kind: 'exact', n: 1 } },
    ]);
    const noisy = report.tables.filter(({ rows }) => rows.some(({ now }) => now.kind === 'about'));
    expect(noisy.filter(({ measure }) => measure !== 'session.half-day')).toEqual([]);
    expect(report.advice).toContain('Signalez au service informatique\u00a0: mémoire vive pleine.');
  });
});

describe('the page of a week with a daylight saving change', () => {
  it('counts both passes of the repeated hour in the same half-day', async () => {
    // 25 October 2026 has 02:30 twice: in summer time, then in winter time.
    const { usage, clock, store } = await begin();
    await usage.endSession(end);
    await clock.advance(3_600_000);
    await usage.endSession(end);
    expect(store.counts(WEEK).get('session.half-day|sun-am')).toBe(2);
    expect(pageOf(usage).title).toBe('Semaine 43\u00a0: du lundi 19 au dimanche 25 octobre 2026');
  });
});

describe('the weeks for the Département', () => {
  it('are delivered when the week ends, even without a session on Monday', async () => {
    let delivered = 0;
    const { clock } = await begin({
      isNetworkTime: () => true,
      deliver: async () => ((delivered += 1), 'delivered'),
    });
    expect(delivered).toBe(1);
    // Sunday, then a Monday without sessions.
    await clock.advance(23 * 3_600_000);
    expect(delivered).toBe(2);
    await clock.advance(24 * 3_600_000);
    expect(delivered).toBe(2);
  });
  it('are retried while the folder is unreachable, with a notice for the agent', async () => {
    let plugged = false;
    const { usage, clock } = await begin({ deliver: async () => (plugged ? 'delivered' : 'away') });
    expect(usage.notices().join()).toContain('Le dossier du Département ne répond pas');
    plugged = true;
    await clock.advance(5 * 60_000);
    expect(usage.notices()).toEqual([]);
  });
  // Each call on a shared drive that hangs keeps one of the four threads that read and write every file of the kiosk.
  it('are given once to a folder that answers no more', async () => {
    let asked = 0;
    const { clock } = await begin({
      deliver: () => ((asked += 1) === 1 ? Promise.resolve('away') : new Promise(() => undefined)),
    });
    await clock.advance(30 * 60_000);
    expect(asked).toBe(2);
  });
  it('wait with a notice for the agent when the folder hangs from the first time, until it answers', async () => {
    let answer: (took: Delivery) => void = () => undefined;
    const { usage, clock } = await begin({ deliver: () => new Promise((resolve) => (answer = resolve)) });
    expect(usage.notices()).toEqual([]);
    await clock.advance(5 * 60_000);
    expect(usage.notices().join()).toContain('Le dossier du Département ne répond pas');
    answer('delivered');
    await clock.advance(0);
    expect(usage.notices()).toEqual([]);
  });
  it('that end while the folder hangs are delivered once it answers', async () => {
    let answer: (took: Delivery) => void = () => undefined;
    let asked = 0;
    const { clock } = await begin({
      isNetworkTime: () => true,
      deliver: () => ((asked += 1) === 1 ? new Promise((resolve) => (answer = resolve)) : Promise.resolve('delivered')),
    });
    await clock.advance(24 * 3_600_000); // Sunday to Monday
    expect(asked).toBe(1);
    answer('delivered');
    await clock.advance(5 * 60_000);
    expect(asked).toBe(2);
  });
  it('do not keep the hours of service from being counted while the folder does not answer', async () => {
    const { clock, store } = await begin({ deliver: () => new Promise(() => undefined) });
    await clock.advance(30 * 60_000);
    expect(store.counts(WEEK).get('service.on|sun-am')).toBe(2);
  });
});

describe('stopping the kiosk', () => {
  it('causes no unhandled rejection while a delivery at the change of week is pending', async () => {
    let answer: (took: Delivery) => void = () => undefined;
    let asked = 0;
    const { usage, clock } = await begin({
      isNetworkTime: () => true,
      deliver: () => ((asked += 1) === 1 ? Promise.resolve('delivered') : new Promise((resolve) => (answer = resolve))),
    });
    await usage.endSession(end);
    await clock.advance(24 * 3_600_000);
    expect(asked).toBe(2);
    await usage.stop();
    const failures: unknown[] = [];
    const hear = (reason: unknown): void => void failures.push(reason);
    process.on('unhandledRejection', hear);
    answer('delivered');
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', hear);
    expect(failures).toEqual([]);
  });
});

describe('a blocked page', () => {
  it.each([
    ['www.msa.fr', 'msa.fr'],
    ['msa.fr', 'msa.fr'],
    ['loisirs-exemple.fr', undefined],
    ['notmsa.fr', undefined],
    ['msa.fr.exemple.com', undefined],
    ['', undefined],
  ])('of %j is counted as %j', async (host, domain) => {
    const { usage, store } = await begin();
    usage.blocked(host);
    await usage.endSession(end);
    const cells = [...store.counts(WEEK)];
    expect(cells.filter(([cell]) => cell.startsWith('browsing'))).toEqual(
      domain === undefined ? [] : [[`browsing.blocked-domain|${domain}`, 1]],
    );
  });
});

describe('counting a session', () => {
  it('writes nothing before its end, then everything in one write', async () => {
    const { usage, store } = await begin();
    usage.counts.add('pages.printed', undefined, 2);
    usage.counts.add('demarche.opened', 'caf-aide-logement');
    expect(store.adds).toEqual([]);
    await usage.endSession(end);
    expect(store.adds).toHaveLength(1);
    expect(Object.fromEntries(store.counts(WEEK))).toEqual({
      session: 1,
      'session.end|button': 1,
      'session.half-day|sun-am': 1,
      'session.duration|2-5': 1,
      'session.helped|yes': 1,
      'session.language|fr': 1,
      'session.text-size|normal': 1,
      'session.did|printed': 1,
      'session.printed|2-5': 1,
      'demarche.opened|caf-aide-logement': 1,
      'demarche.left-at-step|caf-aide-logement/0': 1,
    });
  });

  it.each([
    ['only shown', [], 'demarche.left-at-step|caf-aide-logement/6', 'no'],
    ['shown, and a form was sent', ['demarche.finished', 'form.sent'], 'demarche.finished|caf-aide-logement', 'yes'],
    // It counts as help once it is printed, on a key or given to a site.
    [
      'shown, and a document came',
      ['demarche.finished', 'documents.downloaded'],
      'demarche.finished|caf-aide-logement',
      'no',
    ],
  ] as const)('counts the last step of a guide that was %s', async (_, heard, ending, helped) => {
    const { usage, store } = await begin();
    usage.counts.add('demarche.opened', 'caf-aide-logement');
    usage.counts.add('demarche.left-at-step', 'caf-aide-logement/9'); // the guide was longer a moment ago
    for (const measure of heard)
      if (measure === 'demarche.finished') usage.counts.add(measure, 'caf-aide-logement');
      else usage.counts.add(measure);
    await usage.endSession(end);
    const cells = [...store.counts(WEEK).keys()];
    expect(cells.filter((cell) => /^demarche\.(left|fin)/.test(cell))).toEqual([ending]);
    expect(cells.filter((cell) => cell.startsWith('session.helped'))).toEqual([`session.helped|${helped}`]);
    expect(cells.filter((cell) => cell.startsWith('form'))).toEqual([]);
  });

  it('counts each activity once per person', async () => {
    const { usage, store } = await begin();
    for (let at = 0; at < 40; at += 1) {
      await usage.handlers.note({ what: 'theme', key: 'logement' });
      await usage.handlers.note({ what: 'help', key: 'site' });
      usage.counts.add('pages.printed', undefined, 3);
      usage.counts.add('demarche.opened', 'caf-aide-logement');
      usage.counts.add('demarche.left-at-step', `caf-aide-logement/${at % 4}`);
      usage.counts.add('browsing.blocked', 'caf-aide-logement');
      usage.blocked('msa.fr');
    }
    await usage.endSession(end);
    const cells = store.counts(WEEK);
    expect([...cells.values()].every((n) => n === 1)).toBe(true);
    expect([...cells.keys()].filter((cell) => cell.startsWith('demarche.left'))).toEqual([
      'demarche.left-at-step|caf-aide-logement/3',
    ]);
    expect(cells.has('session.printed|over-20')).toBe(true);
  });

  it.each([
    ['welcome', []],
    ['choice', ['theme.chosen|logement']],
    ['choice', ['place.need|apprendre']],
    ['choice', ['place.viewed']],
    ['choice', ['help.urgent']],
    ['search', ['theme.chosen|search', 'search.nothing|none']],
    ['site', ['site.opened']],
    ['site', ['theme.chosen|logement', 'demarche.opened|caf-aide-logement']],
    ['tutorial', ['tutorial.opened|souris', 'tutorial.left-at-screen|souris/2']],
    ['document', ['demarche.opened|caf-aide-logement', 'pages.scanned']],
    ['document', ['demarche.opened|caf-aide-logement', 'documents.downloaded']],
    ['document', ['documents.filled']],
    ['document', ['documents.no-room']],
    ['document', ['document.held']],
  ])('counts a person who left empty-handed at %s', (where, heard) => {
    const closed = closeSession(
      new Map(heard.map((cell) => [cell, 1])),
      { reason: 'quiet', durationMs: 60_000, language: 'fr', textSize: 'normal', half: 'mon-am' },
      sampleKnown.demarches,
    );
    expect([...closed.keys()].filter((cell) => cell.startsWith('session.empty-handed'))).toEqual([
      `session.empty-handed|${where}`,
    ]);
  });

  it.each([
    [
      'left at the furthest screen',
      ['opened|souris', 'left-at-screen|souris/4', 'left-at-screen|souris/2'],
      ['left-at-screen|souris/4'],
    ],
    [
      'finished, and not also left',
      ['opened|souris', 'left-at-screen|souris/6', 'finished|souris'],
      ['finished|souris'],
    ],
  ])('counts a tutorial once per person: %s', (_, heard, outcome) => {
    const closed = closeSession(
      new Map(heard.map((cell) => [`tutorial.${cell}` as const, 3])),
      { reason: 'quiet', durationMs: 60_000, language: 'fr', textSize: 'normal', half: 'mon-am' },
      sampleKnown.demarches,
    );
    expect([...closed].filter(([cell]) => cell.startsWith('tutorial.'))).toEqual(
      ['opened|souris', ...outcome].map((cell) => [`tutorial.${cell}`, 1]),
    );
    // A finished tutorial counts as help.
    expect(closed.has('session.helped|yes')).toBe(outcome[0] === 'finished|souris');
  });

  it('counts a person who left empty-handed as not helped', async () => {
    const { usage, store } = await begin();
    await usage.endSession({ ...end, reason: 'quiet', durationMs: 30_000 });
    expect(store.counts(WEEK).get('session.helped|no')).toBe(1);
  });

  it('carries nothing from one session to the next', async () => {
    const { usage, store } = await begin();
    usage.counts.add('pages.printed', undefined, 3);
    await usage.endSession({ ...end, preferences: { language: 'en', textSize: 'largest' } });
    await usage.endSession(end);
    const cells = store.counts(WEEK);
    expect([
      cells.get('session.did|printed'),
      cells.get('session.language|fr'),
      cells.get('session.language|en'),
    ]).toEqual([1, 1, 1]);
  });

  it.each([
    ['search.words', 'aide au logement'],
    ['demarche.opened', 'madame-dupont'],
    ['help.asked', 'jean'],
    ['pages.printed', 'lettre.pdf'],
    ['browsing.blocked-domain', 'exemple-inconnu.org'],
    ['session', ''],
  ])('refuses %s|%s and logs it', async (measure, key) => {
    const { usage, store, logged } = await begin();
    // The types reject these too. This checks the runtime.
    (usage.counts.add as (measure: string, key: string) => void)(measure, key);
    expect(logged).toContain('usage.refused');
    await usage.endSession(end);
    const cells = store.counts(WEEK);
    expect([...cells.keys()].every((cell) => cell.startsWith('session'))).toBe(true);
    expect(cells.get('session')).toBe(1);
  });

  it('receives themes and help requests from the screens', async () => {
    const { usage, store } = await begin();
    await usage.handlers.note({ what: 'theme', key: 'logement' });
    expect(await usage.handlers.note({ what: 'help', key: 'logement' })).toMatchObject({ ok: false });
    await usage.handlers.note({ what: 'help', key: 'site' });
    await usage.handlers.urgentHelpShown({});
    await usage.endSession(end);
    const cells = store.counts(WEEK);
    const heard = ['theme.chosen|logement', 'help.asked|site', 'help.urgent'].map((cell) => cells.get(cell));
    expect(heard).toEqual([1, 1, 1]);
  });

  it('writes the cells in random order, not in the order of the session', async () => {
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

describe('when the disk cannot be written', () => {
  it.each(['full', 'read-only', 'busy'])(
    'keeps counting in memory while the disk is %s, shows a notice to the agent, and writes once',
    async (kind) => {
      const { usage, store, clock } = await begin();
      store.failWith = kind;
      usage.counts.add('pages.printed');
      await usage.endSession(end);
      await usage.endSession(end);
      expect(usage.notices().join(' ')).toContain('gardés en mémoire');
      store.failWith = undefined;
      await clock.advance(5 * 60_000);
      const cells = store.counts(WEEK);
      expect([cells.get('session'), cells.get('session.did|printed'), cells.get('session.half-day|unknown')]).toEqual([
        2, 1, 2,
      ]);
      expect(usage.notices()).toEqual([]);
    },
  );
});
