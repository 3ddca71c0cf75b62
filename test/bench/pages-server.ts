/**
 * Serves pages with many small parts or one large body, over HTTP/1.1 and HTTP/2. It runs in its own process, used by
 * both browsers.
 */
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeCertificate } from '../fixtures/sites/certificate.ts';

export const http1Host = 'un.pages-exemple.test';
export const http2Host = 'deux.pages-exemple.test';

export interface PagesServed {
  readonly http1Port: number;
  readonly http2Port: number;
  readonly spki: string;
}

/** The report of a page that has fully loaded. */
export interface PageTold {
  readonly page: string;
  readonly ms: number;
}

const GIF = Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64');
const PIECE = Buffer.alloc(100_000, 'x');
/** Of a line of 1 Gbit/s. The loopback carries twenty times as much, which no site and no place has. */
const LINE_BYTES_PER_MS = 125_000;
/** Time for the browser to settle, so that only the page is measured. */
const SETTLED_MS = 1_500;

/** A tenth scripts, a tenth style sheets, the rest pictures: about the mix of a portal. */
const part = (index: number): string => {
  if (index % 10 === 0) return `<script src="/part.js?${index}"></script>`;
  if (index % 10 === 1) return `<link rel="stylesheet" href="/part.css?${index}">`;
  return `<img src="/part.gif?${index}" alt="">`;
};

const TELL = `addEventListener('load', () => setTimeout(() => {
  const { loadEventStart, startTime } = performance.getEntriesByType('navigation')[0];
  fetch('/told' + location.search + '&ms=' + (loadEventStart - startTime));
}));`;

/** Nobody presses sooner. */
const PRESSED_MS = 500;

type Way = 'script' | 'files' | 'text';

/** A page that uploads by script or by a form: a generated file, or text in a field as picture croppers do. */
const sending = (megabytes: number, way: Way): string => `<!doctype html><title>Envoi</title>
<link rel="icon" href="data:,"><body><form method="post" enctype="multipart/form-data"><input name="scan"></form><script>
const body = 'x'.repeat(${megabytes} * 1_000_000);
const ways = {
  async script() {
    await (await fetch('/taken' + location.search, { method: 'POST', body })).text();
    location.replace('/arrived' + location.search + '&ms=' + (Date.now() - sessionStorage.began));
  },
  files(form, { scan }) {
    const data = new DataTransfer();
    data.items.add(new File([body], 'scan.pdf'));
    Object.assign(scan, { type: 'file' }).files = data.files;
    form.submit();
  },
  text(form, { scan }) {
    Object.assign(scan, { type: 'hidden', value: body });
    form.submit();
  },
};
addEventListener('load', () => setTimeout(() => {
  sessionStorage.began = Date.now();
  const [form] = document.forms;
  form.action = '/arrived' + location.search;
  ways.${way}(form, form.elements);
}, ${PRESSED_MS}));
</script>`;

const ARRIVED = `<!doctype html><title>Reçu</title><link rel="icon" href="data:,"><script>
const ms = new URLSearchParams(location.search).get('ms') ?? Date.now() - sessionStorage.began;
fetch('/told' + location.search + '&ms=' + ms);
</script>`;

/** Waits until a line of this speed would have carried so many bytes. */
const paced = (bytesPerMs: number): ((bytes: number) => Promise<unknown> | undefined) => {
  const beganMs = performance.now();
  let carried = 0;
  return (bytes) => {
    carried += bytes;
    const waitMs = carried / bytesPerMs - (performance.now() - beganMs);
    return waitMs > 1 ? sleep(waitMs) : undefined;
  };
};

const sendBody = async (response: Http2ServerResponse, bytes: number, bytesPerMs: number): Promise<void> => {
  const carry = paced(bytesPerMs);
  response.write('/*');
  for (let sent = 0; sent < bytes; sent += PIECE.length) {
    if (!response.write(PIECE)) await new Promise((resolve) => response.once('drain', resolve));
    await carry(PIECE.length);
  }
  response.end('*/');
};

const takeBody = async (request: Http2ServerRequest, bytesPerMs: number): Promise<void> => {
  const carry = paced(bytesPerMs);
  for await (const piece of request) await carry((piece as Buffer).length);
};

/** `?parts=300` or `?megabytes=25`. With `line`, bodies are as slow as on a line of 1 Gbit/s. */
const page = (asked: URLSearchParams): string => {
  const parts = Array.from({ length: Number(asked.get('parts') ?? 0) }, (_, index) => part(index)).join('');
  const megabytes = asked.get('megabytes');
  const body = megabytes === null ? parts : `<script src="/body.js?${asked.toString()}"></script>`;
  return `<!doctype html><title>Page</title><link rel="icon" href="data:,"><script>${TELL}</script>${body}`;
};

const answer = (request: Http2ServerRequest, response: Http2ServerResponse, tell: (told: PageTold) => void): void => {
  const url = new URL(request.url, 'https://unnamed.test');
  const bytesPerMs = url.searchParams.has('line') ? LINE_BYTES_PER_MS : Infinity;
  const send = (type: string, body: string | Buffer): void => {
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' });
    response.end(body);
  };
  switch (url.pathname) {
    case '/begin':
      return send(
        'text/html',
        `<!doctype html><title>Page</title><link rel="icon" href="data:,"><script>setTimeout(() => location.replace('/page' + location.search), ${SETTLED_MS})</script>`,
      );
    case '/page': {
      const sent = url.searchParams.get('sends');
      const body = sent === null ? page(url.searchParams) : sending(Number(sent), url.searchParams.get('by') as Way);
      return send('text/html', body);
    }
    case '/taken':
    case '/arrived':
      // The browser may be closed by then.
      return void takeBody(request, bytesPerMs).then(
        () => send('text/html', ARRIVED),
        () => undefined,
      );
    case '/part.gif':
      return send('image/gif', GIF);
    case '/part.css':
      return send('text/css', '.nothing { color: red }');
    case '/part.js':
      return send('text/javascript', '0;');
    case '/body.js':
      response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-store' });
      return void sendBody(response, Number(url.searchParams.get('megabytes')) * 1_000_000, bytesPerMs);
    case '/told':
      tell({ page: url.searchParams.get('of') ?? '', ms: Number(url.searchParams.get('ms')) });
      return send('text/plain', '');
    default:
      response.writeHead(404);
      response.end();
  }
};

const serve = async (): Promise<void> => {
  const { key, cert, spki } = await makeCertificate([http1Host, http2Host]);
  const open = async (protocols: string[]): Promise<number> => {
    const server = createSecureServer({ key, cert, allowHTTP1: true, ALPNProtocols: protocols }, (request, response) =>
      answer(request, response, (told) => process.send?.(told)),
    );
    server.on('sessionError', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  };
  const served: PagesServed = { http1Port: await open(['http/1.1']), http2Port: await open(['h2', 'http/1.1']), spki };
  process.send?.(served);
  process.once('disconnect', () => process.exit(0));
};

if (import.meta.main) await serve();
