/**
 * Pages are checked before they are requested. Subresources are not intercepted, so that a site is as fast as in a
 * plain browser. Two things must still be detected: a frame that slipped through, and file uploads.
 */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import type { GuestRequest, Verdict } from '../../../../main/shell/port.ts';
import { until } from '../../../harness/until.ts';
import { openOneSite, SAYS_DRAWN, type Answer, type Asked, type OneSite } from './one-site.ts';

const HOST = 'depot-exemple.test';
const OTHER = 'ailleurs-exemple.test';
const AT = `https://${HOST}`;

const page = (inner: string): Answer => ({
  body: `<!doctype html><link rel="icon" href="data:,">${SAYS_DRAWN}<body style="margin:0">${inner}`,
});
/** Reports that it was loaded, and replies to messages. */
const FRAMED = page(`<script>fetch('/cadre-la'); onmessage = ({ source }) => source.postMessage('', '*')</script>`);
/** Keeps sending messages to its frame, and reports when replies stop. */
const PARTS = page(
  `<img src="/a.gif"><script src="/b.js"></script><iframe id="cadre" src="https://${OTHER}/cadre"></iframe>
   <script>
     let heard = performance.now();
     onmessage = () => (heard = performance.now());
     setInterval(() => {
       frames[0].postMessage('', '*');
       if (performance.now() - heard > 1500) fetch('/silence');
     }, 100);
   </script>`,
);
const UPLOAD = page(
  `<input type="file" id="fichier" style="display:block;width:100%;height:300px">
   <script>fichier.oncancel = () => fetch('/rien'); fichier.onchange = () => fetch('/depot', { method: 'POST', body: fichier.files[0] })</script>`,
);

describe.skipIf(findChromium() === undefined)('what is checked and detected of a site', () => {
  let site: OneSite;
  let decided: GuestRequest[] = [];
  let verdictOf: (request: GuestRequest) => Verdict = () => ({ allow: true });
  let answerDepot: (answer: Answer) => void = () => undefined;
  beforeAll(async () => {
    site = await openOneSite({
      hosts: [HOST, OTHER],
      decide(request) {
        decided.push(request);
        return verdictOf(request);
      },
      answer({ path, host }: Asked) {
        if (path === '/depot') return new Promise((resolve) => (answerDepot = resolve));
        if (path === '/cadre') return FRAMED;
        if (path === '/envoi') return UPLOAD;
        if (path === '/parts') return PARTS;
        return host === OTHER ? { status: 204 } : undefined;
      },
    });
  }, 60_000);
  afterAll(() => site?.stop());

  it('pages and frames are checked by address, subresources only by host', async () => {
    decided = [];
    await site.open(`${AT}/parts`);
    await site.askedFor('/cadre-la');
    const addresses = decided.filter(({ kind }) => kind !== 'resource').map(({ kind, url }) => `${kind} ${url}`);
    expect(new Set(addresses)).toEqual(new Set([`main-frame ${AT}/parts`, `frame https://${OTHER}/cadre`]));
    expect(decided.filter(({ kind, url }) => kind === 'resource' && new URL(url).pathname !== '/')).toEqual([]);
  });

  it('a frame that slipped through is removed after it loaded', async () => {
    let judged = 0;
    verdictOf = ({ kind }) =>
      kind === 'frame' && ++judged > 1 ? { allow: false, reason: 'outside-journey' } : { allow: true };
    await site.open(`${AT}/parts`);
    await until('it is judged again', () => judged > 1);
    await site.askedFor('/silence');
    verdictOf = () => ({ allow: true });
  });

  it('reports a file upload by script until the response', async () => {
    const folder = mkdtempSync('/dev/shm/pn-lent-');
    chmodSync(folder, 0o755);
    const file = join(folder, 'scan.pdf');
    writeFileSync(file, Buffer.alloc(1_000_000), { mode: 0o644 });
    await site.open(`${AT}/envoi`);
    await site.askedFor('/dessinee');
    site.press(60, 150);
    const { request } = await site.heard('file-wanted');
    await site.guest.answerFiles(request.id, [file]);
    expect((await site.askedFor('/depot')).body).toHaveLength(1_000_000);
    await site.heard('sending', ({ sending }) => sending);
    answerDepot({ status: 204 });
    await site.heard('sending', ({ sending }) => !sending);
    rmSync(folder, { recursive: true });
  });

  it('a page that asked for files gets a cancel event when it gets none', async () => {
    await site.open(`${AT}/envoi`);
    await site.askedFor('/dessinee');
    site.press(60, 150);
    const { request } = await site.heard('file-wanted');
    await site.guest.answerFiles(request.id, []);
    await site.askedFor('/rien');
  });
});
