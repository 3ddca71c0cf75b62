/**
 * Whatever file input a site uses (real upload libraries, folders, drop zones), the tray opens and the chosen file
 * arrives.
 */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { openOneSite, SAYS_DRAWN, type OneSite } from './one-site.ts';

const HOST = 'pieces-exemple.test';
const AT = `https://${HOST}`;

/** Each page has its file input in the first 300 pixels, and reports the files it gets. */
const TELL = `const tell = (files) => {
  const body = JSON.stringify(Array.from(files, (one) => one.name + ' ' + one.size));
  fetch('/recu', { method: 'POST', body });
};`;
const PLACE = `<div id="zone" style="height:300px;font:40px sans-serif;border:4px dashed"></div>`;
const uploaders = ['dropzone', 'filepond', 'uppy'] as const;
const pages: Readonly<Record<string, string>> = {
  folder: `<input type="file" webkitdirectory style="width:900px;height:300px" onchange="tell(this.files)">`,
  'drop only': `<div id="zone" style="height:300px;border:4px dashed;font:40px sans-serif">Glissez vos documents ici</div><script>
    zone.addEventListener('dragover', (event) => event.preventDefault());
    zone.addEventListener('drop', (event) => { event.preventDefault(); tell(event.dataTransfer.files) });</script>`,
  'drop only, by its items': `<div id="zone" style="height:300px;border:4px dashed;font:40px sans-serif"><p><b>Déposer une pièce justificative</b></div><script>
    document.getElementById('zone').ondragenter = document.getElementById('zone').ondragover = () => false;
    document.getElementById('zone').ondrop = (event) => {
      tell([...event.dataTransfer.items].filter((one) => one.kind === 'file').map((one) => one.getAsFile())); return false };</script>`,
};
const CANCELLED = `<input type="file" style="width:900px;height:300px" oncancel="tell([{ name: event.type, size: this.files.length }])">`;
/** None of these is a drop zone, so the tray must not open. */
const noZones: Readonly<Record<string, string>> = {
  'words alone': `<p style="height:300px;font:40px sans-serif">Déposez vos documents avant le 30 novembre`,
  'a page that takes what is dropped anywhere': `<p style="height:300px;font:40px sans-serif">Déposez vos documents avant le 30 novembre<script>
    addEventListener('dragover', (event) => event.preventDefault()); addEventListener('drop', (event) => event.preventDefault())</script>`,
  'a board whose cards are moved': `<div style="height:300px;font:40px sans-serif" ondragover="return false">À faire</div>`,
  'a button of the page': `<button style="height:300px;width:900px" ondragover="return false">Déposer un document</button>`,
};

describe.skipIf(findChromium() === undefined)('a site that accepts files', () => {
  const bundles = new Map<string, string>();
  const folder = mkdtempSync(join(tmpdir(), 'pn-pieces-'));
  const paper = join(folder, 'attestation.pdf');
  let site: OneSite;
  beforeAll(async () => {
    chmodSync(folder, 0o755);
    writeFileSync(paper, '%PDF-1.4\n');
    for (const name of uploaders) {
      const entryPoints = [join(import.meta.dirname, 'uploaders', `${name}.ts`)];
      const { outputFiles } = await build({ entryPoints, bundle: true, format: 'iife', write: false });
      bundles.set(name, outputFiles[0]?.text ?? '');
    }
    site = await openOneSite({
      hosts: [HOST],
      answer({ path }) {
        const name = decodeURIComponent(path.slice(1)).replace(/\.js$/, '');
        if (path.endsWith('.js')) return { type: 'text/javascript', body: bundles.get(name) ?? '' };
        const own = name === 'cancelled' ? CANCELLED : (pages[name] ?? noZones[name]);
        const page = bundles.has(name)
          ? `${PLACE}<script src="/${name}.js"></script>`
          : own && `<script>${TELL}</script>${own}`;
        return page === undefined
          ? { status: 204 }
          : {
              body: `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">${SAYS_DRAWN}<body style="margin:0">${page}`,
            };
      },
    });
  }, 60_000);
  afterAll(async () => {
    await site?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const press = async (name: string): Promise<void> => {
    await site.open(`${AT}/${encodeURIComponent(name)}`);
    await site.askedFor('/dessinee');
    site.press(300, 150);
  };

  it.each([...uploaders, ...Object.keys(pages)])('%s: opens the tray, and the chosen file arrives', async (name) => {
    await press(name);
    const { request } = await site.heard('file-wanted');
    await site.guest.answerFiles(request.id, [paper]);
    expect(JSON.parse((await site.askedFor('/recu')).body)).toEqual(['attestation.pdf 9']);
    expect(site.events.filter(({ kind }) => kind === 'file-wanted')).toHaveLength(1);
  });

  it.each(Object.keys(noZones))('%s: does not open the tray', async (name) => {
    await press(name);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(site.events.some(({ kind }) => kind === 'file-wanted')).toBe(false);
  });

  it('« Pas maintenant » gives the page a cancel event', async () => {
    await press('cancelled');
    const { request } = await site.heard('file-wanted');
    await site.guest.answerFiles(request.id, []);
    expect((await site.askedFor('/recu')).body).toBe('["cancel 0"]');
  });
});
