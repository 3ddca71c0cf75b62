/** The page that a form comes from is named in its request (`Referer`, `Origin`) exactly as plain Chromium names it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { until } from '../../../harness/until.ts';
import { openOneSite, SAYS_DRAWN, type Answer, type Asked, type OneSite } from './one-site.ts';

const HOST = 'paiement-exemple.test';
const OTHER = 'banque-exemple.test';
const AT = `https://${HOST}`;

/** Pressed anywhere, because plain Chromium has bars above its page. */
const form = (attributes: string, head = ''): string =>
  `<!doctype html><html lang="fr"><title>Page</title><link rel="icon" href="data:,">${head}${SAYS_DRAWN}<form ${attributes}><input type="hidden" name="numero" value="42"><button style="position:fixed;inset:0;width:100%;height:100%">Payer</button></form>`;

const pages: Readonly<Record<string, string>> = {
  '/get': form('action="/recu"'),
  '/post': form('method="post" action="/recu"'),
  '/get-blank': form('action="/recu" target="_blank"'),
  '/post-blank': form('method="post" action="/recu" target="_blank"'),
  '/get-ailleurs': form(`action="https://${OTHER}/recu"`),
  '/post-ailleurs': form(`method="post" action="https://${OTHER}/recu"`),
  '/post-ailleurs-blank': form(`method="post" action="https://${OTHER}/recu" target="_blank"`),
  '/post-mene': form('method="post" action="/mene"'),
  '/post-tout': form(
    `method="post" action="https://${OTHER}/recu"`,
    '<meta name="referrer" content="no-referrer-when-downgrade">',
  ),
  '/post-rien': form('method="post" action="/recu"', '<meta name="referrer" content="no-referrer">'),
  '/post-rien-blank': form(
    'method="post" action="/recu" target="_blank"',
    '<meta name="referrer" content="no-referrer">',
  ),
};
const NAMES = [
  'referer',
  'origin',
  'content-type',
  'sec-fetch-site',
  'sec-fetch-mode',
  'sec-fetch-dest',
  'sec-fetch-user',
];

describe.skipIf(findChromium() === undefined)('a form', () => {
  let site: OneSite;
  beforeAll(async () => {
    site = await openOneSite({
      hosts: [HOST, OTHER],
      answer({ path }): Answer {
        const { pathname } = new URL(path, AT);
        if (pathname === '/mene') return { status: 303, headers: { location: `https://${OTHER}/recu` } };
        const body = pages[pathname] ?? (pathname === '/recu' ? '<!doctype html><p>Reçu' : undefined);
        return body === undefined ? { status: 204 } : { body };
      },
    });
  }, 60_000);
  afterAll(() => site?.stop());

  const isReceipt = ({ path }: Asked): boolean => new URL(path, AT).pathname === '/recu';
  /**
   * `again`: presses each second until the form is sent. A window of plain Chromium may come up after its page is
   * drawn, and drops a press before that; what counts is what it sends.
   */
  const sent = async (again: boolean): Promise<object> => {
    await site.askedFor('/dessinee');
    const press = (): void => site.press(640, 400);
    press();
    const pressing = again ? setInterval(press, 1_000) : undefined;
    const received = until('the form', () => site.asked.find(isReceipt)).finally(() => clearInterval(pressing));
    const { method, host, path, body, headers } = await received;
    return { method, host, path, body, ...Object.fromEntries(NAMES.map((name) => [name, headers[name] ?? ''])) };
  };

  it.each(Object.keys(pages))('%s: names its page as in plain Chromium', async (path) => {
    const address = `${AT}${path}?dossier=42#partie`;
    await site.open(address);
    const inGuest = await sent(false);
    const stop = await site.openInPlain(address);
    try {
      // Opening the window ourselves uses up the press, so the form that is then sent into it says nothing of one.
      const known = path.endsWith('-blank') ? { 'sec-fetch-user': '' } : {};
      expect(inGuest).toEqual({ ...(await sent(true)), ...known });
    } finally {
      await stop();
    }
    if (path === '/post')
      expect(inGuest).toMatchObject({ method: 'POST', referer: `${AT}/post?dossier=42`, origin: AT });
  });
});
