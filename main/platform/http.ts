/**
 * One HTTP exchange as a parameter: no redirect is followed, no cookie kept, every wait is bounded and
 * what goes wrong on a network is an answer. Devices (IPP, eSCL) speak through this.
 */
import { createHash } from 'node:crypto';
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { fail, ok, type Result } from '../contract/result.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A list is sent with its length declared; a stream in chunks, made only as fast as the other side takes it. */
  readonly body?: readonly Uint8Array[] | AsyncIterable<Uint8Array>;
  /** Until the connection stands. 5 s unless told. */
  readonly connectTimeoutMs?: number;
  /** Silence in either direction. */
  readonly idleTimeoutMs: number;
  readonly maxResponseBytes?: number;
  readonly signal?: AbortSignal;
  /** The body isn't wanted: answered, without one, as soon as the headers are here. Some devices never end it. */
  readonly headersSuffice?: boolean;
  /** How much of the answer came, for progress. */
  readonly onBytes?: (received: number, total: number | undefined) => void;
  /**
   * How far a TLS server is believed. `authorities`: the system's. `fingerprint`: only this certificate (SHA-256 of its
   * DER form, lower-case hexadecimal), whoever signed it; `undefined` believes any certificate once and tells which in
   * the answer: devices of a local network sign their own.
   */
  readonly trust?:
    { readonly kind: 'authorities' } | { readonly kind: 'fingerprint'; readonly sha256: string | undefined };
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** The certificate that the server showed, for TLS. */
  readonly fingerprint?: string;
}

export type HttpFailureKind =
  | 'bad-address'
  | 'name-not-found'
  | 'unreachable'
  | 'refused'
  | 'timeout'
  /** The connection ended before the answer was whole. */
  | 'cut'
  /** Not HTTP at all. */
  | 'garbage'
  | 'tls'
  | 'certificate-changed'
  | 'too-large'
  | 'aborted';

export interface HttpFailure {
  readonly kind: HttpFailureKind;
  /** The status that had come before the rest failed: a server that refuses early closes on what is still being sent. */
  readonly status?: number;
  readonly cause?: unknown;
}

export type Http = (request: HttpRequest) => Promise<Result<HttpResponse, HttpFailure>>;

const MAX_RESPONSE_BYTES = 64 * 1024 * 1024;

const KINDS: Readonly<Record<string, HttpFailureKind>> = {
  ENOTFOUND: 'name-not-found',
  EAI_AGAIN: 'name-not-found',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  ETIMEDOUT: 'timeout',
  ECONNRESET: 'cut',
  EPIPE: 'cut',
};

const kindOf = (error: unknown): HttpFailureKind => {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const known = KINDS[code];
  if (known !== undefined) return known;
  if (code.startsWith('HPE_')) return code === 'HPE_INVALID_EOF_STATE' ? 'cut' : 'garbage';
  if (/^(ERR_SSL|ERR_TLS|EPROTO|CERT_|DEPTH_|SELF_|UNABLE_TO)/.test(code)) return 'tls';
  return 'cut';
};

/** Lower-case hexadecimal SHA-256 of a server's certificate. */
const fingerprintOf = (socket: TLSSocket): string | undefined => {
  const raw = socket.getPeerX509Certificate()?.raw;
  return raw === undefined ? undefined : createHash('sha256').update(raw).digest('hex');
};

const flatHeaders = (response: IncomingMessage): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );

/** Sends piece after piece, waiting for each to be taken. */
const pump = async (
  to: ClientRequest,
  body: readonly Uint8Array[] | AsyncIterable<Uint8Array>,
  over: () => boolean,
): Promise<void> => {
  for await (const piece of body) {
    if (over()) return;
    await new Promise<void>((taken) => {
      // A dead connection takes nothing more; its own error tells why.
      to.once('close', taken);
      to.write(piece, () => {
        to.off('close', taken);
        taken();
      });
    });
  }
  if (!over()) to.end();
};

export const systemHttp: Http = async (asked) => {
  // Imported at the first question: importing it loads all of Node's web client, at a start that has no time for it.
  const [{ request: plainRequest }, { request: tlsRequest }] = await Promise.all([
    import('node:http'),
    import('node:https'),
  ]);
  return new Promise((resolve) => {
    let url: URL;
    try {
      url = new URL(asked.url);
    } catch (cause) {
      return resolve(fail({ kind: 'bad-address', cause }));
    }
    if (asked.signal?.aborted) return resolve(fail({ kind: 'aborted' }));
    const secure = url.protocol === 'https:';
    const pinned = asked.trust?.kind === 'fingerprint' ? asked.trust : undefined;
    const options: RequestOptions & { rejectUnauthorized?: boolean } = {
      method: asked.method,
      headers: {
        ...asked.headers,
        ...(Array.isArray(asked.body)
          ? { 'content-length': String((asked.body as Uint8Array[]).reduce((sum, piece) => sum + piece.length, 0)) }
          : {}),
      },
      // One connection an exchange: a printer that sleeps keeps no half-dead socket of ours.
      agent: false,
      ...(pinned === undefined ? {} : { rejectUnauthorized: false }),
    };
    const outgoing = secure ? tlsRequest(url, options) : plainRequest(url, options);
    let over = false;
    let fingerprint: string | undefined;
    let status: number | undefined;
    const finish = (result: Result<HttpResponse, HttpFailure>): void => {
      if (over) return;
      over = true;
      clearTimeout(connecting);
      asked.signal?.removeEventListener('abort', abort);
      resolve(result.ok || status === undefined ? result : fail({ ...result.error, status }));
      if (!result.ok) outgoing.destroy();
    };
    const abort = (): void => finish(fail({ kind: 'aborted' }));
    asked.signal?.addEventListener('abort', abort, { once: true });
    const connecting = setTimeout(() => finish(fail({ kind: 'timeout' })), asked.connectTimeoutMs ?? 5000);

    const sendBody = (): void => {
      clearTimeout(connecting);
      void pump(outgoing, asked.body ?? [], () => over).catch((cause: unknown) => finish(fail({ kind: 'cut', cause })));
    };
    outgoing.on('socket', (socket) => {
      if (!secure) return void socket.once('connect', sendBody);
      const tls = socket as TLSSocket;
      // Nothing of the person's leaves before the certificate was looked at.
      tls.once('secureConnect', () => {
        fingerprint = fingerprintOf(tls);
        if (pinned?.sha256 !== undefined && pinned.sha256 !== fingerprint)
          finish(fail({ kind: 'certificate-changed' }));
        else sendBody();
      });
    });
    outgoing.setTimeout(asked.idleTimeoutMs, () => finish(fail({ kind: 'timeout' })));
    outgoing.on('error', (cause) => finish(fail({ kind: kindOf(cause), cause })));
    outgoing.on('response', (response) => {
      const pieces: Buffer[] = [];
      let size = 0;
      const answer = (): Result<HttpResponse, HttpFailure> =>
        ok({
          status: response.statusCode ?? 0,
          headers: flatHeaders(response),
          body: Buffer.concat(pieces),
          ...(fingerprint === undefined ? {} : { fingerprint }),
        });
      status = response.statusCode;
      response.on('data', (piece: Buffer) => {
        size += piece.length;
        if (size > (asked.maxResponseBytes ?? MAX_RESPONSE_BYTES)) finish(fail({ kind: 'too-large' }));
        else pieces.push(piece);
        asked.onBytes?.(size, Number(response.headers['content-length']) || undefined);
      });
      response.on('error', (cause) => finish(fail({ kind: 'cut', cause })));
      response.on('close', () => {
        if (!response.complete) finish(fail({ kind: 'cut' }));
      });
      response.on('end', () => finish(answer()));
      if (!asked.headersSuffice) return;
      finish(answer());
      outgoing.destroy();
    });
  });
};
