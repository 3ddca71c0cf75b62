/**
 * The tutorials of a folder in our real screens, on the fake kiosk of the screens' harness, with what is wrong with
 * them beside. Loopback only; nothing is written. Each change under `tutorials/` is told to the page, which reads anew.
 */
import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { build } from 'esbuild';
import { checkPicture } from '../../main/config/check-picture.ts';
import { TUTORIALS } from '../../main/config/load-tutorials.ts';
import { systemFiles as files } from '../../main/platform/files.ts';
import { serveScreens } from '../harness/screens/serve.ts';
import { readContent } from './read-content.ts';

const here = import.meta.dirname;
const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'";
/** Editors write several times in a row. */
const SETTLE_MS = 150;

interface Preview {
  /** The page to open. */
  readonly address: string;
  close(): Promise<void>;
}

export const servePreview = async (dir: string, port = 0): Promise<Preview> => {
  const script = await build({
    entryPoints: [join(here, 'page-entry.ts')],
    bundle: true,
    format: 'iife',
    write: false,
  });
  const screens = await serveScreens();
  const listeners = new Set<ServerResponse>();

  const send = (response: ServerResponse, type: string, body: string | Buffer, status = 200): void => {
    response.writeHead(status, { 'content-type': type, 'content-security-policy': CSP, 'cache-control': 'no-store' });
    response.end(body);
  };
  const listen = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(':\n\n');
    listeners.add(response);
    response.on('close', () => listeners.delete(response));
  };
  const picture = async (response: ServerResponse, path: string): Promise<void> => {
    const read = await files.readText(`${dir}/${TUTORIALS}/${path}`);
    if (read.ok && checkPicture(path, read.value).length === 0) return send(response, 'image/svg+xml', read.value);
    send(response, 'text/plain', '', 404);
  };
  /** Everything else is the screens' own: their files, under their own policy. */
  const pass = async (response: ServerResponse, path: string): Promise<void> => {
    const answer = await fetch(new URL(path, screens.address));
    response.writeHead(answer.status, {
      'content-type': answer.headers.get('content-type') ?? 'application/octet-stream',
      'content-security-policy': answer.headers.get('content-security-policy') ?? CSP,
      'cache-control': 'no-store',
    });
    response.end(Buffer.from(await answer.arrayBuffer()));
  };
  const answer = async (response: ServerResponse, path: string): Promise<void> => {
    const drawing = /^\/bytes\/tutorials\/([a-z0-9-]+\/[a-z0-9-]+\.svg)$/.exec(path)?.[1];
    if (drawing !== undefined) return picture(response, drawing);
    if (path === '/apercu') return send(response, 'text/html; charset=utf-8', await readFile(join(here, 'page.html')));
    if (path === '/apercu.css')
      return send(response, 'text/css; charset=utf-8', await readFile(join(here, 'page.css')));
    if (path === '/apercu.js')
      return send(response, 'text/javascript; charset=utf-8', script.outputFiles[0]?.text ?? '');
    if (path === '/apercu/changements') return listen(response);
    if (path === '/apercu/contenu') {
      return send(response, 'application/json; charset=utf-8', JSON.stringify(await readContent({ files, dir })));
    }
    return pass(response, path);
  };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    // A page elsewhere on this machine's browser must not read the folder under another name (DNS rebinding).
    if (!/^(?:127\.0\.0\.1|localhost):\d+$/.test(request.headers.host ?? ''))
      return send(response, 'text/plain', '', 403);
    answer(response, path).catch((error: unknown) => send(response, 'text/plain; charset=utf-8', String(error), 500));
  });
  await new Promise<void>((ready, failed) => server.once('error', failed).listen(port, '127.0.0.1', ready));

  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(join(dir, TUTORIALS), { recursive: true }, (_kind, name) => {
    clearTimeout(timer);
    const [id = ''] = (name ?? '').split(/[/\\]/);
    timer = setTimeout(() => {
      for (const one of listeners) one.write(`data: ${JSON.stringify(id)}\n\n`);
    }, SETTLE_MS);
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port');
  return {
    address: `http://127.0.0.1:${bound.port}/apercu`,
    close: async () => {
      clearTimeout(timer);
      watcher.close();
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
      await screens.close();
    },
  };
};
