/** Printing gives the frame that asked, in its state when it asked, whatever API the site uses. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { PDFDocument, rgb } from '@cantoo/pdf-lib';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { pdfText } from '../papers.ts';
import { until } from '../../../harness/until.ts';
import { openOneSite, SAYS_DRAWN, SITE_RECT, type OneSite } from './one-site.ts';

const HOST = 'imprime-exemple.test';
const OTHER = 'recu-exemple.test';
const AT = `https://${HOST}`;
const BIG = 'style="display:block;width:100%;height:300px;font-size:60px"';
/** The first page of the paper: it can be seen that the viewer has drawn it. */
const RED = { r: 200, g: 20, b: 30 };
/** From the drawn paper to a viewer whose button works. */
const VIEWER_READY_MS = 1_000;
/** On a busy machine each paper takes seconds, and the page that prints is paused meanwhile. */
const WITHIN_MS = 40_000;

const fileOf = (path: string): string => readFileSync(createRequire(import.meta.url).resolve(path), 'utf8');
const bundled = async (contents: string, loader: 'js' | 'jsx'): Promise<string> => {
  const made = await build({
    stdin: { contents, loader, resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    format: 'iife',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  return made.outputFiles[0]?.text ?? '';
};

/** A page whose upper part is a button. `work` runs when it is pressed. */
const page = (work: string, more = '', head = ''): string => `<!doctype html><html lang="fr"><title>Page</title>
<link rel="icon" href="data:,">${SAYS_DRAWN}${head}<body style="margin:0">
<button id="agir" ${BIG}>Imprimer</button><p id="texte">AVANT</p>${more}
<script>agir.addEventListener('click', () => { ${work} });</script>`;
const hidden = (inner: string, more = ''): string =>
  `<iframe id="cadre" ${inner} style="width:0;height:0;border:0;position:absolute" ${more}></iframe>`;
const receipt = '<!doctype html><title>Recu</title><p>RECU</p>';

const REACT = `
import { useRef } from 'react';
import { createRoot } from 'react-dom/client';
import { useReactToPrint } from 'react-to-print';
const Page = () => {
  const contentRef = useRef(null);
  const print = useReactToPrint({ contentRef });
  return <><button onClick={() => print()} style={{ width: '100%', height: 300 }}>Imprimer</button>
    <p>AUTOUR</p><div ref={contentRef}>RECU</div></>;
};
createRoot(document.getElementById('ici')).render(<Page />);`;

const scripts: Readonly<Record<string, () => string | Promise<string>>> = {
  '/print-js.js': () => fileOf('print-js'),
  '/jquery.js': () => fileOf('jquery/dist/jquery.min.js'),
  '/print-this.js': () => fileOf('printthis/printThis.js'),
  '/react.js': () => bundled(REACT, 'jsx'),
};

interface Way {
  readonly body: string;
  readonly has: readonly string[];
  readonly hasNot?: readonly string[];
}

const SCREEN_AND_PAPER = `<style>.papier { display: none } @media print { .papier { display: block } .ecran { display: none } }</style>`;
const HEARD = `addEventListener('beforeprint', () => (texte.textContent = 'PREPARE')); addEventListener('afterprint', () => (texte.textContent = 'RANGE'));`;

const ways: Readonly<Record<string, Way>> = {
  '/simple': { body: page('print()'), has: ['AVANT'] },
  '/echange': {
    body: page(
      `const all = document.body.innerHTML; document.body.innerHTML = '<p>RECU</p>'; window.print(); document.body.innerHTML = all;`,
    ),
    has: ['RECU'],
    hasNot: ['AVANT'],
  },
  '/puis-part': { body: page(`window.print(); location.href = '/merci';`), has: ['AVANT'], hasNot: ['MERCI'] },
  '/puis-recharge': { body: page(`texte.textContent = 'RECU'; print(); location.reload();`), has: ['RECU'] },
  '/cadre': { body: page('cadre.contentWindow.print()', hidden('src="/recu"')), has: ['RECU'], hasNot: ['AVANT'] },
  '/cadre-ote': {
    body: page(`cadre.contentWindow.focus(); cadre.contentWindow.print(); cadre.remove();`, hidden('src="/recu"')),
    has: ['RECU'],
    hasNot: ['AVANT'],
  },
  '/cadre-ecrit': {
    body: page(
      `const one = document.createElement('iframe'); one.style.display = 'none'; document.body.append(one); const doc = one.contentDocument; doc.open(); doc.write('<p>RECU</p><script>window.print()</' + 'script>'); doc.close();`,
    ),
    has: ['RECU'],
    hasNot: ['AVANT'],
  },
  '/cadre-seul': {
    body: page(`cadre.contentWindow.postMessage('', '*')`, hidden(`src="https://${OTHER}/recu-autre"`)),
    has: ['RECU'],
    hasNot: ['AVANT'],
  },
  '/commande': { body: page(`document.execCommand('print')`), has: ['AVANT'] },
  '/commande-cadre': {
    body: page(`cadre.contentDocument.execCommand('print', false, null)`, hidden('src="/recu"')),
    has: ['RECU'],
    hasNot: ['AVANT'],
  },
  '/media': {
    body: page('print()', '<p class="papier">PAPIER</p><p class="ecran">ECRAN</p>', SCREEN_AND_PAPER),
    has: ['PAPIER'],
    hasNot: ['ECRAN'],
  },
  '/avant-apres': { body: page(`print();`, `<script>${HEARD}</script>`), has: ['PREPARE'], hasNot: ['AVANT', 'RANGE'] },
  '/print-js': {
    body: page(`printJS('recu', 'html')`, '<div id="recu">RECU</div><script src="/print-js.js"></script>'),
    has: ['RECU'],
    hasNot: ['AVANT'],
  },
  '/print-js-pdf': {
    body: page(`printJS('/papier.pdf')`, '<script src="/print-js.js"></script>'),
    has: ['PAPIER'],
    hasNot: ['AVANT'],
  },
  '/print-this': {
    body: page(
      `jQuery('#recu').printThis({ importCSS: false })`,
      '<div id="recu">RECU</div><script src="/jquery.js"></script><script src="/print-this.js"></script>',
    ),
    has: ['RECU'],
    hasNot: ['AVANT'],
  },
  '/react-to-print': {
    body: `<!doctype html><link rel="icon" href="data:,">${SAYS_DRAWN}<body style="margin:0"><div id="ici"></div><script src="/react.js"></script>`,
    has: ['RECU'],
    hasNot: ['AUTOUR'],
  },
  '/pdf-cadre': {
    body: page(
      'cadre.contentWindow.print()',
      '<iframe id="cadre" src="/papier.pdf" style="width:600px;height:300px"></iframe>',
    ),
    has: ['PAPIER'],
    hasNot: ['AVANT'],
  },
};

const WHOLE = 'style="position:absolute;inset:0;width:100%;height:100%;border:0"';
const others: Readonly<Record<string, string>> = {
  '/papier-entier': page('', `<iframe src="/papier.pdf" ${WHOLE}></iframe>`),
  '/mise-en-page': page(
    'print()',
    `<p style="width:50vw;margin-left:10vw">${'Un texte assez long pour plusieurs lignes. '.repeat(60)}</p>
    <p class="large">LARGE</p><div style="height:150vh"></div><p>FIN</p>`,
    '<style>.large { display: none } @media (min-width: 700px) { .large { display: block } }</style>',
  ),
  '/papier-embed': page('', `<embed src="/papier.pdf" type="application/pdf" ${WHOLE}>`),
  '/papier-object': page('', `<object data="/papier.pdf" type="application/pdf" ${WHOLE}></object>`),
  '/papier-blob': page(
    '',
    `<iframe id="cadre" ${WHOLE}></iframe><script>fetch('/papier.pdf').then((answer) => answer.blob())
      .then((paper) => (cadre.src = URL.createObjectURL(paper)))</script>`,
  ),
  '/papier-petit': page(
    '',
    '<iframe src="/papier.pdf" style="position:absolute;left:0;top:0;width:300px;height:200px"></iframe>',
  ),
  '/deux-cadres': page(
    'cadre.contentWindow.print(); autre.contentWindow.print(); fetch("/fini")',
    `${hidden('src="/recu"')}<iframe id="autre" src="/facture" style="width:0;height:0;border:0"></iframe>`,
  ),
  // More than a second apart, so that the papers have different times.
  '/deux-fois': page(
    'print(); const at = performance.now(); while (performance.now() - at < 1_100); print(); fetch("/fini")',
  ),
  '/recu': receipt,
  '/facture': '<!doctype html><title>Facture</title><p>FACTURE</p>',
  '/recu-autre': `${receipt}<script>addEventListener('message', () => print()); fetch('/ecoute')</script>`,
  '/merci': '<!doctype html><title>Merci</title><p>MERCI</p>',
  '/boucle': page('for (let i = 0; i < 30; i++) print(); fetch("/fini");'),
  '/tenu': page('const at = performance.now(); print(); fetch("/tenu-" + (performance.now() - at > 50));'),
};

describe.skipIf(findChromium() === undefined)('a site that prints', () => {
  let site: OneSite;
  beforeAll(async () => {
    const paper = await PDFDocument.create();
    const first = paper.addPage([595, 842]);
    first.drawRectangle({ x: 0, y: 0, width: 595, height: 842, color: rgb(RED.r / 255, RED.g / 255, RED.b / 255) });
    first.drawText('PAPIER', { x: 60, y: 400 });
    paper.addPage([595, 842]).drawText('DEUX', { x: 60, y: 400 });
    const bytes = await paper.save();
    const made = new Map<string, string>();
    for (const [path, make] of Object.entries(scripts)) made.set(path, await make());
    site = await openOneSite({
      hosts: [HOST, OTHER],
      answer({ path }) {
        const script = made.get(path);
        if (script !== undefined) return { type: 'text/javascript', body: script };
        if (path === '/papier.pdf') return { type: 'application/pdf', body: bytes };
        const body = ways[path]?.body ?? others[path];
        return body === undefined ? { status: 204 } : { body };
      },
    });
  }, 60_000);
  afterAll(() => site?.stop());

  const openAndPress = async (path: string): Promise<void> => {
    await site.open(`${AT}${path}`);
    await site.askedFor('/dessinee');
    if (path === '/pdf-cadre') await viewerIsThere(440, 500);
    if (path === '/cadre-seul') await site.askedFor('/ecoute'); // a message before that is lost
    site.press(400, 150);
  };
  /** The viewer reports nothing. Its paper is seen at this point, and a moment later its button prints. */
  const viewerIsThere = async (x: number, y: number): Promise<void> => {
    await until('the paper', async () => {
      const [r, g, b] = await site.colourAt(x, y);
      return Math.abs(r - RED.r) < 12 && Math.abs(g - RED.g) < 12 && Math.abs(b - RED.b) < 12;
    });
    await sleep(VIEWER_READY_MS);
  };
  const wanted = (): number => site.events.filter(({ kind }) => kind === 'print-wanted').length;
  const asked = async (): Promise<Buffer> => {
    await until('a print', () => wanted() > 0, WITHIN_MS);
    const pdf = await site.guest.printAsked();
    if (pdf === 'too-large') throw new Error('too large');
    return Buffer.from(pdf);
  };
  const printed = async (): Promise<string> => pdfText(await asked());

  it.each(Object.keys(ways))('%s', async (path) => {
    await openAndPress(path);
    const text = await printed();
    for (const word of ways[path]?.has ?? []) expect(text).toContain(word);
    for (const word of ways[path]?.hasNot ?? []) expect(text).not.toContain(word);
  });

  /** What our bar's « Imprimer » prints. */
  const printedByBar = async (): Promise<Buffer> => {
    const pdf = await site.guest.printToPdf();
    if (pdf === 'too-large') throw new Error('too large');
    return Buffer.from(pdf);
  };

  const fills = ['/papier-entier', '/papier-embed', '/papier-object', '/papier-blob'];
  it.each([
    ...fills.flatMap((path) => [1, 1.5, 2].map((zoom) => ({ path, zoom, has: 'DEUX', hasNot: 'AVANT' }))),
    ...[1, 1.5, 2].map((zoom) => ({ path: '/papier-petit', zoom, has: 'AVANT', hasNot: 'DEUX' })),
  ])(
    '$path: the bar prints what fills the view, $has and not $hasNot, at zoom $zoom',
    async ({ path, zoom, has, hasNot }) => {
      await site.open(`${AT}${path}`);
      await site.guest.setZoom(zoom);
      await (path === '/papier-petit' ? viewerIsThere(150 * zoom, 130 * zoom) : viewerIsThere(640, 400));
      const text = await pdfText(await printedByBar());
      expect(text).toContain(has);
      expect(text).not.toContain(hasNot);
      expect(wanted()).toBe(0);
    },
  );

  it.each(['the bar', 'the page'])('puts the same on paper at every zoom, printed by %s', async (by) => {
    /** Each word with its place on the paper. The head has the time. */
    const words = async (zoom: number): Promise<readonly string[]> => {
      await site.open(`${AT}/mise-en-page`);
      await site.askedFor('/dessinee');
      await site.guest.setZoom(zoom);
      if (by === 'the page') site.press(400, 150);
      const pdf = by === 'the page' ? await asked() : await printedByBar();
      return (await pdfText(pdf, '-bbox')).split('\n').filter((line) => /<(page|word) /.test(line));
    };
    const plain = await words(1);
    expect(plain.filter((line) => line.includes('<page ')).length).toBeGreaterThan(1);
    expect(plain.length).toBeGreaterThan(400);
    for (const zoom of [1.5, 2]) expect(await words(zoom), `zoom ${zoom}`).toEqual(plain);
  });

  it('blocks in `print()` until the page was captured, as in any browser', async () => {
    await openAndPress('/tenu');
    const { path } = await until(
      'the page goes on',
      () => site.asked.find((one) => /^\/tenu-/.test(one.path)),
      WITHIN_MS,
    );
    expect(path).toBe('/tenu-true');
  });

  /** The person comes back from the print screen. */
  const comeBack = async (): Promise<void> => {
    await site.guest.hide();
    await site.guest.show(SITE_RECT);
  };
  const goesOn = (): Promise<true> =>
    until('the page goes on', () => site.asked.some(({ path }) => path === '/fini') || undefined, WITHIN_MS);

  it('of two frames in a row gives both papers, one after the other', async () => {
    await openAndPress('/deux-cadres');
    const first = await printed();
    expect(first).toContain('RECU');
    expect(first).not.toContain('FACTURE');
    await goesOn();
    expect(wanted()).toBe(1);
    await comeBack();
    await until('the second print', () => wanted() === 2, WITHIN_MS);
    const second = await printed();
    expect(second).toContain('FACTURE');
    expect(second).not.toContain('RECU');
  });

  it('the same twice in a row is one print', async () => {
    await openAndPress('/deux-fois');
    expect(await printed()).toContain('AVANT');
    await goesOn();
    await comeBack();
    await sleep(1_000); // nothing says that no print follows
    expect(wanted()).toBe(1);
  });

  it('that prints thirty times in a row is reported only some of the times, and goes on', async () => {
    await openAndPress('/boucle');
    // Each of the thirty calls takes up to half a second on a busy machine.
    await goesOn();
    expect(wanted()).toBeLessThan(16);
    expect(site.events.some(({ kind }) => kind === 'crashed')).toBe(false);
    expect(await printed()).toContain('AVANT');
  });
});
