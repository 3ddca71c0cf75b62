/**
 * One session of a person who leaves a word everywhere a person can. Each place is checked: a canary that was not
 * planted proves nothing.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import type { Page } from 'playwright-core';
import { onScreens } from '../e2e/pages/selectors.ts';
import { until } from '../harness/until.ts';
import type { KioskRun } from './kiosk-run.ts';
import { MAILBOX_HOST } from './trap-site.ts';
import { connectAsScreens, type MainConnection } from './main-connection.ts';

export interface Planting {
  readonly kiosk: KioskRun;
  readonly display: string;
  /** A new canary for this place. */
  readonly word: (place: string) => string;
  /** A place more: a picture with this word on the scanner's glass; undefined where there is no scanner. */
  readonly layOnGlass: ((word: string) => Promise<void>) | undefined;
  readonly canPrint: boolean;
  /** Who holds the clipboard at the end: the site's browser dies with the session, ours lives on. */
  readonly copyIn: 'site' | 'screens';
}

const key = (display: string, ...keys: string[]): void => {
  execFileSync('xdotool', ['key', '--clearmodifiers', ...keys], { env: { ...process.env, DISPLAY: display } });
};

/** Empty: nobody holds it. */
const selectionOf = (display: string, selection: string): string =>
  spawnSync('xclip', ['-o', '-selection', selection, '-display', display], { encoding: 'utf8', timeout: 5_000 }).stdout;

/** What a page can keep of who visits it. Runs in the page; answers what it found again of what it wrote. */
const keepInPage = async (words: Record<string, string>): Promise<string[]> => {
  const w = (place: string): string => words[place] ?? '';
  const kept: string[] = [];
  const have = (place: string, value: unknown): void => void (String(value).includes(w(place)) && kept.push(place));
  localStorage.setItem('valeur', w('local storage'));
  localStorage.setItem(w('local storage key'), 'x');
  have('local storage', localStorage.getItem('valeur'));
  have('local storage key', Object.keys(localStorage));
  sessionStorage.setItem('valeur', w('session storage'));
  have('session storage', sessionStorage.getItem('valeur'));
  document.cookie = `visible=${w('cookie')}; path=/; secure`;
  have('cookie', document.cookie);
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const open = indexedDB.open(`base-${w('database name')}`);
    open.onupgradeneeded = () => open.result.createObjectStore('o');
    open.onsuccess = () => resolve(open.result);
    open.onerror = () => reject(new Error('no database'));
  });
  have('database name', database.name);
  await new Promise<void>((resolve, reject) => {
    const write = database.transaction('o', 'readwrite', { durability: 'strict' });
    const store = write.objectStore('o');
    store.put({ texte: w('database value') }, 'a');
    store.put(new Blob([w('database blob')]), 'b');
    store.put(w('database key'), w('database key'));
    write.oncomplete = () => resolve();
    write.onerror = () => reject(new Error('not written'));
  });
  for (const place of ['database value', 'database blob', 'database key']) kept.push(place);
  const cache = await caches.open(`cache-${w('cache name')}`);
  await cache.put(`/dans-${w('cache address')}`, new Response(w('cache body')));
  have('cache name', await caches.keys());
  have('cache address', (await cache.keys())[0]?.url);
  have('cache body', await (await cache.match(`/dans-${w('cache address')}`))?.text());
  for (const how of ['simple', 'gzip', 'brotli']) {
    const place = `http cache ${how}`;
    have(place, await (await fetch(`/${how}?mot=${w(place)}`)).text());
  }
  const root = await navigator.storage.getDirectory();
  const file = await root.getFileHandle(`f-${w('private file name')}`, { create: true });
  const out = await file.createWritable();
  await out.write(w('private file'));
  await out.close();
  have('private file name', file.name);
  have('private file', await (await file.getFile()).text());
  await fetch(`/temoins?mot=${w('secure cookie')}&reste=${w('lasting cookie')}&marque=${w('etag')}`);
  for (const place of ['secure cookie', 'lasting cookie', 'etag']) kept.push(place);
  await navigator.serviceWorker.register(`/ouvrier.js?mot=${w('service worker')}`);
  await navigator.serviceWorker.ready;
  have('service worker', (await navigator.serviceWorker.getRegistrations())[0]?.active?.scriptURL);
  document.title = `Dossier ${w('page title')}`;
  have('page title', document.title);
  window.name = w('window name');
  have('window name', window.name);
  history.pushState({ etat: w('history state') }, '', `/page-${w('address')}#${w('fragment')}`);
  have('history state', JSON.stringify(history.state));
  have('address', location.href);
  have('fragment', location.href);
  new BroadcastChannel('c').postMessage(w('broadcast'));
  console.log(w('console'));
  document.querySelector('#marque')?.append(w('page text'));
  for (const place of ['broadcast', 'console', 'page text']) kept.push(place);
  return kept;
};

const IN_PAGE = [
  [
    'local storage',
    'local storage key',
    'session storage',
    'cookie',
    'database name',
    'database value',
    'database blob',
    'database key',
  ],
  [
    'cache name',
    'cache address',
    'cache body',
    'http cache simple',
    'http cache gzip',
    'http cache brotli',
    'private file name',
    'private file',
  ],
  [
    'secure cookie',
    'lasting cookie',
    'etag',
    'service worker',
    'page title',
    'window name',
    'history state',
    'address',
    'fragment',
  ],
  ['broadcast', 'console', 'page text'],
].flat();

const keepEverything = async (page: Page, word: Planting['word']): Promise<void> => {
  const words = Object.fromEntries(IN_PAGE.map((place) => [place, word(place)]));
  const kept = await page.evaluate(keepInPage, words);
  const missed = IN_PAGE.filter((place) => !kept.includes(place));
  if (missed.length > 0) throw new Error(`not planted: ${missed.join(', ')}`);
};

const openTrap = async (planting: Planting): Promise<{ screens: Page; main: MainConnection; site: Page }> => {
  const { kiosk, word } = planting;
  const screens = await kiosk.screens();
  screens.setDefaultTimeout(15_000);
  const see = onScreens(screens);
  await see.begin.click();
  const main = await connectAsScreens(screens);
  await see.search.fill(`piège ${word('search field')}`);
  if (planting.copyIn === 'screens') {
    await see.search.click();
    key(planting.display, 'ctrl+a', 'ctrl+c');
    await until('the words copied in our screens', () => selectionOf(planting.display, 'clipboard') !== '');
  }
  await see.search.fill('piège');
  await see.demarche('Aller voir le piège').click();
  await see.go.click();
  const site = await kiosk.guest();
  site.setDefaultTimeout(15_000);
  // With nobody listening, Playwright dismisses a dialog before the kiosk can show it.
  site.on('dialog', () => undefined);
  await site.waitForLoadState();
  return { screens, main, site };
};

/** What a person leaves in the mailbox beside the site, and the code that they noted. They come back to the site. */
const plantBeside = async ({ kiosk, word }: Planting, main: MainConnection): Promise<void> => {
  await main.ask('browsing', 'open', { demarche: 'boite' });
  const mailbox = await kiosk.guest(MAILBOX_HOST);
  mailbox.setDefaultTimeout(15_000);
  await mailbox.waitForLoadState();
  await keepEverything(mailbox, (place) => word(`mailbox ${place}`));
  await mailbox.locator('#courriel').fill(`${word('mailbox address')}@exemple.test`);
  await mailbox.locator('#secret').fill(word('mailbox password'));
  await main.ask('browsing', 'note', { text: word('noted code') });
  await main.ask('browsing', 'front', { demarche: 'piege' });
};

/** The short form: what a browser keeps, the two clipboards, our own search. */
export const plantInSite = async (planting: Planting): Promise<{ screens: Page; main: MainConnection; site: Page }> => {
  const { word, display } = planting;
  const opened = await openTrap(planting);
  const { site } = opened;
  await keepEverything(site, word);
  for (const field of ['champ', 'secret', 'texte', 'courriel']) {
    await site
      .locator(`#${field}`)
      .pressSequentially(word(`form field ${field}`) + (field === 'courriel' ? '@exemple.test' : ''), { delay: 1 });
  }
  await plantBeside(planting, opened.main);
  await site.locator('#libre').click();
  await site.keyboard.type(word('free text'));
  // Real keys: a browser gives its clipboard to a person only.
  await site.locator('#texte').click();
  key(display, 'ctrl+a', ...(planting.copyIn === 'site' ? ['ctrl+c'] : []));
  await until(
    'the marked words',
    () => selectionOf(display, 'primary') !== '' && selectionOf(display, 'clipboard') !== '',
  );
  return opened;
};

/** The long form: all that the kiosk does with a person's papers. */
export const plantEverywhere = async (planting: Planting): Promise<void> => {
  const { word, layOnGlass } = planting;
  const { main, site, screens } = await plantInSite(planting);
  const tray = () => main.state('documents');
  const arrive = async (what: string, before: number): Promise<void> => {
    await until(what, async () => (await tray()).list.length > before, 20_000);
    await main.ask('documents', 'dismiss', { shown: (await tray()).shown });
  };

  // Downloads: their name, their content; one that is cut; one that is refused for what it is.
  await site.evaluate(
    ([name, mot]) => void (location.href = `/document?nom=${name}&mot=${mot}`),
    [word('download name'), word('download content')],
  );
  await arrive('the download in the tray', 0);
  await site.evaluate(
    ([name, mot]) => void (location.href = `/fichier?nom=${name}&mot=${mot}`),
    [word('refused download name'), word('refused download')],
  );
  await site.evaluate(
    ([name, mot]) => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([mot ?? ''], { type: 'text/plain' }));
      link.download = `${name}.txt`;
      link.click();
    },
    [word('made file name'), word('made file')],
  );
  await site.evaluate((mot) => void (location.href = `/coupe?mot=${mot}`), word('cut download'));

  // The tray: a name typed, a copy marked for somebody.
  const [first] = (await tray()).list;
  if (first === undefined) throw new Error('the tray is empty');
  await main.ask('documents', 'rename', { id: first.id, name: `Lettre ${word('document name')}` });
  await main.ask('documents', 'fillForm', { id: first.id, changes: [{ field: 0, value: word('form answer') }] });
  await main.ask('documents', 'watermark', { id: first.id, recipient: `Bailleur ${word('recipient')}` });
  const aloud = await main.ask('speech', 'listen', {
    texts: [{ words: `Bonjour ${word('words read aloud')}`, tag: 'fr' }],
  });
  // A voice that goes on would hold the session of whoever left.
  await main.ask('speech', 'quiet', { reading: aloud.reading });

  // Sent to the site: a file lies in the open for a moment.
  await site.locator('#fichier').click();
  await until(
    'the question which file',
    async () => JSON.stringify(await main.state('browsing')).includes('file'),
    10_000,
  );
  await main.ask('browsing', 'answerFiles', { documents: [first.id] });
  await until('the file in the page', () =>
    site.evaluate(() => (document.querySelector('#fichier') as HTMLInputElement).files?.length === 1),
  );

  // A page that asks: its words and the answer go through our screens.
  void site
    .evaluate((mot) => void setTimeout(() => prompt(`Votre nom, ${mot} ?`)), word('dialog words'))
    .catch(() => undefined);
  await until(
    'the question of the page',
    async () => JSON.stringify(await main.state('browsing')).includes('prompt'),
    10_000,
  );
  const [, id = ''] = /"kind":"dialog","id":"([^"]+)"/.exec(JSON.stringify(await main.state('browsing'))) ?? [];
  await main.ask('browsing', 'answerDialog', { id, accept: true, text: word('dialog answer') });

  if (layOnGlass) {
    const onPaper = word('scanned paper');
    const before = (await tray()).list.length;
    await layOnGlass(onPaper);
    await main.ask('scanning', 'begin', { mode: 'single' });
    await main.ask('scanning', 'scan', {});
    await until('the scanned page', async () => (await main.state('scanning')).work?.stage === 'looking', 30_000);
    await main.ask('scanning', 'accept', {});
    await main.ask('scanning', 'finish', {});
    await arrive('the scan in the tray', before);
  }

  if (planting.canPrint) {
    await main.ask('printing', 'prepare', { source: { kind: 'document', id: first.id } });
    const ready = await until(
      'the document to print',
      async () => (await main.state('printing')).document ?? undefined,
      20_000,
    );
    await main.ask('printing', 'print', {
      request: 'residue-print',
      document: ready.id,
      pages: [],
      copies: 1,
      twoSided: false,
      colour: false,
      longAgreed: true,
    });
    await until(
      'the job at the printer',
      async () => {
        const { job } = await main.state('printing');
        return job !== null && job.stage !== 'sending';
      },
      20_000,
    );
  }

  // Last: forms that are sent, an address that is refused, a page of another name.
  await site.locator('#cherche').fill(word('query'));
  await site.evaluate((mot) => fetch('/recu', { method: 'POST', body: mot }), word('sent form'));
  await site.locator('#cherche').press('Enter');
  await site.waitForURL('**/cherche?**');
  await site.evaluate(
    (name) => fetch(`https://${name}.piege-exemple.test/simple?mot=x`, { mode: 'no-cors' }).catch(() => undefined),
    word('host name'),
  );
  await site
    .evaluate((mot) => void (location.href = `https://www.ailleurs-exemple.test/?q=${mot}`), word('refused address'))
    .catch(() => undefined);
  await until(
    'our page in its place',
    async () => JSON.stringify(await main.state('browsing')).includes('blocked'),
    10_000,
  );
  // What was refused is told in a dialog of ours: the person has read it.
  await main.ask('documents', 'dismiss', { shown: (await tray()).shown });
  await onScreens(screens).dialog.waitFor({ state: 'hidden' });
};

/** How the next person finds the trap: with what it still knows of the one before. Runs in the page. */
export const whatTheSiteKnows = async (): Promise<string> =>
  JSON.stringify([
    document.cookie,
    { ...localStorage },
    { ...sessionStorage },
    await indexedDB.databases(),
    await caches.keys(),
    (await navigator.serviceWorker.getRegistrations()).map((one) => one.active?.scriptURL),
    await (async () => {
      const names: string[] = [];
      for await (const name of (
        (await navigator.storage.getDirectory()) as unknown as { keys(): AsyncIterable<string> }
      ).keys())
        names.push(name);
      return names;
    })(),
    window.name,
    history.length,
    document.title,
    document.documentElement.outerHTML,
  ]);
