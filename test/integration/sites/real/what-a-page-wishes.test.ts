/** A print request is detected from every document that may make one, and no page can observe how. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { openOneSite, type OneSite } from './one-site.ts';

const HOST = 'souhaits-exemple.test';
const OTHER = 'autre-exemple.test';
const AT = `https://${HOST}`;

const pages: Readonly<Record<string, string>> = {
  'while it is read': '<script>print()</script>',
  'once it is there': '<script>addEventListener("load", () => print())</script>',
  'after `document.open`': `<script>addEventListener('load', () => {
      document.open(); document.write('<p>Reçu'); document.close(); print() })</script>`,
  'in a frame of its own text': '<iframe srcdoc="<script>print()</script>"></iframe>',
  'in a frame of another site': `<iframe src="https://${OTHER}/cadre"></iframe>`,
  'in a frame that a script wrote': `<iframe id="vide"></iframe><script>
      const inner = document.getElementById('vide').contentDocument;
      inner.open(); inner.write('<script>print()<\\/script>'); inner.close()</script>`,
  'of a frame that has nothing yet': `<iframe id="vide"></iframe><script>
      document.getElementById('vide').contentWindow.print()</script>`,
};
const LISTENS = `<script>
  const heard = [];
  const { dispatchEvent } = EventTarget.prototype;
  EventTarget.prototype.dispatchEvent = function (event) { heard.push(event.type); return dispatchEvent.call(this, event) };
  window.Event = new Proxy(Event, { construct: (target, given) => { heard.push(given[0]); return new target(...given) } });
  Reflect.apply = () => heard.push('apply');
  addEventListener('load', () => { print(); fetch('/entendu', { method: 'POST', body: JSON.stringify(heard) }) });
</script>`;

describe.skipIf(findChromium() === undefined)('a page that wants to print', () => {
  let site: OneSite;
  beforeAll(async () => {
    site = await openOneSite({
      hosts: [HOST, OTHER],
      answer({ host, path }) {
        const name = host === OTHER ? 'while it is read' : decodeURIComponent(path.slice(1));
        const page = name === 'ecoute' ? LISTENS : pages[name];
        return page === undefined ? { status: 204 } : { body: `<!doctype html><link rel="icon" href="data:,">${page}` };
      },
    });
  }, 60_000);
  afterAll(() => site?.stop());

  it.each(Object.keys(pages))('%s, is detected', async (when) => {
    await site.open(`${AT}/${encodeURIComponent(when)}`);
    await site.heard('print-wanted');
  });

  it('cannot observe our detection, even when it replaces built-ins', async () => {
    await site.open(`${AT}/ecoute`);
    await site.heard('print-wanted');
    expect(JSON.parse((await site.askedFor('/entendu')).body)).toEqual([]);
  });
});
