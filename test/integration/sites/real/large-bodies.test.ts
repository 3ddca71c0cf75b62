/** A form of any size arrives complete, and the policy still decides where it leads. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideInJourney } from '../../../../main/features/browsing/journey-policy.ts';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { until } from '../../../harness/until.ts';
import { openOneSite, SAYS_DRAWN, type OneSite } from './one-site.ts';

const HOST = 'envois-exemple.test';
const FORBIDDEN = 'ailleurs-exemple.test';
const AT = `https://${HOST}`;
const ELSEWHERE = `https://${FORBIDDEN}/recu`;

/** Quotes and backslashes are escaped in DevTools messages, so they are in the data. */
const form = (megabytes: number, action: string, then = ''): string => `<!doctype html><title>Envoi</title>
<link rel="icon" href="data:,"><form method="post" enctype="multipart/form-data" action="${action}">
<input type="hidden" name="scan"></form><script>
document.forms[0].scan.value = 'pièce "jointe"\\\\'.padEnd(${megabytes} * 1_000_000, 'x');
addEventListener('load', () => setTimeout(() => document.forms[0].submit(), 100)); ${then}
</script>`;
/** The same with a file that a script made; the page's own script runs last. */
const fileForm = (action: string, then = ''): string => `<!doctype html><title>Envoi</title>
<link rel="icon" href="data:,"><form method="post" enctype="multipart/form-data" action="${action}">
<input type="file" name="scan"><button>Envoyer</button></form><script>
const made = new DataTransfer();
made.items.add(new File(['x'.repeat(25_000_000)], 'scan.pdf'));
document.forms[0].scan.files = made.files;
addEventListener('load', () => setTimeout(() => document.forms[0].requestSubmit(document.querySelector('button')), 300));
${then}</script>`;
/** A person chooses the file. */
const CHOOSES = `<!doctype html><title>Dépôt</title><link rel="icon" href="data:,"><style>
body { margin: 0 } input { position: absolute; left: 20px; top: 20px; width: 600px; height: 200px; font-size: 30px }
</style><form method="post" enctype="multipart/form-data" action="/avis"><input type="file" name="scan"></form><script>
document.querySelector('input').addEventListener('change', () => setTimeout(() => document.forms[0].submit(), 300));
</script>${SAYS_DRAWN}`;
const RECEIVED = { body: '<!doctype html><link rel="icon" href="data:,"><title>Reçu</title><p>Reçu' };

describe.skipIf(findChromium() === undefined)('a form with a large body', () => {
  let site: OneSite;
  beforeAll(async () => {
    const journey = { domains: [HOST], localHosts: [], frames: [] };
    site = await openOneSite({
      hosts: [HOST, `sous.${HOST}`, FORBIDDEN],
      decide: (request) => decideInJourney(request, journey),
      answer({ path }) {
        const { pathname, searchParams } = new URL(path, AT);
        const megabytes = Number(searchParams.get('mo'));
        switch (pathname) {
          case '/envoi':
            return { body: form(megabytes, searchParams.get('vers') ?? '/recu') };
          case '/fichier':
            return { body: fileForm(searchParams.get('vers') ?? '/recu', searchParams.get('puis') ?? '') };
          case '/choix':
            return { body: CHOOSES };
          case '/avis':
            return { type: 'application/pdf', body: 'not read' };
          case '/rien':
            return { status: 204 };
          case '/mene':
            return { status: Number(searchParams.get('par')), headers: { location: searchParams.get('a') ?? '' } };
          case '/recu':
          case '/page.pdf':
            return RECEIVED;
          default:
            return undefined;
        }
      },
    });
  }, 60_000);
  afterAll(() => site?.stop());

  const blocked = (): boolean => site.events.some(({ kind }) => kind === 'blocked');
  const open = (megabytes: number, to: string): Promise<void> =>
    site.open(`${AT}/envoi?mo=${megabytes}&vers=${encodeURIComponent(to)}`);

  it.each([1, 25, 80])('%i MB arrive complete, and the response page is shown', async (megabytes) => {
    await open(megabytes, '/recu');
    const { body } = await until('it arrives', () => site.asked.find(({ path }) => path === '/recu'), 60_000);
    expect(body).toContain(`${Buffer.from('pièce "jointe"\\').toString('latin1')}xxx`);
    const padding = body.lastIndexOf('xxx') + 3 - body.indexOf('xxx');
    expect(padding).toBe(megabytes * 1_000_000 - 'pièce "jointe"\\'.length);
    await site.heard('navigated', ({ url }) => url === `${AT}/recu`);
    expect(blocked()).toBe(false);
  });

  it('200 MB arrive, or the browser that runs out of memory is ended: never a false « bloqué », never an endless wait', async () => {
    await open(200, '/recu');
    const outcome = await until(
      'the form was sent, or its browser ended',
      () => site.events.some(({ kind }) => kind === 'crashed') || site.asked.find((one) => one.path === '/recu'),
      90_000,
    );
    if (typeof outcome === 'object') expect(outcome.body.length).toBeGreaterThan(200_000_000);
    expect(blocked()).toBe(false);
  }, 120_000);

  it('gets an empty response: the page stays, and the upload is reported as ended', async () => {
    await open(25, '/rien');
    await site.askedFor('/rien');
    await site.heard('sending', ({ sending }) => !sending);
    expect(blocked()).toBe(false);
  });

  it.each([302, 307])('is redirected out of the journey (%i): blocked before any request there', async (status) => {
    await open(2, `/mene?par=${status}&a=${encodeURIComponent(`https://${FORBIDDEN}/recu`)}`);
    await site.heard('blocked', ({ url }) => url === `https://${FORBIDDEN}/recu`);
    expect(site.asked.some(({ host }) => host === FORBIDDEN)).toBe(false);
  });

  it('is redirected to a document on another host: blocked, because we could not check that it is a document', async () => {
    await open(2, `/mene?par=303&a=${encodeURIComponent(`https://${FORBIDDEN}/page.pdf`)}`);
    await site.heard('blocked', ({ url }) => url === `https://${FORBIDDEN}/page.pdf`);
    expect(site.asked.some(({ host }) => host === FORBIDDEN)).toBe(false);
  });

  it('is redirected from host to host: every step is checked', async () => {
    const third = `${AT}/mene?par=307&a=${encodeURIComponent(`https://${FORBIDDEN}/recu`)}`;
    const second = `https://sous.${HOST}/mene?par=307&a=${encodeURIComponent(third)}`;
    await open(2, `/mene?par=307&a=${encodeURIComponent(second)}`);
    await site.heard('blocked', ({ url }) => url === `https://${FORBIDDEN}/recu`);
    expect(site.asked.map(({ host }) => host)).not.toContain(FORBIDDEN);
  });

  const openFile = (to: string, then = ''): Promise<void> =>
    site.open(`${AT}/fichier?vers=${encodeURIComponent(to)}&puis=${encodeURIComponent(then)}`);

  it('holds a file that a script made: it arrives, and is reported as sent and as received', async () => {
    await openFile('/recu');
    const { body } = await site.askedFor('/recu');
    expect(body.length).toBeGreaterThan(25_000_000);
    await site.heard('navigated', ({ url }) => url === `${AT}/recu`);
    expect(site.events).toContainEqual({ kind: 'loading', loading: true, url: `${AT}/recu`, sent: true });
    await site.heard('sent');
  });

  it.each([
    [
      'the page names another address once we have been told of this one',
      '/recu',
      'submit',
      `new FormData(target); target.action = '${ELSEWHERE}'`,
    ],
    ['its button names another address', '/recu', 'submit', `submitter.formAction = '${ELSEWHERE}'`],
    ['the site redirects it', `/mene?par=307&a=${encodeURIComponent(ELSEWHERE)}`, 'submit', ''],
  ])('holds a file, and %s: blocked before any request there', async (_what, to, event, change) => {
    await openFile(to, `addEventListener('${event}', ({ target, submitter }) => { ${change} })`);
    await site.heard('blocked', ({ url }) => url === ELSEWHERE);
    expect(site.asked.some(({ host }) => host === FORBIDDEN)).toBe(false);
  });

  it('does not pass for a person’s own file: the PDF that answers becomes a document', async () => {
    const folder = mkdtempSync('/dev/shm/pn-lent-');
    chmodSync(folder, 0o755);
    const file = join(folder, 'scan.pdf');
    writeFileSync(file, Buffer.alloc(25_000_000), { mode: 0o644 });
    await site.open(`${AT}/choix`);
    await site.askedFor('/dessinee');
    site.press(300, 100);
    const { request } = await site.heard('file-wanted');
    await site.guest.answerFiles(request.id, [file]);
    expect((await site.askedFor('/avis')).body.length).toBeGreaterThan(25_000_000);
    await site.heard('download-done', ({ url }) => url === `${AT}/avis`);
    rmSync(folder, { recursive: true });
  });
});
