/**
 * A window that a site opens is kept beside its opener: both keep running and can exchange messages, and the opener is
 * unchanged when it is shown again.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideInJourney } from '../../../../main/features/browsing/journey-policy.ts';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { pressKeys } from '../../../harness/x-keyboard.ts';
import { until } from '../../../harness/until.ts';
import { pdfText } from '../papers.ts';
import { openOneSite, SAYS_DRAWN, SITE_RECT, type Asked, type OneSite } from './one-site.ts';

const HOST = 'fenetres-exemple.test';
const OTHER = 'identite-exemple.test';
const FORBIDDEN = 'ailleurs-exemple.test';
/** Only its frames are shown, as those of the bank of a person who pays. */
const BANK = 'banque-exemple.test';
const AT = `https://${HOST}`;
const BIG = 'style="display:block;width:100%;height:300px;font-size:60px"';

/** Reports its unloading and, twice a second, that it runs, with the last message it got. */
const LIVES = `<script>
  let dit = 'rien';
  addEventListener('pagehide', () => navigator.sendBeacon('/quitte?' + location.pathname));
  setInterval(() => fetch('/vit?' + location.pathname + '=' + encodeURIComponent(dit)), 400);
</script>`;
const page = (inner: string): string =>
  `<!doctype html><html lang="fr"><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,">${SAYS_DRAWN}${LIVES}<body style="margin:0">${inner}`;
const button = (work: string, more = ''): string =>
  page(`<button id="agir" ${BIG}>Ouvrir</button>${more}<script>let w; agir.onclick = async () => { ${work} }</script>`);
const hears = `<script>onmessage = ({ data, origin, source }) => {
  dit = data + ' de ' + origin + (source === w ? ' (elle)' : '');
  if (data === 'bonjour') source.postMessage('merci', origin);
}</script>`;
const upload = (link: string): string =>
  page(
    `<input type="file" id="piece" name="piece" style="display:block;width:100%;height:150px" onchange="dit = piece.files[0].name">
     ${link}<button style="display:block;width:100%;height:150px" onclick="envoi()">Envoyer</button>
     <script>const envoi = () => fetch('/depot', { method: 'POST', body: piece.files[0] }).then(() => { dit = 'envoyé' }, (error) => { dit = String(error) })</script>`,
  );

const frame = (address: string): string => page(`<iframe ${BIG} src="${address}"></iframe>`);
const WRITES = `w.document.body.innerHTML = '<h1>Votre compte</h1>'`;

/** A page made by a script as a blob. */
const MADE = `URL.createObjectURL(new Blob(['<title>Reçu</title><p>Reçu<script>fetch("${AT}/du-blob")<' + '/script>'], { type: 'text/html' }))`;
/** Between a press and its click the page is busy for longer than the browser lets a press open windows (5 s). */
const BUSY = `<script>onmousedown = () => { const end = performance.now() + 5_500; while (performance.now() < end); }</script>`;
/** More than a frame waits for its window. */
const FRAMED_WITHIN_MS = 7_000;

/** The first script of a page checks that our script ran before it, and opens a dialog that we must handle. */
const FIRST = `alert('première ' + typeof showOpenFilePicker)`;

const pages: Readonly<Record<string, string>> = {
  '/premiere': page('').replace('<title>', `<script>${FIRST}</script><title>`),
  '/premiere-opener': button(`open('/premiere', 'fille')`),
  '/premiere-ailleurs': button(`open('https://${OTHER}/premiere', 'fille')`),
  '/premiere-seule': button(`open('/premiere', '_blank', 'noopener')`),
  '/premiere-seule-ailleurs': button(`open('https://${OTHER}/premiere', '_blank', 'noopener')`),
  '/premiere-lien': page(`<a href="/premiere" target="_blank" ${BIG}>Ouvrir</a>`),
  '/premiere-formulaire': page(
    `<form method="post" action="/premiere" target="_blank"><button ${BIG}>Ouvrir</button></form>`,
  ),
  '/premiere-vide': button(`w = open('', 'fille'); w.eval(\`${FIRST}\`)`),
  '/blob-place': button(`location = ${MADE}`),
  '/blob-fenetre': button(`open(${MADE})`),
  '/clavier': button(`open('/champs', 'champs')`),
  '/champs': page(
    [1, 2]
      .map((n) => `<p><button onfocus="fetch('/tient?${n}')" onclick="fetch('/presse?${n}')">${n}</button>`)
      .join(''),
  ),
  '/parle': button(`w = open('https://${OTHER}/fille', 'fille', 'width=500,height=600')`, hears),
  '/ecrit': button(
    `w = open('', 'recu'); w.document.write('<title>Reçu</title><p>RECU</p><script>fetch("/ecrite?" + !!opener)<' + '/script>'); w.document.close()`,
  ),
  '/cadre-ecrit': frame(`https://${OTHER}/ecrit`),
  '/cadre-banque-mene': frame(`https://${BANK}/mene-plus-tard`),
  '/mene-plus-tard': button(`w = open('', 'w'); setTimeout(() => { w.location = '${AT}/fiche' }, 600)`),
  '/cadre-banque-envoie': frame(`https://${BANK}/envoie`),
  '/envoie': page(
    `<form method="post" action="${AT}/lente" target="_blank"><input type="hidden" name="n" value="1"><button ${BIG}>Payer</button></form>`,
  ),
  '/ouvre-lente': button(`open('/lente')`),
  '/ouvre-lente-seule': button(`open('/lente', '_blank', 'noopener')`),
  '/lente': page('<h1>Reçu</h1>'),
  '/cadre-banque-ecrit': frame(`https://${BANK}/ecrit-et-reste`),
  '/ecrit-et-reste': button(`w = open('', 'w', 'popup'); ${WRITES}; fetch('/ecrite?' + w.origin)`),
  '/cadre-banque-vide': frame(`https://${BANK}/vide-apres`),
  '/vide-apres': button(
    `w = open('${AT}/fiche', 'w'); setTimeout(() => { w.location = 'about:blank'; setTimeout(() => { ${WRITES}; fetch('/ecrite?' + w.origin) }, 500) }, 3000)`,
  ),
  '/cadre-banque-sans-page': frame(`https://${BANK}/sans-page`),
  '/sans-page': button(`w = open('${AT}/vide', 'w'); ${WRITES}; fetch('/ecrite?' + w.origin)`),
  '/ecrit-imprime': button(
    `w = open('', '', 'width=600'); w.document.write('<title>Reçu</title><p>RECU</p>'); w.document.close(); w.focus(); w.print(); w.close()`,
  ),
  '/ferme': button(`w = open('/fiche', 'fiche'); setInterval(() => { dit = 'fermée ' + w.closed }, 100)`),
  '/ferme-elle': button(`w = open('/fiche', 'fiche'); setTimeout(() => w.close(), 2500)`),
  '/essaie': button(
    `if (w) return open('/cgu', 'suite'); w = open('/fiche', 'essai'); w.close(); dit = 'fenêtres permises'`,
  ),
  '/se-ferme': button(`w = open('/part', 'fiche'); setInterval(() => { dit = 'fermée ' + w.closed }, 100)`),
  '/rouvre': button(`w = open('/fiche', 'fiche'); setTimeout(() => { open('/fiche?deux', 'fiche') }, 2500)`),
  '/mene-mere': button(`open('/mene', 'fille')`),
  '/noopener': button(`dit = String(open('/fiche?seule', '_blank', 'noopener'))`),
  '/blank': page(`<a href="/fiche" target="_blank" ${BIG}>Conditions</a>`),
  '/blank-empeche': page(`<a href="/fiche" target="_blank" ${BIG} onclick="return false">Conditions</a>`),
  '/blank-script': page(
    `<a href="#" target="_blank" ${BIG} onclick="open('/fiche', 'pop', 'width=300'); return false">Conditions</a>`,
  ),
  '/blank-tard': page(`<a href="/fiche" target="_blank" ${BIG}>Conditions</a>${BUSY}`),
  '/formulaire-tard': page(
    `<form action="/fiche" target="_blank"><button name="choix" value="oui" ${BIG}>Voir</button></form>${BUSY}`,
  ),
  '/formulaire': page(
    `<form method="post" action="/fiche" target="_blank"><input type="hidden" name="n" value="1"><button name="choix" value="oui" ${BIG}>Voir</button></form>`,
  ),
  '/formulaire-ouvert': page(
    `<form method="post" action="/fiche" target="paiement" onsubmit="w = open('', 'paiement', 'width=400')"><input type="hidden" name="n" value="1"><button ${BIG}>Payer</button></form><script>let w</script>`,
  ),
  '/depot-blank': upload(`<a href="/cgu" target="_blank" style="display:block;height:150px;font-size:60px">CGU</a>`),
  '/depot-place': upload(`<a href="/cgu" style="display:block;height:150px;font-size:60px">CGU</a>`),
  '/interdit': button(`w = open('https://${FORBIDDEN}/'); setInterval(() => { dit = 'fermée ' + w?.closed }, 100)`),
  '/puis-interdit': button(`w = open('about:blank'); setTimeout(() => { w.location = 'https://${FORBIDDEN}/' }, 300)`),
  '/rien': button(`open('/vide', 'rien')`),
  '/quarante': button(
    `let n = 0; for (let i = 0; i < 40; i++) if (open('/fiche?' + i, '_blank')) n++; dit = n + ' fenêtres'`,
  ),
  '/chaine': page(`<a href="/chaine" target="_blank" ${BIG}>Encore</a>`),
  '/seule-se-ferme': button(`close(); dit = 'encore là'`),
  '/fiche': page(`<h1>Fiche</h1>`),
  '/cgu': page(`<h1>Conditions générales</h1>`),
  '/part': page(`<script>setTimeout(close, 1500)</script>`),
  '/mene': page(`<script>setTimeout(() => { opener.location = '/merci'; close() }, 1500)</script>`),
  '/merci': page('<h1>Merci</h1>'),
  '/mere-large': button(`open('/fiche', 'fiche'); setInterval(() => fetch('/mere?' + innerWidth), 200)`),
  '/largeur': page(`<script>setInterval(() => fetch('/largeur?' + innerWidth), 200)</script>`),
};
const DAUGHTER = page(`<script>
  onmessage = ({ data, source, origin }) => { source.postMessage(data + ' bien reçu', origin); setTimeout(close, 500) };
  opener.postMessage('bonjour', '${AT}');
</script>`);

describe.skipIf(findChromium() === undefined)('a window that a site opens', () => {
  let site: OneSite;
  beforeAll(async () => {
    const journey = { domains: [HOST, OTHER], localHosts: [], frames: [BANK] };
    site = await openOneSite({
      hosts: [HOST, OTHER, FORBIDDEN, BANK],
      decide: (request) => decideInJourney(request, journey),
      async answer({ host, path }) {
        const { pathname } = new URL(path, AT);
        if (pathname === '/lente') await new Promise((resolve) => setTimeout(resolve, 4_000));
        if (host === OTHER && pathname === '/fille') return { body: DAUGHTER };
        const body = pages[pathname];
        return body === undefined ? { status: 204 } : { body };
      },
    });
  }, 60_000);
  afterAll(() => site?.stop());

  const openAndPress = async (path: string): Promise<void> => {
    await site.open(`${AT}${path}`);
    const isPressed = ({ host }: Asked): boolean => !path.startsWith('/cadre-') || host !== HOST;
    await until('it is drawn', () => site.asked.some((one) => one.path === '/dessinee' && isPressed(one)));
    site.press(400, 100);
  };
  /** Waits until the page at this path reports these words. */
  const says = (path: string, words: string): Promise<Asked> => {
    const from = site.asked.length;
    const line = `/vit?${path}=${encodeURIComponent(words)}`;
    return until(`${path} says ${words}`, () => site.asked.slice(from).find((one) => one.path === line), 15_000);
  };
  const inSight = (path: string) => site.heard('navigated', ({ url }) => url === `${AT}${path}`);
  const lastIn = () => site.events.findLast((one) => one.kind === 'navigated');
  /** The window with the X focus, and its size. */
  const heldBy = (): readonly string[] => {
    const env = { ...process.env, DISPLAY: site.display };
    const printed = execFileSync('xdotool', ['getwindowfocus', '-f', 'getwindowgeometry', '--shell'], {
      env,
      encoding: 'utf8',
    });
    return ['WINDOW', 'WIDTH', 'HEIGHT'].map((name) => new RegExp(`^${name}=(\\d+)`, 'm').exec(printed)?.[1] ?? '');
  };
  const wasLeft = (path: string): boolean => site.asked.some((one) => one.path === `/quitte?${path}`);
  const goesBackTo = async (path: string): Promise<void> => {
    await site.guest.goBack();
    await until(`${path} is in front again`, () => lastIn()?.url === `${AT}${path}`);
  };

  it('exchanges messages with its opener across hosts, and closes itself', async () => {
    await openAndPress('/parle');
    const { beside, canGoBack } = await site.heard('navigated', ({ url }) => url === `https://${OTHER}/fille`);
    expect({ beside, canGoBack }).toEqual({ beside: true, canGoBack: true });
    await says('/parle', `merci bien reçu de https://${OTHER} (elle)`);
    await until('the page behind is in front', () => lastIn()?.url === `${AT}/parle`);
    expect(wasLeft('/parle')).toBe(false);
  });

  it('is shown when its opener writes into it', async () => {
    await openAndPress('/ecrit');
    await site.askedFor('/ecrite?true');
    expect(await site.heard('navigated', ({ beside }) => beside === true)).toMatchObject({
      url: `${AT}/ecrit`,
      canGoBack: true,
    });
    await says('/ecrit', 'rien');
    expect(wasLeft('/ecrit')).toBe(false);
  });

  it('is shown when a frame of another host of the journey writes into it', async () => {
    await openAndPress('/cadre-ecrit');
    expect((await site.askedFor('/ecrite?true')).host).toBe(OTHER);
    await site.heard('navigated', ({ beside }) => beside === true);
    expect(site.events.some(({ kind }) => kind === 'blocked')).toBe(false);
  });

  it.each([
    ['/cadre-banque-mene', '/fiche'],
    ['/cadre-banque-envoie', '/lente'],
  ])('%s: opened empty by a frame of a bank is shown when a page of the journey arrives', async (path, arrives) => {
    await openAndPress(path);
    await inSight(arrives);
    const beside = site.events.flatMap((one) => (one.kind === 'navigated' && one.beside === true ? [one.url] : []));
    expect(beside).toEqual([`${AT}${arrives}`]);
    expect(site.events.some(({ kind }) => kind === 'blocked')).toBe(false);
  });

  it.each(['/cadre-banque-ecrit', '/cadre-banque-vide', '/cadre-banque-sans-page'])(
    '%s: what a frame of a bank writes into it is not shown under the host of the journey',
    async (path) => {
      await openAndPress(path);
      await site.askedFor(`/ecrite?https://${BANK}`);
      const { url } = await site.heard('blocked');
      expect(url).toBe(`https://${BANK}`);
      expect(lastIn()?.url).toBe(`${AT}${path}`);
      const beside = site.events.filter((one) => one.kind === 'navigated' && one.beside === true);
      // The second one was shown with its page of the journey, and left again.
      expect(beside).toHaveLength(path === '/cadre-banque-vide' ? 2 : 0);
    },
  );

  it.each(['/ouvre-lente', '/ouvre-lente-seule'])(
    '%s: is shown while its page is still awaited, so that a press is seen to do something',
    async (path) => {
      await openAndPress(path);
      await site.heard('navigated', ({ url, beside }) => url === `${AT}${path}` && beside === true);
      await inSight('/lente');
    },
  );

  it('prints what its opener wrote, and closes', async () => {
    await openAndPress('/ecrit-imprime');
    await site.heard('print-wanted');
    const pdf = await site.guest.printAsked();
    expect(await pdfText(Buffer.from(pdf as Uint8Array))).toContain('RECU');
    await says('/ecrit-imprime', 'rien');
  });

  it('is closed by « Page précédente », and its opener sees that', async () => {
    await openAndPress('/ferme');
    await inSight('/fiche');
    await says('/ferme', 'fermée false');
    await goesBackTo('/ferme');
    await says('/ferme', 'fermée true');
    expect(wasLeft('/ferme')).toBe(false);
  });

  it.each(['/ferme-elle', '/se-ferme'])('%s: is closed by a script, and its opener is in front again', async (path) => {
    await openAndPress(path);
    await until(
      'the window comes, and goes',
      () => {
        const reached = site.events.filter((one) => one.kind === 'navigated' && one.beside === true);
        return reached.length >= 2 && lastIn()?.url === `${AT}${path}`;
      },
      15_000,
    );
    await until('nothing is under way', () => site.events.findLast((one) => one.kind === 'loading')?.loading === false);
    await says(path, path === '/se-ferme' ? 'fermée true' : 'rien');
  });

  it('closed at once, to see whether windows are allowed: the next one opens, and its opener is not unloaded', async () => {
    await openAndPress('/essaie');
    await says('/essaie', 'fenêtres permises');
    site.press(440, 150);
    await inSight('/cgu');
    await new Promise((resolve) => setTimeout(resolve, FRAMED_WITHIN_MS));
    expect(lastIn()?.url).toBe(`${AT}/cgu`);
    expect(wasLeft('/essaie')).toBe(false);
    await goesBackTo('/essaie');
  });

  it('with a name is reused the next time', async () => {
    await openAndPress('/rouvre');
    await inSight('/fiche');
    await inSight('/fiche?deux');
    await site.guest.goBack();
    await until('the first page of that window', () => lastIn()?.url === `${AT}/fiche`);
    await goesBackTo('/rouvre');
  });

  it('navigates its opener and closes: the opener shows the new page', async () => {
    await openAndPress('/mene-mere');
    await inSight('/mene');
    const merci = await inSight('/merci');
    expect(merci).not.toHaveProperty('beside');
    // The report of the page being unloaded may arrive after its successor.
    await until('the page behind said that it was left', () => wasLeft('/mene-mere'));
  });

  it('opened with noopener gives its opener no handle', async () => {
    await openAndPress('/noopener');
    await inSight('/fiche?seule');
    await says('/noopener', 'null');
    await goesBackTo('/noopener');
  });

  it('opened by a link: its opener is not unloaded', async () => {
    await openAndPress('/blank');
    await inSight('/fiche');
    expect((await site.askedFor('/fiche')).headers.referer).toBe(`${AT}/blank`);
    await says('/blank', 'rien');
    await goesBackTo('/blank');
    expect(wasLeft('/blank')).toBe(false);
  });

  it('opened by a link whose handler prevents it: none opens', async () => {
    await openAndPress('/blank-empeche');
    await says('/blank-empeche', 'rien');
    expect(site.asked.some((one) => one.path === '/fiche')).toBe(false);
  });

  it('opened by the script of a link: opens once', async () => {
    await openAndPress('/blank-script');
    await inSight('/fiche');
    expect(site.asked.filter((one) => one.path === '/fiche')).toHaveLength(1);
  });

  it.each(['/blank-tard', '/formulaire-tard'])('%s: requested too late to open opens in place', async (path) => {
    await openAndPress(path);
    const opened = (): boolean => site.asked.some((one) => one.path.startsWith('/fiche'));
    await until('it is requested', opened, 15_000);
    await until('it is in the place of its opener', () => wasLeft(path));
  });

  it.each([
    ['/formulaire', 'n=1&choix=oui'],
    ['/formulaire-ouvert', 'n=1'],
  ])('%s: opened by a form, with the form data; its opener is not unloaded', async (path, body) => {
    await openAndPress(path);
    await inSight('/fiche');
    const sent = site.asked.filter((one) => one.path === '/fiche');
    expect(sent.map((one) => `${one.method} ${one.body}`)).toEqual([`POST ${body}`]);
    await goesBackTo(path);
    expect(wasLeft(path)).toBe(false);
  });

  it.each(['/depot-blank', '/depot-place'])(
    '%s: a chosen file is still there after a visit to another page and back',
    async (path) => {
      const folder = mkdtempSync('/dev/shm/pn-lent-');
      chmodSync(folder, 0o755);
      const file = join(folder, 'avis.pdf');
      writeFileSync(file, '%PDF-1.4 avis', { mode: 0o644 });
      await openAndPress(path);
      const { request } = await site.heard('file-wanted');
      await site.guest.answerFiles(request.id, [file]);
      await says(path, 'avis.pdf');
      site.press(300, 225);
      await inSight('/cgu');
      await goesBackTo(path);
      await says(path, 'avis.pdf');
      site.press(300, 375);
      expect((await site.askedFor('/depot')).body).toBe('%PDF-1.4 avis');
      rmSync(folder, { recursive: true });
    },
  );

  it.each(['/interdit', '/puis-interdit'])(
    '%s: to a forbidden host is blocked, without a request there',
    async (path) => {
      await openAndPress(path);
      await site.heard('blocked', ({ url }) => url.startsWith(`https://${FORBIDDEN}/`));
      await says(path, path === '/interdit' ? 'fermée true' : 'rien');
      expect(site.asked.some(({ host }) => host === FORBIDDEN)).toBe(false);
    },
  );

  it('with an empty response reports a failure, and leads back', async () => {
    await openAndPress('/rien');
    await site.heard('load-failed', ({ status }) => status === 204);
    await goesBackTo('/rien');
  });

  it('forty at once: one opens per press, and the site goes on', async () => {
    await openAndPress('/quarante');
    await until('a window', () => site.asked.some((one) => one.path.startsWith('/fiche?')));
    await says('/quarante', '1 fenêtres');
    expect(site.asked.filter((one) => one.path.startsWith('/fiche?'))).toHaveLength(1);
    expect(site.events.some(({ kind }) => kind === 'crashed')).toBe(false);
  });

  it.each(Object.keys(pages).filter((path) => path.startsWith('/premiere-')))(
    '%s: no script of it runs before ours',
    async (path) => {
      await openAndPress(path);
      const { id, message } = await site.heard('dialog');
      expect(message).toBe('première undefined');
      await site.guest.answerDialog(id, true);
    },
  );

  it.each(['/blob-place', '/blob-fenetre'])('%s: a page from a blob is shown, and leads back', async (path) => {
    await openAndPress(path);
    await site.askedFor('/du-blob');
    await site.heard('navigated', ({ url }) => url.startsWith(`blob:${AT}/`));
    await goesBackTo(path);
    expect(site.events.some(({ kind }) => kind === 'blocked')).toBe(false);
  });

  it('gets the keyboard: the first Tab focuses its first element', async () => {
    await site.open(`${AT}/clavier`);
    await site.askedFor('/dessinee');
    const [behind = ''] = heldBy();
    site.press(400, 100);
    await inSight('/champs');
    await until('it is drawn', () => site.asked.filter((one) => one.path === '/dessinee').length === 2);
    // Before that, the window is still being moved into its frame, or the frame has the focus and passes it on.
    await until('the window with the keyboard is one that fills the site', () => {
      const [id, width, height] = heldBy();
      return id !== behind && width === String(SITE_RECT.width) && height === String(SITE_RECT.height);
    });
    pressKeys(site.display, 'Tab');
    await site.askedFor('/tient?1');
    pressKeys(site.display, 'Tab');
    await site.askedFor('/tient?2');
    pressKeys(site.display, 'Return');
    await site.askedFor('/presse?2');
  });

  it('opened one from another: three are kept beside the first, then the last one is reused', async () => {
    await openAndPress('/chaine');
    for (let opened = 2; opened <= 6; opened++) {
      await until(`page ${opened}`, () => site.asked.filter((one) => one.path === '/chaine').length >= opened, 15_000);
      await until('it is drawn', () => site.asked.filter((one) => one.path === '/dessinee').length >= opened);
      // Press at alternating places: a quick second press at the same place would count as a double press.
      if (opened < 6) site.press(opened % 2 === 0 ? 440 : 400, 100);
    }
    expect(site.events.some(({ kind }) => kind === 'crashed')).toBe(false);
  });

  it('the first page of a guest stays when it closes itself', async () => {
    await openAndPress('/seule-se-ferme');
    // Keep pressing, because presses before the first paint are lost.
    const again = setInterval(() => site.press(400, 100), 2_000);
    await says('/seule-se-ferme', 'encore là').finally(() => clearInterval(again));
  });

  it('leaves the zoom that is chosen last to the page behind it', async () => {
    await openAndPress('/mere-large');
    await inSight('/fiche');
    await site.guest.setZoom(2);
    await goesBackTo('/mere-large');
    await site.askedFor(`/mere?${SITE_RECT.width / 2}`);
    site.press(400, 100);
    await site.heard('navigated', ({ url }) => url === `${AT}/fiche`);
    await site.guest.setZoom(1);
    const asked = site.asked.length;
    await goesBackTo('/mere-large');
    await until('the page behind has its size', () =>
      site.asked.slice(asked).some(({ path }) => path === `/mere?${SITE_RECT.width}`),
    );
  });

  it('has the chosen zoom when it is shown again by two calls at once', async () => {
    await site.open(`${AT}/largeur`);
    await site.askedFor(`/largeur?${SITE_RECT.width}`);
    await site.guest.hide();
    await site.guest.setZoom(2);
    await Promise.all([site.guest.show(SITE_RECT), site.guest.show({ ...SITE_RECT })]);
    await site.askedFor(`/largeur?${SITE_RECT.width / 2}`);
    await site.guest.setZoom(1);
  });
});
