/**
 * `Notification` exists, as in any browser, but permission is denied: after the session nobody could read a
 * notification.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { openOneSite, SAYS_DRAWN, type OneSite } from './one-site.ts';

const HOST = 'annonces-exemple.test';
const AT = `https://${HOST}`;

const ASKS = `const said = {};
const noted = async (name, work) => { try { said[name] = String(await work()) } catch (error) { said[name] = 'refuses: ' + error.name } };
const ask = async () => {
  said.before = Notification.permission;
  await noted('asked', () => Notification.requestPermission());
  await noted('by callback', () => new Promise((resolve) => Notification.requestPermission(resolve)));
  said.after = Notification.permission;
  await noted('shown', () => new Promise((resolve, reject) => {
    const one = new Notification('Votre dossier');
    one.onshow = () => resolve('shown');
    one.onerror = () => resolve('an error event');
  }));
  const registration = await navigator.serviceWorker.register('/veilleur.js');
  await navigator.serviceWorker.ready;
  await noted('by a worker', () => registration.showNotification('Votre dossier'));
  await noted('pushed', () => registration.pushManager.subscribe({ userVisibleOnly: true,
    applicationServerKey: 'BEl62iUYgUivxIkv69yViEuiBIa-Ib9-SkvMeAtA3LFgDzkrxZJjSgSnfckjBJuBkr3qBUYIHBQFLXYp5Nksh8U' }));
  await fetch('/dit', { method: 'POST', body: JSON.stringify(said) });
};`;

const pages: Readonly<Record<string, string>> = {
  '/arrivee': `<script>${ASKS} ask()</script>`,
  '/bouton': `${SAYS_DRAWN}<script>${ASKS}</script><button onclick="ask()" style="width:600px;height:300px">Être prévenu</button>`,
  '/cadre': `<iframe src="/arrivee"></iframe>`,
};

describe.skipIf(findChromium() === undefined)('a site that asks for notifications', () => {
  let site: OneSite;
  beforeAll(async () => {
    site = await openOneSite({
      hosts: [HOST],
      answer({ path }) {
        if (path === '/veilleur.js') return { type: 'text/javascript', body: 'addEventListener("fetch", () => {})' };
        const page = pages[path];
        return page === undefined ? { status: 204 } : { body: `<!doctype html><link rel="icon" href="data:,">${page}` };
      },
    });
  }, 60_000);
  afterAll(() => site?.stop());

  it.each(['/arrivee', '/bouton', '/cadre'])('%s: is denied at once, and no prompt stays open', async (path) => {
    await site.open(AT + path);
    if (path === '/bouton') {
      await site.askedFor('/dessinee');
      site.press(200, 150);
    }
    expect(JSON.parse((await site.askedFor('/dit')).body)).toEqual({
      before: 'default',
      asked: 'denied',
      'by callback': 'denied',
      after: 'denied',
      shown: 'an error event',
      'by a worker': 'refuses: TypeError',
      pushed: 'refuses: NotAllowedError',
    });
  });
});
