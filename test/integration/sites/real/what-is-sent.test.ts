/**
 * A person's visit with the kiosk's own rules, covers and lent files, on a real guest: what they chose or typed reaches
 * the site, once, or they are told that it did not.
 */
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Cover } from '../../../../main/contract/browsing.ts';
import { silentLogger } from '../../../../main/log/logger.ts';
import { systemClock, type Clock } from '../../../../main/platform/clock.ts';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { browsingOfPerson, type PersonsBrowsing } from '../../../fakes/browsing-person.ts';
import { until } from '../../../harness/until.ts';
import { pressKeys } from '../../../harness/x-keyboard.ts';
import { load, rightDemarche } from '../../../unit/config/folder.ts';
import { openOneSite, SAYS_DRAWN, SITE_RECT, type Asked, type OneSite } from './one-site.ts';
import { quietKiosk } from '../../../fakes/quiet-kiosk.ts';

const HOST = 'depot-exemple.test';
/** Takes error logs of many sites, and is no part of this one. */
const LOGS = 'journaux-exemple.test';
const AT = `https://${HOST}`;
const PAPER = '%PDF-1.4 avis';

/** « Le site est très lent » comes after 1.5 s instead of 15. */
const FASTER = 10;
const SLOW_AFTER_MS = 15_000 / FASTER;
const clock: Clock = { ...systemClock, after: (ms, fn) => systemClock.after(ms / FASTER, fn) };

const LINE = 'style="display:block;width:100%;height:150px;font-size:60px"';
/** Also reports that it is drawn again after a step back to it, where it may not load again. */
const page = (inner: string): string =>
  `<!doctype html><html lang="fr"><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,">${SAYS_DRAWN}
  <script>addEventListener('pageshow', () => requestAnimationFrame(() => requestAnimationFrame(() => fetch('/vue?' + location.pathname))))</script>
  <body style="margin:0">${inner}`;
/** What the pages of portals send by themselves as soon as a document is chosen. `/revenue`: it is drawn again. */
const MEANWHILE = `onchange="
  requestAnimationFrame(() => requestAnimationFrame(() => fetch('/revenue')));
  navigator.sendBeacon('/balise', 'piece');
  fetch('/brouillon', { method: 'POST', body: 'numero=42' });
  fetch('https://${LOGS}/erreur', { method: 'POST', mode: 'no-cors', body: 'TypeError' });"`;
const form = (send: string): string =>
  page(`<form method="post" action="/envoi" enctype="multipart/form-data"><input type="hidden" name="numero" value="42">
    <input type="file" name="piece" ${LINE} ${MEANWHILE}><a href="/cgu" ${LINE}>CGU</a>${send}</form>`);
const BY_FORM = `<button ${LINE}>Envoyer</button>`;
const BY_SCRIPT = `<button type="button" ${LINE} onclick="fetch('/envoi', { method: 'POST', body: new FormData(this.form) })">Envoyer</button>`;
/** The same fields sent to an address of before, with http: at once, or where https leads to. */
const TO_HTTP = {
  '/ancien-post': `method="post" action="http://${HOST}/envoi"`,
  '/ancien-get': `action="http://${HOST}/envoi"`,
  '/ancien-mene': 'method="post" action="/mene"',
} as const;
/** A moment after the input: until then, we have not asked the browser for its requests. */
const typed = (work: string): string => page(`<input name="nom" ${LINE} oninput="setTimeout(() => { ${work} }, 500)">`);

const pages: Readonly<Record<string, string>> = {
  '/formulaire': form(BY_FORM),
  '/script': form(BY_SCRIPT),
  '/cgu': page('<h1>Conditions</h1>'),
  '/recu': page('<h1>Reçu</h1>'),
  '/saisie': typed(
    `navigator.sendBeacon('/balise', 'x'); fetch('https://${LOGS}/erreur', { method: 'POST', mode: 'no-cors', body: 'x' }); fetch('/refus', { method: 'POST', body: 'x' })`,
  ),
  ...Object.fromEntries(
    Object.entries(TO_HTTP).map(([path, attributes]) => [
      path,
      page(`<form ${attributes}><input name="numero" value="42" ${LINE}>${BY_FORM}</form>`),
    ]),
  ),
  '/saisie-envoyee': typed(`fetch('/brouillon', { method: 'POST', body: 'nom=a' })`),
};

describe.skipIf(findChromium() === undefined)('what a person sends to a site', () => {
  let site: OneSite;
  let browsing: PersonsBrowsing;
  let covers: Cover[];
  let folders: string[];
  let padding: number;
  /** Where the sending goes, and what the site does with it. */
  let onSending: (request: IncomingMessage) => void;
  let answersSending: () => { readonly status?: number; readonly headers?: Readonly<Record<string, string>> };
  let methods: string[];
  let holdsResult: Promise<void>;

  beforeAll(async () => {
    site = await openOneSite({
      hosts: [HOST, LOGS],
      onBegun(request) {
        if (request.url !== '/envoi') return;
        methods.push(request.method ?? '');
        onSending(request);
      },
      async answer({ path }) {
        if (path === '/recu') await holdsResult;
        if (path === '/mene') return { status: 307, headers: { location: `http://${HOST}/envoi` } };
        if (path === '/envoi') return { body: page('<h1>Reçu</h1>'), ...answersSending() };
        if (path === '/refus') return { status: 422 };
        const body = pages[path];
        return body === undefined ? { status: 204 } : { body };
      },
    });
  }, 60_000);
  afterAll(() => site?.stop());

  beforeEach(() => {
    covers = [];
    folders = [];
    methods = [];
    padding = 0;
    onSending = () => undefined;
    answersSending = () => ({});
    holdsResult = Promise.resolve();
  });
  afterEach(async () => {
    await browsing?.stop();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  /** As the tray does: a decrypted copy in memory, which the browser's account can read. */
  const lend = () => {
    const folder = mkdtempSync('/dev/shm/pn-lent-');
    folders.push(folder);
    chmodSync(folder, 0o755);
    const file = join(folder, 'avis.pdf');
    writeFileSync(file, PAPER.padEnd(padding, 'x'), { mode: 0o644 });
    const release = async (): Promise<void> => rmSync(folder, { recursive: true });
    return { ok: true, value: { paths: [file], given: () => undefined, release } } as const;
  };
  const covered = (kind: Cover['kind']) =>
    until(`the cover ${kind}`, () => {
      const now = covers.at(-1);
      return now?.kind === kind && now;
    });
  /** The site's window is there: `site` is published a moment before, and a busy machine lost the press meanwhile. */
  const shown = () => until('the page on the screen', async () => (await site.colourAt(1200, 600))[0] === 255);
  /** Opens the page as a démarche, and returns what was asked of the site since. */
  const openAt = async (path: string): Promise<() => readonly Asked[]> => {
    const from = site.asked.length;
    const config = await load({
      'demarches/caf-rsa.yaml': rightDemarche
        .replace('https://wwwd.caf.fr/rsa', `${AT}${path}`)
        .replace('domains: [caf.fr]', `domains: [${HOST}]`),
    });
    if (!config.ok) throw new Error(JSON.stringify(config.error));
    browsing = browsingOfPerson({
      ...quietKiosk,
      clock,
      logger: silentLogger,
      shell: site.shell,
      config: config.value,
      publish: ({ visit }) => void (visit && covers.push(visit.cover)),
      filesForPage: async () => lend(),
    });
    await browsing.handlers.place({ rect: SITE_RECT });
    await browsing.handlers.open({ demarche: 'caf-rsa' });
    const asked = () => site.asked.slice(from);
    await until('it is drawn', () => asked().some((one) => one.path === '/dessinee'));
    await covered('site'); // until then our own cover takes the presses
    await shown();
    return asked;
  };
  const openAndChoose = async (path: string): ReturnType<typeof openAt> => {
    const asked = await openAt(path);
    site.press(400, 75);
    await covered('files');
    await browsing.handlers.answerFiles({ documents: ['avis'] });
    for (const one of ['/balise', '/brouillon', '/erreur', '/revenue'])
      await until(one, () => asked().some(({ path: now }) => now === one));
    await shown();
    return asked;
  };
  const send = (): void => site.press(400, 375);
  const sent = (asked: () => readonly Asked[]) =>
    until('the sending arrives', () => asked().find(({ path }) => path === '/envoi'), 30_000);

  it.each(['/formulaire', '/script'])(
    '%s: a chosen file outlives what its page sends by itself and a visit to the conditions, and ends with the visit',
    async (path) => {
      const asked = await openAndChoose(path);
      const seen = (which: string) => asked().filter((one) => one.path === `/vue?${which}`).length;
      site.press(400, 225);
      await until('the conditions', () => seen('/cgu') === 1);
      await browsing.handlers.back({});
      await until('the form again', () => seen(path) === 2);
      send();
      const { body } = await sent(asked);
      expect(body).toContain(PAPER);
      expect(folders.filter((one) => existsSync(one))).toHaveLength(1);
      await browsing.handlers.close({});
      await until('the file is deleted', () => folders.every((one) => !existsSync(one)));
    },
  );

  // Chromium shows a warning page of its own, « Envoyer quand même », where the fields would go through https anyway.
  it.each(Object.keys(TO_HTTP))('%s: goes through https without a word', async (path) => {
    const asked = await openAt(path);
    site.press(400, 225);
    const {
      method,
      body,
      path: at,
    } = await until('the sending arrives', () => asked().find((one) => one.path.startsWith('/envoi')));
    expect([method, body, at]).toEqual(
      path === '/ancien-get' ? ['GET', '', '/envoi?numero=42'] : ['POST', 'numero=42', '/envoi'],
    );
    expect(covers.at(-1)).toEqual({ kind: 'site' });
  });

  it('is not covered as slow while it is being read, however slowly', async () => {
    padding = 4_000_000;
    let beganMs = 0;
    onSending = (request) => {
      beganMs = performance.now();
      request.on('data', () => {
        request.pause();
        setTimeout(() => request.resume(), 20);
      });
    };
    const asked = await openAndChoose('/formulaire');
    covers = [];
    send();
    expect((await sent(asked)).body).toContain(PAPER);
    expect(performance.now() - beganMs).toBeGreaterThan(2 * SLOW_AFTER_MS);
    await until('its answer is shown', () => asked().some((one) => one.path === '/vue?/envoi'));
    expect(covers.filter(({ kind }) => kind === 'unreachable')).toEqual([]);
  }, 60_000);

  it('whose result is slow is not sent again on « Réessayer »: the result is requested again', async () => {
    let release = (): void => undefined;
    holdsResult = new Promise((resolve) => (release = resolve));
    answersSending = () => ({ status: 303, headers: { location: '/recu' } });
    const asked = await openAndChoose('/formulaire');
    send();
    expect(await covered('unreachable')).toEqual({ kind: 'unreachable', fault: 'slow' });
    await browsing.handlers.resume({ how: 'retry' });
    const results = () => asked().filter((one) => one.path === '/recu');
    await until('the result is requested again', () => results().length === 2);
    release();
    await until('the result is shown', () => asked().some((one) => one.path === '/vue?/recu'));
    expect(methods).toEqual(['POST']);
    expect(results()).toHaveLength(2);
  });

  it.each([
    ['before the site has read it', (request: IncomingMessage) => void request.socket.destroy()],
    ['after that', (request: IncomingMessage) => void request.on('end', () => request.socket.destroy())],
  ])('is sent again on « Réessayer », with its file, when the connection was lost %s', async (_, lose) => {
    onSending = lose;
    const asked = await openAndChoose('/formulaire');
    send();
    expect(await covered('unreachable')).toEqual({ kind: 'unreachable', fault: 'refused' });
    onSending = () => undefined;
    // No person presses sooner. Until then the browser may still be putting its own error page in place.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const before = asked().length;
    await browsing.handlers.resume({ how: 'retry' });
    const { body } = await until('it is sent again', () =>
      asked()
        .slice(before)
        .find(({ path }) => path === '/envoi'),
    );
    expect(body).toContain(PAPER);
    expect(body).toMatch(/name="numero"\s+42/);
    expect(new Set(methods)).toEqual(new Set(['POST']));
    await until('its answer is shown', () => asked().some((one) => one.path === '/vue?/envoi'));
  });

  it.each([
    ['/saisie', ['/balise', '/erreur', '/refus'], 1],
    ['/saisie-envoyee', ['/brouillon'], 0],
  ] as const)('%s: typed text is asked about on leaving until the site has accepted it', async (path, after, items) => {
    const asked = await openAt(path);
    site.press(400, 75);
    await new Promise((resolve) => setTimeout(resolve, 300)); // no person types sooner: the press brings the keyboard
    pressKeys(site.display, 'a');
    for (const one of after) await until(one, () => asked().some(({ path: now }) => now === one));
    const left = () => browsing.leavingItems().filter(({ kind }) => kind === 'not-sent').length;
    if (items === 0) await until('nothing is unsent', () => left() === 0);
    // Their answers are reported a moment later.
    else await new Promise((resolve) => setTimeout(resolve, 500));
    expect(left()).toBe(items);
  });
});
