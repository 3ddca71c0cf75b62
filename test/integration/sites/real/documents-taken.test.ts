/**
 * What a site sends instead of a page: the answer of a form that wants a new window, a text, an appointment. It goes
 * into « Mes documents », and the page that asked for it is in front again.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { officeRuns, realOffice } from '../../../harness/documents/real-office.ts';
import { documentsFixture, type DocumentsFixture } from '../../../harness/scanning/documents-fixture.ts';
import { until } from '../../../harness/until.ts';
import { pdfText } from '../papers.ts';
import { openOneSite, SAYS_DRAWN, type Answer, type OneSite } from './one-site.ts';

const HOST = 'droits-exemple.test';
const AT = `https://${HOST}`;

const PDF: Answer = { type: 'application/pdf', body: '%PDF-1.4\n' };
const named = (answer: Answer, disposition: string, name: string): Answer => ({
  ...answer,
  headers: { 'content-disposition': `${disposition}; filename="${name}"` },
});
const CALENDAR = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Exemple//FR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20261101T080000Z\r\nDTSTART;VALUE=DATE:20261214\r\nSUMMARY:Rendez-vous à la mairie\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
const appointment: Answer = { type: 'text/calendar; charset=utf-8', body: CALENDAR };
const words: Answer = { type: 'text/plain; charset=utf-8', body: 'Votre demande est reçue.\nNuméro : É-42\n' };

const sent: Readonly<Record<string, Answer>> = {
  '/papier/attachment': named(PDF, 'attachment', 'attestation.pdf'),
  '/papier/inline': named(PDF, 'inline', 'attestation.pdf'),
  // As many servers write it.
  '/papier/sans-type': { ...PDF, headers: { 'content-disposition': 'filename="attestation.pdf"' } },
  '/papier/texte': named(words, 'attachment', 'attestation.txt'),
  '/papier/ailleurs': { status: 303, headers: { location: '/papier/inline' } },
  '/rdv/joint': named(appointment, 'attachment', 'rendez-vous.ics'),
  '/rdv/place': named(appointment, 'inline', 'rendez-vous.ics'),
  '/rdv/rendez-vous': appointment,
  '/rdv/rendez-vous.php?id=4': appointment,
  '/recu/joint': named(words, 'attachment', 'recu.txt'),
  '/recu/accuse': { ...words, headers: { 'content-disposition': 'attachment' } },
  '/recu/place': words,
  '/recu/place.txt': named(words, 'inline', 'recu.txt'),
};
const LIVES = `<script>setInterval(() => fetch('/vit'), 300)</script>`;
const page = (inner: string): Answer => ({
  body: `<!doctype html><html lang="fr"><title>Page</title><link rel="icon" href="data:,">${SAYS_DRAWN}${LIVES}<body style="margin:0">${inner}`,
});
const BIG = 'style="display:block;width:100%;height:300px;font-size:60px"';
const form = (method: string, to: string): Answer =>
  page(
    `<form method="${method}" action="${to}" target="_blank"><input type="hidden" name="numero" value="42"><button ${BIG}>Mon attestation</button></form>`,
  );
const WRITES = `<button id="agir" ${BIG}>Ouvrir</button><script>agir.onclick = () => {
  const w = open('', 'recu');
  w.document.write('<title>Reçu</title><body style="margin:0"><a href="/papier/inline" ${BIG}>Reçu</a>');
  w.document.close();
  fetch('/ecrite');
}</script>`;
/** By the second part of a link page's path. */
const targets: Readonly<Record<string, string>> = {
  ici: '',
  blank: 'target="_blank"',
  opener: 'target="_blank" rel="opener"',
};

describe.skipIf(findChromium() === undefined)('what a site sends instead of a page', () => {
  let site: OneSite;
  beforeAll(async () => {
    site = await openOneSite({
      hosts: [HOST],
      async answer({ path }) {
        const { pathname, search } = new URL(path, AT);
        const [, way, method = '', to = ''] = /^\/(lien|formulaire)\/(\w+)(\/.*)$/.exec(pathname) ?? [];
        if (way === 'formulaire') return form(method, `${to}${search}`);
        if (way === 'lien') return page(`<a href="${to}${search}" ${targets[method]} ${BIG}>Ouvrir</a>`);
        if (pathname === '/ecrit') return page(WRITES);
        if (pathname === '/vit') return { status: 204 };
        // So slow that its window is shown while it is still empty.
        if (pathname.startsWith('/lent/')) await until('the window', () => reached().length > 1);
        return sent[path] ?? sent[pathname.replace(/^\/lent/, '')];
      },
    });
  }, 60_000);
  afterAll(() => site?.stop());

  const openAndPress = async (path: string): Promise<void> => {
    await site.open(`${AT}${path}`);
    await site.askedFor('/dessinee');
    site.press(300, 150);
  };
  const reached = () => site.events.flatMap((one) => (one.kind === 'navigated' && !one.sameDocument ? [one.url] : []));
  const isWaiting = (): boolean => {
    const last = site.events.findLast((one) => one.kind === 'loading');
    return last?.loading === true;
  };

  describe('in a new window', () => {
    const askedPapers = () => site.asked.filter(({ path }) => /^(\/lent)?\/papier\//.test(path));

    it.each([
      '/formulaire/post/papier/attachment',
      '/formulaire/post/papier/inline',
      '/formulaire/post/papier/ailleurs',
      '/formulaire/post/papier/texte',
      '/formulaire/post/papier/sans-type',
      '/formulaire/get/papier/inline',
      '/formulaire/post/lent/papier/attachment',
      '/formulaire/post/lent/papier/inline',
      '/lien/blank/lent/papier/inline',
      '/lien/opener/lent/papier/attachment',
    ])('%s: it is taken once, and the page that wanted it is in front again', async (path) => {
      await openAndPress(path);
      const { suggestedName } = await site.heard('download-done');
      expect(suggestedName).toBe(path.endsWith('texte') ? 'attestation.txt' : 'attestation.pdf');
      const asked = askedPapers().map((one) => `${one.method} ${one.body}`);
      expect(asked.slice(0, 1)).toEqual([path.includes('/post/') ? 'POST numero=42' : 'GET ']);
      expect(asked).toHaveLength(path.endsWith('ailleurs') ? 2 : 1);
      // A window that waits for long is shown empty, under the address of its opener, and then closed.
      const pages = Array.from({ length: path.includes('/lent/') ? 3 : 1 }, () => `${AT}${path}`);
      await until('the page is in front', () => reached().length === pages.length && !isWaiting());
      expect(reached()).toEqual(pages);
      // Elsewhere on the button or link, so that it is no double press. The closing window may still take the first
      // one.
      let pressedMs = -Infinity;
      await until('it is sent again', () => {
        if (performance.now() - pressedMs > 2_000) {
          site.press(700, 150);
          pressedMs = performance.now();
        }
        return askedPapers().length > asked.length;
      });
      expect(site.events.filter(({ kind }) => kind === 'blocked' || kind === 'load-failed')).toEqual([]);
    });
  });

  it('a window that its opener wrote into stays when a document is taken from it', async () => {
    await openAndPress('/ecrit');
    await site.askedFor('/ecrite');
    await site.heard('navigated', ({ beside }) => beside === true);
    site.press(300, 150);
    await site.heard('download-done');
    await sleep(500); // until it would be closed
    expect(site.events.findLast((one) => one.kind === 'navigated')).toMatchObject({ beside: true });
  });

  describe('a text or an appointment', () => {
    let officeIsHere = false;
    let fixture: DocumentsFixture;
    beforeAll(async () => {
      officeIsHere = await officeRuns();
      fixture = await documentsFixture({ office: realOffice().office });
    });
    afterEach(() => fixture.wipe());
    afterAll(() => fixture?.stop());

    it.each([
      ['/rdv/joint', 'rendez-vous.ics', 'Rendez-vous à la mairie'],
      ['/rdv/place', 'rendez-vous.ics', 'Rendez-vous à la mairie'],
      ['/rdv/rendez-vous', 'rendez-vous.ics', 'Rendez-vous à la mairie'],
      ['/rdv/rendez-vous.php?id=4', 'rendez-vous.ics', 'Rendez-vous à la mairie'],
      ['/recu/joint', 'recu.txt', 'Numéro : É-42'],
      ['/recu/accuse', 'accuse.txt', 'Numéro : É-42'],
    ])('%s: is taken as %s, and can be read in « Mes documents »', async (path, name, says) => {
      await openAndPress(`/lien/ici${path}`);
      const { path: file, suggestedName } = await site.heard('download-done');
      expect(suggestedName).toBe(name);
      expect(reached()).toHaveLength(1);
      if (!officeIsHere) return;
      await fixture.documents.takeDownload({
        path: file,
        name: suggestedName,
        asked: Promise.resolve(true),
        visit: {},
        onKept: () => undefined,
      });
      const { list, refused } = fixture.state();
      expect(refused).toBeNull();
      const [document] = list;
      const kept = document && (await fixture.documents.read(document.id));
      expect(await pdfText(Buffer.from(kept ?? []))).toContain(says);
    });

    it.each(['/recu/place', '/recu/place.txt'])('%s: a text sent as a page is shown, and leads back', async (path) => {
      await openAndPress(`/lien/ici${path}`);
      await site.heard('navigated', ({ url, canGoBack }) => url === `${AT}${path}` && canGoBack);
      const printed = await site.guest.printToPdf();
      if (printed === 'too-large') throw new Error('too large');
      expect(await pdfText(Buffer.from(printed))).toContain('Numéro : É-42');
      await site.guest.goBack();
      await until('the page is there again', () => reached().at(-1) === `${AT}/lien/ici${path}`);
      expect(site.events.some(({ kind }) => kind === 'download-started')).toBe(false);
    });
  });
});
