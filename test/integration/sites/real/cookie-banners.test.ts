/**
 * Cookie banners of French sites, unmodified: each appears as in plain Chromium (one of them hides from robots), its
 * refusal works, and it does not come back during the visit.
 */
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { until } from '../../../harness/until.ts';
import { openOneSite, type Answer, type OneSite } from './one-site.ts';

const HOST = 'biscuits-exemple.test';
const AT = `https://${HOST}`;
const PACKAGES = join(import.meta.dirname, '../../../../node_modules');
const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };

const script = (path: string): string => `<script src="/paquet/${path}"></script>`;
const style = (path: string): string => `<link rel="stylesheet" href="/paquet/${path}">`;

const banners: Readonly<Record<string, string>> = {
  'vanilla-cookieconsent': `${style('vanilla-cookieconsent/dist/cookieconsent.css')}${script('vanilla-cookieconsent/dist/cookieconsent.umd.js')}<script>
    const modal = { title: 'Nous utilisons des cookies', acceptAllBtn: 'Tout accepter', acceptNecessaryBtn: 'Tout refuser' };
    CookieConsent.run({
      categories: { necessary: { enabled: true, readOnly: true }, analytics: {} },
      language: { default: 'fr', translations: { fr: { consentModal: modal, preferencesModal: { ...modal, sections: [] } } } },
    })</script>`,
  tarteaucitronjs: `${script('tarteaucitronjs/tarteaucitron.js')}<script>
    tarteaucitron.init({ privacyUrl: '', orientation: 'middle', highPrivacy: true, DenyAllCta: true, AcceptAllCta: true, showIcon: false });
    tarteaucitron.services.essai = { key: 'essai', type: 'analytic', name: 'Essai', uri: '', needConsent: true, cookies: [], js() {}, fallback() {} };
    (tarteaucitron.job = tarteaucitron.job || []).push('essai')</script>`,
  orejime: `${style('orejime/dist/orejime-standard.css')}<script>
    window.orejimeConfig = { privacyPolicyUrl: '/', purposes: [{ id: 'mesure', title: 'Mesure', cookies: ['mesure'] }] }</script>${script('orejime/dist/orejime-standard-fr.js')}`,
};

/** Where the button lies that refuses everything, if the person sees it. */
interface Sight {
  readonly page: string;
  readonly button: { readonly says: string; readonly x: number; readonly y: number } | null;
}
const TELLS = `<script>
  const seen = () => {
    for (const one of document.querySelectorAll('button')) {
      const { x, y, width, height } = one.getBoundingClientRect();
      const at = { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
      const says = one.innerText.trim();
      if (/refus|interdi|déclin/i.test(says) && one.contains(document.elementFromPoint(at.x, at.y))) return { says, ...at };
    }
    return null;
  };
  setInterval(() => fetch('/vue', { method: 'POST', body: JSON.stringify({ page: location.pathname, button: seen() }) }), 300)</script>`;
/** Reports of the second page that show no banner, at least: on a quiet machine the first page needs five. */
const LOOKS = 12;
/** For each wait: the program of a banner is loaded and run while other tests use the same processor. */
const WITHIN_MS = 20_000;
/**
 * Equal reports by which a banner rests (some slide in) and listens: tarteaucitron attaches its listeners 500 ms after
 * it has drawn its buttons.
 */
const AT_REST = 4;

describe.skipIf(findChromium() === undefined)('a site with a cookie banner', () => {
  let site: OneSite;
  beforeAll(async () => {
    site = await openOneSite({
      hosts: [HOST],
      answer({ path }): Answer | undefined {
        if (path === '/vue') return { status: 204 };
        const { pathname } = new URL(path, AT);
        const file = /^\/paquet(\/.*)$/.exec(pathname)?.[1];
        if (file !== undefined)
          return { type: TYPES[extname(file)] ?? 'text/plain', body: readFileSync(join(PACKAGES, file)) };
        const banner = banners[pathname.split('/')[1] ?? ''];
        return banner === undefined
          ? undefined
          : {
              body: `<!doctype html><html lang="fr"><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,"><body><h1>Accueil</h1>${banner}${TELLS}`,
            };
      },
    });
  }, 60_000);
  afterAll(() => site?.stop());

  const looks = (page: string): readonly Sight['button'][] =>
    site.asked
      .filter(({ path }) => path === '/vue')
      .map(({ body }) => JSON.parse(Buffer.from(body, 'latin1').toString()) as Sight)
      .flatMap((one) => (one.page === page ? [one.button] : []));
  const shown = (page: string): Promise<NonNullable<Sight['button']>> =>
    until(
      `the banner of ${page}`,
      () => {
        const last = looks(page).slice(-AT_REST);
        const [first] = last;
        return last.length === AT_REST && first && last.every((one) => one?.x === first.x && one.y === first.y)
          ? first
          : undefined;
      },
      WITHIN_MS,
    );

  it.each(Object.keys(banners))('%s: appears as in plain Chromium, and its refusal holds', async (name) => {
    const stop = await site.openInPlain(`${AT}/${name}/accueil`);
    const inPlain = await shown(`/${name}/accueil`).finally(stop);
    await site.open(`${AT}/${name}/accueil`);
    const { says, x, y } = await shown(`/${name}/accueil`);
    expect(says).toBe(inPlain.says);
    const needed = looks(`/${name}/accueil`).findIndex((one) => one !== null);
    site.press(x, y);
    await until('the banner is gone', () => looks(`/${name}/accueil`).at(-1) === null, WITHIN_MS);
    await site.guest.navigate(`${AT}/${name}/suite`);
    const next = await until(
      'the next page',
      () => {
        const all = looks(`/${name}/suite`);
        return all.length > Math.max(LOOKS, 2 * needed) && all;
      },
      2 * WITHIN_MS,
    );
    expect(next.filter((one) => one !== null)).toEqual([]);
  });
});
