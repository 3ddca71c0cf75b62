/**
 * A site that keeps all it can of who visits it, and serves what it is told to: where the canaries of the guest are
 * planted.
 */
import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { makeCertificate } from '../fixtures/sites/certificate.ts';

export const TRAP_HOST = 'www.piege-exemple.test';
/** The mailbox beside it: the same server. */
export const MAILBOX_HOST = 'boite.piege-exemple.test';

export interface TrapSite {
  readonly port: number;
  readonly spki: string;
  /** The `Cookie` header of the latest whole page. */
  readonly latestCookies: () => string;
  stop(): Promise<void>;
}

const page = `<!doctype html><html lang="fr"><meta charset="utf-8"><title>Piège</title>
<body><h1>Piège</h1>
<form action="/recu" method="post" enctype="multipart/form-data"><input id="champ" name="champ"><input id="secret" name="secret" type="password" autocomplete="current-password">
<input id="courriel" name="courriel" type="email" autocomplete="email"><textarea id="texte" name="texte"></textarea><input id="fichier" name="fichier" type="file"><button>Envoyer</button></form>
<form action="/cherche" method="get"><input id="cherche" name="q"><button>Chercher</button></form>
<p id="libre" contenteditable>…</p><p id="marque"></p></body></html>`;

const worker = (word: string): string => `const word = ${JSON.stringify(word)};
addEventListener('install', (event) => event.waitUntil(caches.open('w-' + word).then((cache) => cache.put('/garde-' + word, new Response(word))).then(() => skipWaiting())));
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', () => undefined);`;

/** As large as a letter: it is worth packing, and does not fit into a cache's index. */
const long = (word: string): string => `Bonjour ${word}. ${'Ceci est une page ordinaire. '.repeat(200)}`;

const answer = (request: IncomingMessage, response: ServerResponse, letter: Buffer): void => {
  const url = new URL(request.url ?? '/', `https://${TRAP_HOST}`);
  const word = url.searchParams.get('mot') ?? '';
  const send = (type: string, body: string | Uint8Array, headers: Record<string, string | string[]> = {}): void => {
    response.writeHead(200, { 'content-type': type, ...headers });
    response.end(body);
  };
  const kept = { 'cache-control': 'public, max-age=31536000, immutable' };
  switch (url.pathname.split('/')[1]) {
    case 'simple':
      return send('text/plain', long(word), kept);
    case 'gzip':
      return send('text/plain', gzipSync(long(word)), { ...kept, 'content-encoding': 'gzip' });
    case 'brotli':
      return send('text/plain', brotliCompressSync(long(word)), { ...kept, 'content-encoding': 'br' });
    case 'ouvrier.js':
      return send('text/javascript', worker(word));
    case 'temoins':
      return send('text/plain', 'ok', {
        'set-cookie': [
          `sur=${word}; HttpOnly; Secure; Path=/`,
          `reste=${url.searchParams.get('reste')}; Max-Age=31536000; Path=/`,
        ],
        'strict-transport-security': 'max-age=31536000',
        etag: `"${url.searchParams.get('marque')}"`,
        ...kept,
      });
    case 'fichier':
      return send('text/plain', `Attestation de ${word}\n`, {
        'content-disposition': `attachment; filename="${url.searchParams.get('nom')}.txt"`,
      });
    case 'document':
      return send('application/pdf', pdfOf(word), {
        'content-disposition': `attachment; filename="${url.searchParams.get('nom')}.pdf"`,
      });
    case 'lettre':
      return send('application/pdf', letter, { 'content-disposition': 'attachment; filename="lettre.pdf"' });
    case 'coupe':
      response.writeHead(200, {
        'content-type': 'application/pdf',
        'content-disposition': 'attachment; filename="coupe.pdf"',
        'content-length': '9000000',
      });
      response.write(`%PDF-1.7\n% ${word}\n${'x'.repeat(200_000)}`);
      setTimeout(() => response.destroy(), 500);
      return undefined;
    case 'recu':
      return send('text/html', '<!doctype html><title>Reçu</title><p>Reçu.');
    default:
      return send('text/html', page);
  }
};

/** One page with one line and one field to fill in, small enough to be written by hand. */
export const pdfOf = (word: string): Buffer => {
  const text = `BT /F1 18 Tf 60 760 Td (Attestation de ${word}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] /DA (/F1 12 Tf 0 g) /DR << /Font << /F1 5 0 R >> >> >> >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> /Annots [6 0 R] >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    '<< /Type /Annot /Subtype /Widget /FT /Tx /T (nom) /F 4 /Rect [60 600 360 630] /P 3 0 R >>',
  ];
  let out = '%PDF-1.7\n';
  const starts = objects.map((object, i) => {
    const at = out.length;
    out += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = out.length;
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${starts.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}`;
  out += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(out, 'latin1');
};

/** `letter` is what `/lettre` gives. */
export const startTrapSite = async (letter = pdfOf('rien')): Promise<TrapSite> => {
  const { key, cert, spki } = await makeCertificate([TRAP_HOST, '*.piege-exemple.test']);
  let cookies = '';
  const server: Server = createServer({ key, cert }, (request, response) => {
    if (request.headers['sec-fetch-dest'] === 'document') cookies = request.headers.cookie ?? '';
    request.resume();
    request.once('end', () => answer(request, response, letter));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    spki,
    latestCookies: () => cookies,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};
