/** `npm run content:preview`: a saved file is shown at once, with its mistakes. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PreviewContent } from '../../preview/read-content.ts';
import { servePreview } from '../../preview/serve-preview.ts';

const shipped = join(import.meta.dirname, '..', '..', '..', 'kiosk-config', 'tutorials');

describe('the preview of a tutorial', () => {
  let dir: string;
  let preview: Awaited<ReturnType<typeof servePreview>>;
  const at = (path: string): string => new URL(path, preview.address).href;
  const content = async (): Promise<PreviewContent> =>
    (await fetch(at('/apercu/contenu'))).json() as Promise<PreviewContent>;
  const file = (): string => join(dir, 'tutorials', 'la-souris', 'tutorial.yaml');
  const rewrite = (from: string | RegExp, to: string): void =>
    writeFileSync(file(), readFileSync(file(), 'utf8').replace(from, to));

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'pn-preview-'));
    for (const folder of ['la-souris', 'le-clavier', 'pictures'])
      cpSync(join(shipped, folder), join(dir, 'tutorials', folder), { recursive: true });
    rewrite(/next:\n.*\n.*/, 'next: [le-clavier]');
    preview = await servePreview(dir);
  });
  afterEach(async () => {
    await preview.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('notifies the page which tutorial was saved, and serves the new text', async () => {
    const leave = new AbortController();
    const changes = await fetch(at('/apercu/changements'), { signal: leave.signal });
    const reader = changes.body?.pipeThrough(new TextDecoderStream()).getReader();
    const received = (async () => {
      let heard = '';
      while (!heard.includes('data: ')) heard += (await reader?.read())?.value ?? '';
      return /data: (.+)/.exec(heard)?.[1];
    })();
    rewrite('fr: Un seul clic, à gauche', 'fr: Un clic, à gauche');
    expect(await received).toBe('"la-souris"');
    leave.abort();
    const { tutorials, ids } = await content();
    expect(ids).toEqual(['la-souris', 'le-clavier']);
    expect(tutorials.find(({ id }) => id === 'la-souris')?.remember[0]?.fr).toMatch(/^Un clic/);
  });

  it('lists mistakes and advice by tutorial, with their lines, and keeps the other tutorials', async () => {
    rewrite('level: 1', 'level: 9');
    rewrite('fr: Amenez la flèche sur chaque rond.', 'fr: Veuillez amener la flèche sur chaque rond.');
    const { tutorials, mistakes, advice, ease } = await content();
    // A tutorial may name another one as the next.
    expect(tutorials.map(({ id }) => id)).toEqual(['le-clavier']);
    expect(mistakes['la-souris']?.[0]).toMatch(/tutorials\/la-souris\/tutorial\.yaml:\d+:\d+ {2}/);
    expect(advice['la-souris']?.[0]).toContain('Veuillez');
    expect(ease['la-souris']).toBeGreaterThan(80);
  });

  it('serves the current picture of the folder, and none that our screens may not show', async () => {
    const path = join(dir, 'tutorials', 'la-souris', 'main.svg');
    const good = readFileSync(path, 'utf8');
    expect(await (await fetch(at('/bytes/tutorials/la-souris/main.svg'))).text()).toBe(good);
    writeFileSync(path, good.replace('<rect', '<script>x</script><rect'));
    expect((await fetch(at('/bytes/tutorials/la-souris/main.svg'))).status).toBe(404);
    expect((await content()).mistakes['la-souris']?.[0]).toContain('main.svg:2:3');
  });

  it('serves only its own files, and only under its own host name', async () => {
    const page = await fetch(preview.address);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    expect(await page.text()).toContain('<iframe id="screens"');
    expect((await fetch(at('/apercu.js'))).status).toBe(200);
    expect((await fetch(at('/bytes/tutorials/..%2f..%2fsite.yaml'))).status).toBe(404);
  });
});
