/**
 * Every page has its final size before its first script runs: many choose their layout there once and for all, and a
 * window of an impossible size is how sites' software recognizes a robot.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { openOneSite, SAYS_DRAWN, SITE_RECT, type OneSite } from './one-site.ts';

const HOST = 'tailles-exemple.test';
const OTHER = 'autre-exemple.test';
const AT = `https://${HOST}`;
const BIG = 'style="display:block;width:100%;height:300px;font-size:60px"';

const SAYS_SIZES = `<script>fetch('${AT}/tailles?' + [innerWidth, innerHeight, outerWidth, outerHeight, screenX, screenY, matchMedia('(min-width: 768px)').matches], { mode: 'no-cors' })</script>`;
const { x, y, width, height } = SITE_RECT;
/**
 * The inner size is exact. The outer one is that of the site, or 0 as long as Chromium has not told it to a new
 * process; the position may still be the one inside the frame.
 */
const OF_THE_SITE = new RegExp(`^/tailles\\?${width},${height},(${width},${height}|0,0),${x},(${y}|0),true$`);

const page = (head: string, body = ''): string =>
  `<!doctype html><html lang="fr"><meta charset="utf-8">${head}<title>Page</title><link rel="icon" href="data:,"><body style="margin:0">${body}`;
const opener = (body: string): string => page(SAYS_DRAWN, body);
const button = (work: string): string =>
  opener(`<button id="agir" ${BIG}>Ouvrir</button><script>agir.onclick = () => { ${work} }</script>`);
const form = (more: string): string =>
  opener(`<form method="post" action="/page" ${more}><button ${BIG}>Ouvrir</button></form>`);

const pages: Readonly<Record<string, string>> = {
  '/page': page(SAYS_SIZES),
  '/lien': opener(`<a href="/page" target="_blank" ${BIG}>Ouvrir</a>`),
  '/lien-ailleurs': opener(`<a href="https://${OTHER}/page" target="_blank" ${BIG}>Ouvrir</a>`),
  '/open': button(`open('/page')`),
  '/open-mesure': button(`open('/page', '_blank', 'width=400,height=300,left=20,top=30')`),
  '/open-noopener': button(`open('/page', '_blank', 'noopener')`),
  '/formulaire': form('target="_blank"'),
  '/formulaire-nomme': form(`target="fiche" onsubmit="open('', 'fiche', 'width=400')"`),
  '/ecrit': button(
    `const w = open('', '', 'width=600,height=400'); w.document.write(${JSON.stringify(SAYS_SIZES).replaceAll('</', '<\\/')}); w.document.close()`,
  ),
  '/ecrit-ensuite': button(
    `const w = open('', 'w'); setTimeout(() => { w.document.write(${JSON.stringify(SAYS_SIZES).replaceAll('</', '<\\/')}); w.document.close() }, 300)`,
  ),
};

describe.skipIf(findChromium() === undefined)('the first script of a page reads the rectangle of the site', () => {
  let site: OneSite;
  beforeAll(async () => {
    site = await openOneSite({
      hosts: [HOST, OTHER],
      answer: ({ path }) => {
        const body = pages[new URL(path, AT).pathname];
        return body === undefined ? { status: 204 } : { body };
      },
    });
  }, 60_000);
  afterAll(() => site?.stop());

  it.each(Object.keys(pages).filter((path) => path !== '/page'))('%s: in a window that it opens', async (path) => {
    await site.open(`${AT}${path}`);
    await site.askedFor('/dessinee');
    site.press(400, 100);
    expect((await site.askedFor(/^\/tailles/)).path).toMatch(OF_THE_SITE);
    await site.heard('navigated', ({ beside }) => beside === true);
  });

  // A page in a new process, or a hidden one, may get its outer size only after its first script.
  const inside = ({ path }: { readonly path: string }): string => {
    const [innerWidth, innerHeight, , , , , wide] = path.replace('/tailles?', '').split(',');
    return `${innerWidth}×${innerHeight} ${wide}`;
  };

  it('inside, on the first page of a guest that is still covered', async () => {
    await site.open(`${AT}/page`, 'covered');
    expect(inside(await site.askedFor(/^\/tailles/))).toBe(`${width}×${height} true`);
  });

  it('inside, at the chosen zoom, on a page that loads while the guest is covered', async () => {
    await site.open(`${AT}/lien`, 'covered');
    await site.guest.setZoom(2);
    await site.guest.navigate(`${AT}/page`);
    expect(inside(await site.askedFor(/^\/tailles/))).toBe(`${width / 2}×${height / 2} false`);
    const less = { ...SITE_RECT, x: 320, width: 960 };
    await site.guest.hide(less);
    await site.guest.navigate(`${AT}/page?moins`);
    expect(inside(await site.askedFor(/^\/tailles\?480/))).toBe(`480×${height / 2} false`);
    await site.guest.setZoom(1);
  });

  it.each(['/lien', '/lien-ailleurs', '/open-noopener', '/formulaire'])(
    '%s: inside, at the chosen zoom, in a window that it opens',
    async (path) => {
      await site.open(`${AT}${path}`);
      await site.askedFor('/dessinee');
      await site.guest.setZoom(2);
      site.press(400, 100);
      expect(inside(await site.askedFor(/^\/tailles/))).toBe(`${width / 2}×${height / 2} false`);
    },
  );

  it.each([
    { before: 2, after: 1 },
    { before: 1, after: 2 },
  ])('inside, at the zoom $after chosen while a picture is taken at $before', async ({ before, after }) => {
    await site.open(`${AT}/lien`);
    await site.askedFor('/dessinee');
    await site.guest.setZoom(before);
    const picture = site.guest.picture();
    await site.guest.setZoom(after);
    expect(await picture).toBeDefined();
    await site.guest.navigate(`${AT}/page`);
    expect(inside(await site.askedFor(/^\/tailles/))).toBe(`${width / after}×${height / after} ${after === 1}`);
    await site.guest.setZoom(1);
  });

  it('inside, on a page that loads while the guest is covered again, with less room', async () => {
    await site.open(`${AT}/lien`);
    const less = { ...SITE_RECT, x: 320, width: 960 };
    await site.guest.hide(less);
    await site.guest.navigate(`${AT}/page`);
    expect(inside(await site.askedFor(/^\/tailles/))).toBe(`960×${height} true`);
  });
});
