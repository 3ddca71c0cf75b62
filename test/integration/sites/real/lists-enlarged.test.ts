/** The lists of a site that is enlarged to the largest text size: every option can be seen and pressed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { until } from '../../../harness/until.ts';
import { openOneSite, SAYS_DRAWN, type OneSite } from './one-site.ts';

const HOST = 'listes-exemple.test';
const LAST = { r: 200, g: 20, b: 30 };

const options = Array.from({ length: 17 }, (_, i) => `<option value="${i}">Commune ${i}`);
const PAGE = `<!doctype html><link rel="icon" href="data:,">${SAYS_DRAWN}
<style>
  select { position: absolute; left: 20px; top: 120px; font-size: 20px }
  option:last-child { background: rgb(${LAST.r}, ${LAST.g}, ${LAST.b}) }
</style>
<select onchange="fetch('/choisi?' + value)">${options.join('')}</select>`;

describe.skipIf(findChromium() === undefined)('a long list of an enlarged site', () => {
  let site: OneSite;
  beforeAll(async () => {
    site = await openOneSite({ hosts: [HOST], answer: ({ path }) => (path === '/' ? { body: PAGE } : undefined) });
    await site.openScreens();
  }, 60_000);
  afterAll(() => site?.stop());

  it('is entirely on the screen, and its last option can be pressed', async () => {
    await site.open(`https://${HOST}/`);
    await site.guest.setZoom(1.5);
    await site.askedFor('/dessinee');
    site.press(100, 200);
    // in the last row of the screen, beside the words
    const at = [165, 688] as const;
    await until('the last option', async () => {
      const [r, g, b] = await site.colourAt(...at);
      return Math.abs(r - LAST.r) < 12 && Math.abs(g - LAST.g) < 12 && Math.abs(b - LAST.b) < 12;
    });
    site.press(...at);
    expect((await site.askedFor(/^\/choisi/)).path).toBe('/choisi?16');
  });
});
