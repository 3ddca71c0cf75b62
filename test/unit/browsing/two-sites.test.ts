/** The démarche and the mailbox of one session: both keep running, one is visible, and they end together. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { DemarcheConfig, KioskConfig } from '../../../main/config/kiosk-config.ts';
import type { BrowsingContract } from '../../../main/contract/browsing.ts';
import type { StateOf } from '../../../main/contract/define.ts';
import { browsingOfPerson, type PersonsBrowsing } from '../../fakes/browsing-person.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { createMemoryShell, type MemoryShell } from '../../fakes/memory-shell.ts';
import { quietKiosk } from '../../fakes/quiet-kiosk.ts';

const demarche = (id: string, host: string, more: Partial<DemarcheConfig> = {}): DemarcheConfig => ({
  id,
  title: `Faire ${id}`,
  sentence: '',
  simple: null,
  en: null,
  theme: 'social',
  organism: id,
  siteName: host.split('.').slice(-2).join('.'),
  priority: 1,
  url: `https://${host}/`,
  checkedOn: '2026-11',
  domains: [host.split('.').slice(-2).join('.')],
  bundles: [],
  ports: [],
  frames: [],
  payByCard: false,
  minutes: null,
  account: { name: 'compte', franceConnect: false },
  signInCode: null,
  verifiedOn: '2026-11-26',
  verifiedBy: null,
  sources: [],
  papers: [],
  toKnow: [],
  words: [],
  steps: [],
  sentAt: [],
  upload: null,
  mailbox: null,
  beside: [],
  planB: { phone: null, phoneNote: null, paper: null, place: null },
  ...more,
});

const demarches = [
  demarche('caisse', 'www.caisse.test', { beside: ['banque'], sentAt: ['www.caisse.test/merci'] }),
  demarche('impots', 'www.impots.test', { account: null }),
  demarche('banque', 'www.banque.test'),
  demarche('acte', 'www.acte.test', { account: null, bundles: ['franceconnect'] }),
  demarche('mail-un', 'mail.un.test', {
    mailbox: { endings: ['un.test'], asksPhone: ['mail.un.test/telephone*'], locked: ['mail.un.test/bloquee'] },
  }),
  demarche('mail-deux', 'mail.deux.test', { mailbox: { endings: ['deux.test'], asksPhone: [], locked: [] } }),
];
const rect = { x: 0, y: 100, width: 800, height: 600 };

describe('two sites', () => {
  let memory: MemoryShell;
  let browsing: PersonsBrowsing;
  let state: StateOf<BrowsingContract>;
  let emptied: number;
  let opened: string[];
  let printed: number;
  let begun: number;
  let failed: string[];
  let left: { readonly by: string; readonly backwards: boolean }[];
  let clock: ReturnType<typeof createManualClock>;
  beforeEach(async () => {
    memory = createMemoryShell();
    memory.setIdleMs(0);
    clock = createManualClock();
    emptied = 0;
    left = [];
    printed = 0;
    begun = 0;
    failed = [];
    opened = [];
    browsing = browsingOfPerson({
      ...quietKiosk,
      clock,
      logger: { log: () => undefined } as never,
      shell: memory.shell,
      config: { demarches, bundles: {}, site: { localHosts: [], frames: [] } } as unknown as KioskConfig,
      publish: (next) => void (state = next),
      onPrintWanted: () => void (printed += 1),
      onDownloadBegun: () => void (begun += 1),
      onDownload: async ({ name, asked }) => void opened.push(`${name} ${await asked}`),
      onDownloadFailed: (name, asked) => void failed.push(`${name} ${asked}`),
      emptyClipboard: async () => void (emptied += 1),
      onKeyboardLeft: (how) => void left.push(how),
    });
    state = browsing.initial;
    await browsing.handlers.place({ rect });
  });
  const open = (id: string, leave?: readonly string[]) =>
    browsing.handlers.open({ demarche: id, ...(leave && { leave }) });
  const ids = () => state.open.map((one) => one.demarche);
  const guest = (index: number) => {
    const found = memory.guests[index];
    if (!found) throw new Error(`no guest ${index}`);
    return found;
  };
  const settled = () => new Promise((done) => setImmediate(done));
  /** What the leaving screen says about what the person wrote. */
  const ofRequest = () => browsing.leavingItems().filter(({ kind }) => kind !== 'signed-in');

  it('a démarche asked for while another one closes takes its place, and no site is lost', async () => {
    await open('caisse');
    const answers = await Promise.all([open('impots'), open('banque', [])]);
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(ids()).toEqual(['banque']);
    expect(memory.guests.filter(({ closed }) => !closed)).toHaveLength(1);
    await browsing.wipe.wipe();
    expect(memory.guests.every(({ closed }) => closed)).toBe(true);
  });

  it('a mailbox asked for while a démarche opens does not replace it', async () => {
    await open('caisse');
    await Promise.all([open('impots'), open('mail-un')]);
    expect(ids()).toEqual(['impots', 'mail-un']);
  });

  it('a picture that comes after its site was closed is not kept', async () => {
    await open('caisse');
    const taken = Promise.withResolvers<Uint8Array>();
    guest(0).picture = () => taken.promise;
    const covered = browsing.handlers.place({ rect: null, picture: true });
    await settled();
    await browsing.handlers.close({});
    taken.resolve(new Uint8Array([1]));
    await covered;
    expect(state.picture).toBeNull();
  });

  it('a first start that fails does not take away the site that « recommencer » has opened', async () => {
    const { openGuest } = memory.shell;
    const first = Promise.withResolvers<never>();
    Object.assign(memory.shell, { openGuest: () => first.promise });
    const opening = open('caisse');
    await settled();
    Object.assign(memory.shell, { openGuest });
    await browsing.handlers.resume({ how: 'start-over' });
    first.reject(new Error('no browser'));
    expect(await opening).toMatchObject({ ok: true });
    expect(ids()).toEqual(['caisse']);
  });

  it('a « recommencer » that finds no browser offers to try again', async () => {
    await open('caisse');
    guest(0).tell({ kind: 'crashed' });
    Object.assign(memory.shell, { openGuest: () => Promise.reject(new Error('no browser')) });
    await browsing.handlers.resume({ how: 'start-over' });
    expect(state.visit?.cover).toEqual({ kind: 'crashed' });
  });

  it('a mailbox opens beside the démarche, which stays unchanged but hidden', async () => {
    await open('caisse');
    guest(0).follow('https://www.caisse.test/code');
    await open('mail-un');
    await settled();
    expect(ids()).toEqual(['caisse', 'mail-un']);
    expect(state.visit?.demarche).toBe('mail-un');
    expect(guest(0)).toMatchObject({ closed: false, shownAt: undefined });
    expect(guest(0).navigations.at(-1)).toBe('https://www.caisse.test/code');
    expect(guest(1).shownAt).toEqual(rect);
    await browsing.handlers.front({ demarche: 'caisse' });
    await settled();
    expect(state.visit).toMatchObject({ demarche: 'caisse', host: 'www.caisse.test' });
    expect(guest(0).shownAt).toEqual(rect);
    expect(guest(1).shownAt).toBeUndefined();
    // Cleared once only: text copied on one site may be pasted on the other.
    expect(emptied).toBe(1);
  });

  it('a site loads at the size that it will be shown at, also while no rectangle is free for a moment', async () => {
    await open('caisse');
    guest(0).tell({ kind: 'crashed' });
    await browsing.handlers.place({ rect: null });
    await browsing.handlers.resume({ how: 'start-over' });
    await settled();
    expect(guest(0).loadedAt).toEqual([rect]);
    expect(guest(1).loadedAt).toEqual([rect]);
    expect(guest(1).shownAt).toBeUndefined();
  });

  it('a picture replaces a covered site until it is visible again', async () => {
    await open('caisse');
    await settled();
    const bytes = new Uint8Array([1, 2, 3]);
    guest(0).picture = async () => bytes;
    await browsing.handlers.place({ rect: null, picture: true });
    await settled();
    expect(guest(0).shownAt).toBeUndefined();
    const { picture } = state;
    expect(await browsing.bytes?.(`${picture}.jpg`)).toEqual({ type: 'image/jpeg', body: bytes });
    expect(await browsing.bytes?.('site-0.jpg')).toBeUndefined();
    await browsing.handlers.place({ rect });
    await settled();
    expect(guest(0).shownAt).toEqual(rect);
    expect(state.picture).toBeNull();
    expect(await browsing.bytes?.(`${picture}.jpg`)).toBeUndefined();
  });

  it('no picture is taken when the site’s screen closes, and none is left after the wipe', async () => {
    await open('caisse');
    await settled();
    guest(0).picture = async () => new Uint8Array([1]);
    await browsing.handlers.place({ rect: null });
    expect(state.picture).toBeNull();
    await browsing.handlers.place({ rect });
    await browsing.handlers.place({ rect: null, picture: true });
    const { picture } = state;
    expect(picture).not.toBeNull();
    await browsing.wipe.wipe();
    expect(await browsing.bytes?.(`${picture}.jpg`)).toBeUndefined();
  });

  it('a page too busy for its picture is still hidden, without a noticeable delay', async () => {
    await open('caisse');
    await settled();
    guest(0).picture = () => new Promise(() => undefined);
    const placed = browsing.handlers.place({ rect: null, picture: true });
    await settled();
    await clock.advance(300);
    await placed;
    await settled();
    expect(guest(0).shownAt).toBeUndefined();
    expect(state.picture).toBeNull();
  });

  it('only the visible site reports that the focus left it, and only that site gets the focus back', async () => {
    await open('caisse');
    await open('mail-un');
    await settled();
    guest(0).tell({ kind: 'keyboard-left', by: 'tab', backwards: false });
    expect(left).toEqual([]);
    guest(1).tell({ kind: 'keyboard-left', by: 'part-key', backwards: true });
    expect(left).toEqual([{ by: 'part-key', backwards: true }]);
    await browsing.handlers.keyboard({});
    expect([guest(0).focuses, guest(1).focuses]).toEqual([0, 1]);
    // One of our own screens covers the site now.
    guest(1).tell({ kind: 'dialog', id: 'd', type: 'alert', message: 'x', defaultText: '' });
    await browsing.handlers.keyboard({});
    expect(guest(1).focuses).toBe(1);
  });

  it('nothing that the hidden site does opens a screen over the visible one', async () => {
    await open('caisse');
    await open('mail-un');
    guest(0).tell({ kind: 'print-wanted' });
    guest(0).tell({ kind: 'download-done', path: '/x', suggestedName: 'recu.pdf', url: '' });
    guest(0).tell({ kind: 'dialog', id: '1', type: 'alert', message: 'Expiré', defaultText: '' });
    guest(0).tell({ kind: 'file-wanted', request: { id: 'f', accept: '', multiple: false } });
    await settled();
    expect(printed).toBe(0);
    expect(opened).toEqual(['recu.pdf false']);
    expect(state.visit).toMatchObject({ demarche: 'mail-un', cover: { kind: 'site' } });
    await browsing.handlers.front({ demarche: 'caisse' });
    expect(state.visit?.cover.kind).toBe('dialog');
    await browsing.handlers.answerDialog({ id: '1', accept: true, text: '' });
    expect(state.visit?.cover.kind).toBe('files');
  });

  it('a download that fails behind another site, or is under way when its site is closed, is told without a screen', async () => {
    await open('caisse');
    await open('mail-un');
    guest(0).tell({ kind: 'download-started', suggestedName: 'coupe.pdf' });
    expect(begun).toBe(1);
    guest(0).tell({ kind: 'download-failed', suggestedName: 'coupe.pdf' });
    for (const suggestedName of ['a.pdf', 'b.pdf']) guest(0).tell({ kind: 'download-started', suggestedName });
    guest(0).tell({ kind: 'download-done', path: '/x', suggestedName: 'a.pdf', url: '' });
    await settled();
    expect(failed).toEqual(['coupe.pdf false']);
    await browsing.handlers.close({});
    await settled();
    expect(failed).toEqual(['coupe.pdf false', 'b.pdf false']);
    guest(0).tell({ kind: 'download-failed', suggestedName: 'c.pdf' });
    guest(0).tell({ kind: 'download-started', suggestedName: 'd.pdf' });
    await settled();
    expect(failed).toHaveLength(2); // the session may be another person's
  });

  it('the address of a mail link can be printed while its card is shown, and the card opens once per user input', async () => {
    await open('caisse');
    const contact = { by: 'mail', to: 'aide@caisse.test' } as const;
    expect(browsing.shownContact()).toBeUndefined();
    guest(0).tell({ kind: 'contact-wanted', contact });
    await settled();
    expect(browsing.shownContact()).toMatchObject({ contact });
    await browsing.handlers.resume({ how: 'back' });
    expect(browsing.shownContact()).toBeUndefined();
    memory.setIdleMs(60_000);
    guest(0).tell({ kind: 'contact-wanted', contact });
    await settled();
    expect(state.visit?.cover.kind).toBe('site');
  });

  it('a link to a missing program shows a notice, even before the first page, and once per user input', async () => {
    await open('caisse');
    guest(0).tell({ kind: 'program-wanted' });
    await settled();
    expect(state.visit?.cover.kind).toBe('program');
    await browsing.handlers.resume({ how: 'back' });
    memory.setIdleMs(60_000);
    guest(0).tell({ kind: 'program-wanted' });
    await settled();
    expect(state.visit?.cover.kind).toBe('site');
  });

  it('a page that only loads does not take the focus', async () => {
    await open('caisse');
    await open('mail-un');
    await settled();
    const { shows } = guest(1);
    guest(1).tell({ kind: 'loading', loading: true });
    guest(1).tell({ kind: 'navigated', url: 'https://mail.un.test/#2', sameDocument: true, canGoBack: true });
    guest(0).tell({ kind: 'navigated', url: 'https://www.caisse.test/2', sameDocument: false, canGoBack: true });
    await settled();
    expect(guest(1).shows).toBe(shows);
  });

  it('a crash of one does not affect the other', async () => {
    await open('caisse');
    await open('mail-un');
    guest(1).follow('https://mail.un.test/messages');
    expect(state.visit?.canGoBack).toBe(true);
    guest(1).tell({ kind: 'crashed' });
    await settled();
    expect(state.visit?.cover.kind).toBe('crashed');
    // « Page précédente » would do nothing.
    expect(state.visit?.canGoBack).toBe(false);
    await browsing.handlers.front({ demarche: 'caisse' });
    expect(state.visit).toMatchObject({ demarche: 'caisse', cover: { kind: 'site' } });
    expect(guest(0).closed).toBe(false);
    await browsing.handlers.front({ demarche: 'mail-un' });
    await browsing.handlers.resume({ how: 'start-over' });
    await settled();
    expect(memory.guests).toHaveLength(3);
    expect(guest(2).shownAt).toEqual(rect);
  });

  it('« recommencer » pressed twice leaves one guest', async () => {
    await open('caisse');
    guest(0).tell({ kind: 'crashed' });
    await Promise.all([
      browsing.handlers.resume({ how: 'start-over' }),
      browsing.handlers.resume({ how: 'start-over' }),
    ]);
    await settled();
    expect(memory.guests.filter(({ closed }) => !closed)).toHaveLength(1);
    expect(memory.guests.find(({ closed }) => !closed)?.navigations).toEqual(['https://www.caisse.test/']);
  });

  it('a link in the mailbox to the démarche’s site opens on that site', async () => {
    await open('caisse');
    await open('mail-un');
    guest(1).follow('http://www.caisse.test/confirmer?jeton=1');
    await settled();
    expect(state.visit?.demarche).toBe('caisse');
    expect(guest(0).navigations.at(-1)).toBe('http://www.caisse.test/confirmer?jeton=1'.replace('http:', 'https:'));
    await browsing.handlers.front({ demarche: 'mail-un' });
    expect(state.visit?.cover).toEqual({ kind: 'site' });
  });

  describe('a link in the mailbox to a site that holds unsent input', () => {
    const link = 'https://www.caisse.test/confirmer?jeton=1';
    beforeEach(async () => {
      await open('caisse');
      guest(0).tell({ kind: 'written' });
      await open('mail-un');
      guest(1).follow(link);
      await settled();
    });
    const answer = (accept: boolean) => {
      const cover = state.visit?.cover;
      return browsing.handlers.answerDialog({ id: cover?.kind === 'dialog' ? cover.id : '', accept, text: '' });
    };
    const asked = { demarche: 'caisse', cover: { kind: 'dialog', type: 'beforeunload' } };

    it('asks there first, and opens once the person agrees', async () => {
      expect(state.visit).toMatchObject(asked);
      expect(guest(0).navigations).toHaveLength(1);
      expect(ofRequest()).toMatchObject([{ kind: 'not-sent' }]);
      await answer(true);
      expect(guest(0).navigations.at(-1)).toBe(link);
      expect(state.visit).toMatchObject({ demarche: 'caisse', cover: { kind: 'site' } });
      expect(guest(0).answers).toEqual([]);
    });

    it('leaves the page as it is when the person stays', async () => {
      await answer(false);
      expect(guest(0).navigations).toHaveLength(1);
      expect(state.visit).toMatchObject({ demarche: 'caisse', cover: { kind: 'site' } });
      expect(ofRequest()).toMatchObject([{ kind: 'not-sent' }]);
    });

    it('is asked about once, and then the last one opens', async () => {
      await browsing.handlers.front({ demarche: 'mail-un' });
      await clock.advance(1_000);
      guest(1).follow(`${link}&fois=2`);
      await settled();
      expect(state.visit).toMatchObject(asked);
      await answer(true);
      expect(guest(0).navigations.slice(1)).toEqual([`${link}&fois=2`]);
    });

    it('is not asked about any more once that page has gone', async () => {
      guest(0).follow('https://www.caisse.test/suite');
      expect(state.visit).toMatchObject({ demarche: 'caisse', cover: { kind: 'site' } });
    });
  });

  it('a hidden mailbox cannot navigate the démarche’s site', async () => {
    await open('caisse');
    await open('mail-un');
    await browsing.handlers.front({ demarche: 'caisse' });
    guest(1).follow('https://www.caisse.test/piege');
    expect(guest(0).navigations).toHaveLength(1);
  });

  it('a mailbox that navigates to the démarche’s site without user input is blocked after the first time', async () => {
    await open('caisse');
    await open('mail-un');
    guest(1).follow('https://www.caisse.test/piege');
    await settled();
    await browsing.handlers.front({ demarche: 'mail-un' });
    await clock.advance(10_000);
    memory.setIdleMs(10_001); // no user activity since
    guest(1).follow('https://www.caisse.test/piege');
    await settled();
    expect(state.visit).toMatchObject({
      demarche: 'mail-un',
      cover: { kind: 'blocked', host: 'www.caisse.test', imitates: null, demarches: [{ id: 'caisse' }] },
    });
    expect(guest(0).navigations).toHaveLength(2);
    await browsing.handlers.resume({ how: 'back' });
    memory.setIdleMs(0);
    guest(1).follow('https://www.caisse.test/confirmer');
    await settled();
    expect(guest(0).navigations.at(-1)).toBe('https://www.caisse.test/confirmer');
  });

  it('any other link shows its host, the démarches that the kiosk has for it, and the site it imitates', async () => {
    await open('mail-un');
    guest(0).follow('https://www.impots.test/payer');
    expect(state.visit?.cover).toEqual({
      kind: 'blocked',
      host: 'www.impots.test',
      imitates: null,
      demarches: [{ id: 'impots', title: 'Faire impots' }],
    });
    guest(0).follow('https://caisse-remboursement.example/');
    expect(state.visit?.cover).toMatchObject({ host: 'caisse-remboursement.example', imitates: 'caisse.test' });
    for (const url of ['file:///etc/passwd', 'https://192.168.1.1/', 'https://localhost/']) {
      guest(0).follow(url);
      expect(state.visit?.cover).toMatchObject({ kind: 'blocked', demarches: [] });
    }
    await browsing.handlers.resume({ how: 'back' });
    expect(state.visit?.cover).toEqual({ kind: 'site' });
  });

  describe('a link in an e-mail to a démarche that the kiosk offers', () => {
    const link = 'https://www.impots.test/activer?jeton=1';
    const follow = async (url = link): Promise<void> => {
      guest(0).follow(url);
      await settled();
      expect(state.visit?.cover.kind).toBe('blocked');
    };
    beforeEach(async () => {
      await open('mail-un');
      guest(0).follow('https://mail.un.test/messages');
    });

    it('is where that démarche starts, and the message is there again behind it', async () => {
      await follow();
      expect(JSON.stringify(state)).not.toContain('jeton');
      await browsing.handlers.place({ rect: null, picture: true }); // the sheet of the démarche
      await open('impots');
      expect(guest(1).navigations).toEqual([link]);
      expect(state.visit).toMatchObject({ demarche: 'impots', cover: { kind: 'site' } });
      await browsing.handlers.front({ demarche: 'mail-un' });
      expect(state.visit).toMatchObject({ host: 'mail.un.test', cover: { kind: 'site' } });
    });

    it('is requested over https', async () => {
      await follow('http://www.impots.test/activer');
      await open('impots');
      expect(guest(1).navigations).toEqual(['https://www.impots.test/activer']);
    });

    it('is opened once: « recommencer », and opening that démarche again, start at its first page', async () => {
      await follow();
      await open('impots');
      await browsing.handlers.resume({ how: 'start-over' });
      expect(guest(2).navigations).toEqual(['https://www.impots.test/']);
      await open('caisse');
      await open('impots');
      expect(guest(4).navigations).toEqual(['https://www.impots.test/']);
    });

    it.each([
      ['another démarche is opened', 'caisse', async () => undefined],
      ['the person goes back to the message', 'impots', async () => browsing.handlers.resume({ how: 'back' })],
      ['another page opens there', 'impots', async () => guest(0).follow('https://mail.un.test/autre')],
      ['a link to another site follows', 'impots', async () => guest(0).follow('https://www.caisse.test/')],
      ['the mailbox is closed', 'impots', async () => browsing.handlers.close({})],
      ['another mailbox replaces it', 'impots', async () => open('mail-deux')],
    ])('is not opened when %s', async (_when, id, does) => {
      await follow();
      await does();
      await settled();
      await open(id);
      expect(memory.guests.at(-1)?.navigations).toEqual([`https://www.${id}.test/`]);
    });

    it('is still opened after the question about the site that it replaces', async () => {
      await open('caisse');
      guest(1).tell({ kind: 'written' });
      await browsing.handlers.front({ demarche: 'mail-un' });
      await follow();
      expect(await open('impots')).toMatchObject({ ok: false });
      await open('impots', ['caisse']);
      expect(guest(2).navigations).toEqual([link]);
    });

    it('opens in the site that replaces the mailbox, and in one that is open already', async () => {
      await open('caisse');
      await browsing.handlers.front({ demarche: 'mail-un' });
      memory.setIdleMs(60_000); // no user input: the link does not open by itself
      await clock.advance(60_000);
      guest(0).follow('https://www.caisse.test/a');
      await settled();
      await browsing.handlers.front({ demarche: 'mail-un' });
      guest(0).follow('https://www.caisse.test/confirmer');
      await settled();
      expect(state.visit?.cover.kind).toBe('blocked');
      await open('caisse');
      expect(guest(1).navigations.at(-1)).toBe('https://www.caisse.test/confirmer');
      await browsing.handlers.front({ demarche: 'mail-un' });
      await follow('https://www.banque.test/releve');
      await open('banque');
      expect(ids()).toEqual(['caisse', 'banque']);
      expect(guest(2).navigations).toEqual(['https://www.banque.test/releve']);
    });
  });

  it.each(['https:', 'http:', 'ftp:'])('a host that is too long to exist is not shown: %s', async (scheme) => {
    await open('mail-un');
    guest(0).follow(`${scheme}//${'l'.repeat(1_900_000)}.fr/`);
    expect(state.visit?.cover).toEqual({ kind: 'blocked', host: '', imitates: null, demarches: [] });
  });

  it('an address of two million characters is followed at little cost, however often the page changes it', async () => {
    await open('mail-un');
    const url = `https://mail.un.test/telephone#${'?'.repeat(1_900_000)}`;
    // Of the processor: on a busy machine the time that passes says nothing.
    const began = process.cpuUsage();
    for (let n = 0; n < 50; n++)
      guest(0).tell({ kind: 'navigated', url: url + n, sameDocument: true, canGoBack: true });
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1_000).toBeLessThan(500);
    expect(state.visit).toMatchObject({ host: 'mail.un.test', trouble: 'phone' });
  });

  it('a mailbox that asks for a telephone number or is locked reports it until the next page', async () => {
    await open('mail-un');
    expect(state.visit?.trouble).toBeNull();
    guest(0).follow('https://mail.un.test/telephone?etape=1');
    expect(state.visit?.trouble).toBe('phone');
    guest(0).follow('https://mail.un.test/bloquee');
    expect(state.visit?.trouble).toBe('locked');
    guest(0).follow('https://mail.un.test/messages');
    expect(state.visit?.trouble).toBeNull();
  });

  it('the request counts as sent only while the site’s confirmation page is shown', async () => {
    await open('caisse');
    expect(state.visit?.sent).toBeNull();
    guest(0).follow('https://www.caisse.test/merci');
    expect(state.visit?.sent).toBe('said');
    guest(0).follow('https://www.caisse.test/mon-compte');
    expect(state.visit?.sent).toBeNull();
  });

  it('another démarche replaces the open one, and the mailbox stays', async () => {
    await open('caisse');
    await open('mail-un');
    await open('impots');
    expect(ids()).toEqual(['impots', 'mail-un']);
    expect(guest(0).closed).toBe(true);
    expect(state.visit?.demarche).toBe('impots');
    await open('mail-deux');
    expect(ids()).toEqual(['impots', 'mail-deux']);
    expect(guest(1).closed).toBe(true);
  });

  describe('a site with typed, unsent input that another one would replace', () => {
    const notSent = { ok: false, error: { code: 'browsing.not-sent' } };

    it('comes to the front, unchanged, and is left only if the person agrees', async () => {
      await open('caisse');
      guest(0).follow('https://www.caisse.test/code');
      guest(0).tell({ kind: 'written' });
      await open('mail-un');
      expect(await open('impots')).toEqual(notSent);
      await settled();
      expect(ids()).toEqual(['caisse', 'mail-un']);
      expect(state.visit?.demarche).toBe('caisse');
      expect(guest(0)).toMatchObject({ closed: false, shownAt: rect });
      expect(guest(0).navigations.at(-1)).toBe('https://www.caisse.test/code');
      expect(memory.guests).toHaveLength(2);
      // Agreeing to leave another site is not enough.
      expect(await open('impots', ['mail-un'])).toEqual(notSent);
      expect(await open('impots', ['caisse'])).toMatchObject({ ok: true });
      expect(ids()).toEqual(['impots', 'mail-un']);
      expect(guest(0).closed).toBe(true);
    });

    it('may be a mailbox', async () => {
      await open('caisse');
      await open('mail-un');
      guest(1).tell({ kind: 'written' });
      await browsing.handlers.front({ demarche: 'caisse' });
      expect(await open('mail-deux')).toEqual(notSent);
      expect(state.visit?.demarche).toBe('mail-un');
      expect(await open('mail-deux', ['mail-un'])).toMatchObject({ ok: true });
      expect(ids()).toEqual(['caisse', 'mail-deux']);
    });

    it('is asked about by itself: both are, one after the other', async () => {
      await open('caisse');
      await open('banque');
      for (const index of [0, 1]) guest(index).tell({ kind: 'written' });
      expect(await open('impots')).toEqual(notSent);
      expect(state.visit?.demarche).toBe('caisse');
      expect(await open('impots', ['caisse'])).toEqual(notSent);
      expect(state.visit?.demarche).toBe('banque');
      expect(guest(0).closed).toBe(false);
      expect(await open('impots', ['caisse', 'banque'])).toMatchObject({ ok: true });
      expect(ids()).toEqual(['impots']);
    });

    it('is not asked about when it stays open, or when its input was sent', async () => {
      await open('caisse');
      guest(0).tell({ kind: 'written' });
      for (const id of ['mail-un', 'caisse', 'mail-deux', 'banque', 'mail-un'])
        expect(await open(id)).toMatchObject({ ok: true });
      guest(0).tell({ kind: 'sending', sending: true });
      expect(await open('impots')).toEqual(notSent);
      guest(0).tell({ kind: 'sent', requestedMs: clock.monotonicMs() });
      expect(await open('impots')).toMatchObject({ ok: true });
      expect(ids()).toEqual(['impots', 'mail-un']);
    });
  });

  it('only the sites that the démarche lists open beside it', async () => {
    await open('caisse');
    await open('banque');
    expect(ids()).toEqual(['caisse', 'banque']);
    await open('impots');
    expect(ids()).toEqual(['impots']);
    expect(memory.guests.map(({ closed }) => closed)).toEqual([true, true, false]);
    await open('banque');
    expect(ids()).toEqual(['banque']);
  });

  it('a site that is already open is brought to the front, not opened again', async () => {
    await open('caisse');
    await open('mail-un');
    await open('caisse');
    expect(state.visit?.demarche).toBe('caisse');
    expect(memory.guests).toHaveLength(2);
  });

  it('the code is kept until the sites are closed', async () => {
    expect(await browsing.handlers.note({ text: '1' })).toMatchObject({ ok: false });
    await open('caisse');
    await open('mail-un');
    await browsing.handlers.note({ text: ' 482 913 ' });
    expect(state.note).toBe('482 913');
    await browsing.handlers.close({});
    expect(state).toEqual({ visit: null, open: [], note: '', picture: null });
    expect(memory.guests.every(({ closed }) => closed)).toBe(true);
  });

  it('the end of the session closes both, and keeps neither text size nor code', async () => {
    await open('caisse');
    await open('mail-un');
    browsing.preferencesChanged({ textSize: 'largest' });
    await browsing.handlers.note({ text: '482913' });
    expect(memory.guests.map(({ zoom }) => zoom)).toEqual([1.5, 1.5]);
    await browsing.wipe.wipe();
    expect(await browsing.wipe.leftovers()).toEqual([]);
    browsing.begin({ textSize: 'normal' });
    await open('impots');
    expect(state).toMatchObject({ note: '', open: [{ demarche: 'impots' }] });
    expect(guest(2).zoom).toBe(1);
  });

  it('a session that ends while the browser starts leaves no browser', async () => {
    const opening = open('caisse');
    await browsing.wipe.wipe();
    expect(await opening).toMatchObject({ ok: false });
    await settled();
    expect(memory.guests.every(({ closed }) => closed)).toBe(true);
    expect(state.visit).toBeNull();
  });

  it('empties the clipboard before a site with a sign-in, whether by an account or by FranceConnect', async () => {
    await open('impots');
    expect(emptied).toBe(0);
    await open('acte');
    expect(emptied).toBe(1);
  });

  it('names each open site that has a sign-in, and no other', async () => {
    await open('caisse');
    const signIns = () => browsing.leavingItems().filter(({ kind }) => kind === 'signed-in');
    expect(signIns()).toEqual([{ kind: 'signed-in', site: 'caisse.test' }]);
    await open('impots');
    expect(signIns()).toEqual([]);
    await open('mail-un');
    expect(signIns()).toEqual([{ kind: 'signed-in', site: 'un.test' }]);
  });

  it('text typed on a site is listed as not sent, until it is sent or its page is left', async () => {
    await open('caisse');
    const site = guest(0);
    const left = ofRequest;
    expect(left()).toEqual([]);
    site.tell({ kind: 'written' });
    expect(left()).toEqual([{ kind: 'not-sent', site: 'www.caisse.test', again: false }]);
    site.tell({ kind: 'sending', sending: true });
    site.tell({ kind: 'sending', sending: false });
    expect(left()).toHaveLength(1);
    const requestedMs = clock.monotonicMs();
    await clock.advance(10);
    site.tell({ kind: 'written' }); // while the answer is awaited: this text is not in the request
    site.tell({ kind: 'sent', requestedMs });
    expect(left()).toHaveLength(1);
    site.tell({ kind: 'sent', requestedMs: clock.monotonicMs() });
    expect(left()).toEqual([]);
    site.tell({ kind: 'written' });
    site.follow('https://www.caisse.test/suite');
    expect(left()).toEqual([]);
    site.tell({ kind: 'written' });
    await browsing.wipe.wipe();
    expect(left()).toEqual([]);
  });

  describe('the state of a form that was sent', () => {
    const site = 'www.caisse.test';
    const left = ofRequest;
    const arrive = (path: string, answers?: true): void =>
      guest(0).tell({
        kind: 'navigated',
        url: `https://${site}${path}`,
        sameDocument: false,
        canGoBack: true,
        ...(answers && { answers }),
      });
    beforeEach(async () => {
      await open('caisse');
    });

    it('is “answered” while the response is shown, until the person types again or another page opens', () => {
      arrive('/page-2', true);
      expect(state.visit?.sent).toBe('answered');
      expect(left()).toEqual([{ kind: 'answered', site }]);
      guest(0).tell({ kind: 'written' });
      expect(state.visit?.sent).toBeNull();
      expect(left()).toEqual([{ kind: 'not-sent', site, again: false }]);
      arrive('/page-3', true);
      arrive('/aide');
      expect(state.visit?.sent).toBeNull();
      expect(left()).toEqual([]);
    });

    it('stays “sent” after the site’s confirmation, and text typed later is listed as not sent again', () => {
      arrive('/merci', true);
      expect(state.visit?.sent).toBe('said');
      arrive('/compte');
      expect(state.visit?.sent).toBeNull();
      expect(left()).toEqual([{ kind: 'sent', site }]);
      guest(0).tell({ kind: 'written' });
      expect(left()).toEqual([{ kind: 'not-sent', site, again: true }]);
    });

    it('is “sent” on a site that shows its confirmation without leaving its document', () => {
      guest(0).tell({ kind: 'written' });
      guest(0).tell({ kind: 'navigated', url: `https://${site}/merci`, sameDocument: true, canGoBack: true });
      expect(left()).toEqual([{ kind: 'sent', site }]);
      guest(0).tell({ kind: 'written' });
      guest(0).tell({ kind: 'navigated', url: `https://${site}/merci#haut`, sameDocument: true, canGoBack: true });
      expect(left()).toEqual([{ kind: 'not-sent', site, again: true }]);
    });

    it('is not tracked in a mailbox, because no request depends on it', async () => {
      await open('mail-un');
      guest(1).tell({
        kind: 'navigated',
        url: 'https://mail.un.test/boite',
        sameDocument: false,
        canGoBack: true,
        answers: true,
      });
      expect(state.visit?.sent).toBeNull();
      expect(left()).toEqual([]);
    });
  });
});
