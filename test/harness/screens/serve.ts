/**
 * Serves the built screens with the fake kiosk, under the product's headers: `node test/harness/screens/serve.ts [PORT]
 * [BUILT_FOLDER]` after `vite build`, then open the address it prints.
 */
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { build } from 'esbuild';
import { SCREEN_HEADERS } from '../../../main/shell/screen-headers.ts';
import { sampleFormPage } from './sample-form.ts';
import { tutorialPicture } from './sample-tutorials.ts';
import { samplePaper } from './sample-papers.ts';
import { samplePicture } from './sample-pictures.ts';

const BUILT = resolve(import.meta.dirname, '../../../dist/renderer');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};

export async function serveScreens({ port = 0, root = BUILT } = {}): Promise<{
  readonly address: string;
  close(): Promise<void>;
}> {
  const fake = await build({
    entryPoints: [join(import.meta.dirname, 'fake-kiosk.ts')],
    bundle: true,
    format: 'iife',
    write: false,
  });
  const fakeText = fake.outputFiles[0]?.text ?? '';
  const server: Server = createServer((request, response) => {
    for (const [name, value] of Object.entries(SCREEN_HEADERS)) response.setHeader(name, value);
    void (async () => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname;
      const file = resolve(root, `.${path === '/' ? '/index.html' : path}`);
      if (path !== '/fake-kiosk.js' && !file.startsWith(root + sep)) return void response.writeHead(404).end();
      const picture = /^\/bytes\/printing\/[\w-]+\/(\d+)\/(\d+)\.png$/.exec(path);
      if (picture) {
        response.writeHead(200, { 'content-type': 'image/png' });
        return void response.end(await samplePicture(Number(picture[1]), Number(picture[2])));
      }
      const drawing = /^\/bytes\/tutorials\/([a-z0-9-]+\/[a-z0-9-]+\.svg)$/.exec(path);
      if (drawing) {
        const svg = await tutorialPicture(drawing[1] ?? '');
        response.writeHead(svg === undefined ? 404 : 200, {
          'content-type': 'image/svg+xml',
        });
        return void response.end(svg);
      }
      const formPage = /^\/bytes\/documents\/formulaire\/(?:(\d+)(?:\.form)?|thumb)\.jpg$/.exec(path);
      if (formPage) {
        response.writeHead(200, { 'content-type': 'image/jpeg' });
        return void response.end(await sampleFormPage(Number(formPage[1] ?? 1)));
      }
      const paper = /^\/bytes\/(?:documents|scanning)\/(\w+)(?:\/\w+)?\.jpg$/.exec(path);
      if (paper) {
        response.writeHead(200, { 'content-type': 'image/jpeg' });
        return void response.end(await samplePaper(paper[1] ?? ''));
      }
      try {
        let body: string | Buffer = path === '/fake-kiosk.js' ? fakeText : await readFile(file);
        if (path === '/')
          body = body.toString('utf8').replace('<head>', '<head><script src="/fake-kiosk.js"></script>');
        response.writeHead(200, {
          'content-type': TYPES[path === '/' ? '.html' : extname(path)] ?? 'application/octet-stream',
        });
        response.end(body);
      } catch {
        response.writeHead(404).end();
      }
    })();
  });
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port');
  return {
    address: `http://127.0.0.1:${bound.port}/`,
    close: () => new Promise((done) => void server.close(() => done())),
  };
}

if (process.argv[1] === import.meta.filename) {
  const [, , port = '0', root = BUILT] = process.argv;
  const { address } = await serveScreens({ port: Number(port), root: resolve(root) });
  console.log(address);
}
