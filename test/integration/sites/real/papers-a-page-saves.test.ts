/**
 * A PDF that a page made or fetched by script, and saves under a name of its own: so do most accounts of public
 * services. It arrives in « Mes documents » under that name, and the page stays.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { openOneSite, SAYS_DRAWN, type OneSite } from './one-site.ts';

const HOST = 'compte-exemple.test';
const AT = `https://${HOST}`;
const NAME = 'Attestation de droits 2026.pdf';
const BIG = 'style="display:block;width:100%;height:300px;font-size:60px"';

const made = `new Blob(['%PDF-1.4 bonjour'], { type: 'application/pdf' })`;
const fetched = `await (await fetch('/papier.pdf')).blob()`;
const linkTo = (address: string): string =>
  `const link = document.createElement('a'); link.href = ${address}; link.download = '${NAME}'`;

/** What the page does when its button is pressed. */
const ways: Readonly<Record<string, string>> = {
  'file-saver, of a made one': `saveAs(${made}, '${NAME}')`,
  'file-saver, of a fetched one': `saveAs(${fetched}, '${NAME}')`,
  'file-saver, as its own type of file': `saveAs(new File([${made}], '${NAME}', { type: 'application/pdf' }))`,
  'a link that is in no document': `${linkTo(`URL.createObjectURL(${made})`)}; link.click()`,
  'a link in the page, for a new window': `${linkTo(`URL.createObjectURL(${made})`)}; link.target = '_blank'; document.body.append(link); link.click(); link.remove()`,
  'an address that holds the file': `${linkTo(`'data:application/pdf;base64,JVBERi0xLjQK'`)}; link.click()`,
};
const names = Object.keys(ways);

describe.skipIf(findChromium() === undefined)('a PDF that a page saves under a name', () => {
  let site: OneSite;
  beforeAll(async () => {
    const fileSaver = readFileSync(createRequire(import.meta.url).resolve('file-saver'), 'utf8');
    site = await openOneSite({
      hosts: [HOST],
      answer({ path }) {
        if (path === '/file-saver.js') return { type: 'text/javascript', body: fileSaver };
        if (path === '/papier.pdf') return { type: 'application/pdf', body: '%PDF-1.4 bonjour' };
        const way = ways[names[Number(path.slice(1))] ?? ''];
        if (way === undefined) return { status: 204 };
        return {
          body: `<!doctype html><html lang="fr"><title>Compte</title><link rel="icon" href="data:,">${SAYS_DRAWN}<script src="/file-saver.js"></script><body style="margin:0"><button id="agir" ${BIG}>Enregistrer</button><script>agir.onclick = async () => { ${way}; }</script>`,
        };
      },
    });
  }, 60_000);
  afterAll(() => site?.stop());

  it.each(names)('%s: has its name', async (name) => {
    const address = `${AT}/${names.indexOf(name)}`;
    await site.open(address);
    await site.askedFor('/dessinee');
    site.press(300, 150);
    expect((await site.heard('download-done')).suggestedName).toBe(NAME);
    const said = (kind: string): number => site.events.filter((one) => one.kind === kind).length;
    expect([said('download-done'), said('navigated')]).toEqual([1, 1]);
  });
});
