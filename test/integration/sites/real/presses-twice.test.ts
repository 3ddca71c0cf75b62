/**
 * People who double-click everything: the first press requests the next page once, and the second press must not hit
 * that page.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { until } from '../../../harness/until.ts';
import { openOneSite, SAYS_DRAWN, type OneSite } from './one-site.ts';

const HOST = 'deux-fois-exemple.test';
const AT = `https://${HOST}`;
const SLOW_MS = 600;
const QUICK_MS = 180;
/** Slow enough that the next page is drawn before the second press, but still a double press. */
const UNHURRIED_MS = 440;
const LARGE = `<!doctype html><link rel="icon" href="data:,">
  <style>.b { position: fixed; inset: 0; width: 100%; height: 100% }</style>`;
const page = (body: string): { body: string } => ({ body: `${LARGE}${body}${SAYS_DRAWN}` });
const form = (action: string): { body: string } =>
  page(`<form method="post" action="${action}"><button class="b">Continuer</button></form>`);
const next = page('<a class="b" href="/trop-loin">Autre chose</a>');

describe.skipIf(findChromium() === undefined)('a double press', () => {
  let site: OneSite;
  let boxes = '';
  beforeAll(async () => {
    site = await openOneSite({
      hosts: [HOST],
      async answer({ path }) {
        if (path.endsWith('-lent')) await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
        switch (path) {
          case '/formulaire':
            return form('/envoi');
          case '/formulaire-patient':
            return form('/envoi-lent');
          case '/lien':
            return page('<a class="b" href="/suite">Suite</a>');
          case '/script':
            return page(`<button class="b" onclick="location.href = '/suite'">Suite</button>`);
          case '/etape':
            return page(`<div id="etape"><button class="b">Suivant</button></div><script>
              etape.firstChild.onclick = () => {
                location.hash = '#/revenus';
                etape.innerHTML = '<button class="b">Suivant</button>';
                etape.firstChild.onclick = () => fetch('/trop-loin');
                fetch('/suite');
              }</script>`);
          case '/case':
            return page(`${boxes}<script>
              const box = document.querySelector('input');
              box.onchange = () => fetch(box.checked ? '/cochee' : '/decochee')</script>`);
          case '/compteur':
            return page(`<button class="b" onclick="fetch('/un-de-plus')">+</button>`);
          default:
            return path.startsWith('/envoi') || path.startsWith('/suite') ? next : { status: 204 };
        }
      },
    });
  }, 60_000);
  afterAll(() => site?.stop());
  const pressTwiceOn = async (path: string, againAfterMs = QUICK_MS): Promise<void> => {
    await site.open(`${AT}${path}`);
    await site.askedFor('/dessinee');
    site.press(640, 350, againAfterMs);
  };
  const count = (path: string): number => site.asked.filter((one) => one.path === path).length;
  /** Waits until any request caused by the second press has arrived. */
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, SLOW_MS * 2));

  it.each([
    ['/formulaire', '/envoi', UNHURRIED_MS],
    ['/formulaire-patient', '/envoi-lent', QUICK_MS],
    ['/lien', '/suite', UNHURRIED_MS],
    ['/script', '/suite', UNHURRIED_MS],
  ])('%s: requests the next page once, and presses nothing on it', async (path, asked, againAfterMs) => {
    await pressTwiceOn(path, againAfterMs);
    await site.heard('navigated', ({ url }) => url.endsWith(asked));
    await settled();
    expect(count(asked)).toBe(1);
    expect(count('/trop-loin')).toBe(0);
  });

  it('does not press what the next step of a portal in one document has there', async () => {
    await pressTwiceOn('/etape');
    await site.askedFor('/suite');
    await settled();
    expect(count('/trop-loin')).toBe(0);
    site.press(640, 350);
    await site.askedFor('/trop-loin');
  });

  it('does not block a later single press on the next page', async () => {
    await pressTwiceOn('/formulaire');
    await site.heard('navigated', ({ url }) => url.endsWith('/envoi'));
    await settled();
    site.press(640, 350);
    await site.askedFor('/trop-loin');
  });

  it.each(['<label class="b"><input type="checkbox"> Oui</label>', '<input type="checkbox" class="b">'])(
    'leaves %s ticked',
    async (box) => {
      boxes = box;
      await pressTwiceOn('/case');
      await site.askedFor('/cochee');
      await settled();
      expect(count('/cochee')).toBe(1);
      expect(count('/decochee')).toBe(0);
    },
  );

  it('counts as two presses when it does not navigate', async () => {
    await pressTwiceOn('/compteur');
    await until('the second press', () => count('/un-de-plus') >= 2);
    await settled();
    expect(count('/un-de-plus')).toBe(2);
  });
});
