/**
 * One HTTP exchange as a parameter: no redirect is followed, no cookie is kept, every wait is bounded, and network
 * failures are returned, not thrown. Devices (IPP, eSCL) use this.
 */
import { createHash } from 'node:crypto';
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { fail, ok, type Result } from '../../contract/result.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** `url` is that of a proxy, which is asked for this URL (RFC 9112, 3.2.2). */
  readonly target?: string;
  /** A list is sent with a content-length; a stream is sent chunked, with back-pressure. */
  readonly body?: readonly Uint8Array[] | AsyncIterable<Uint8Array>;
  /** Longest silence in either direction. */
  readonly idleTimeoutMs: number;
  /**
   * Time for the whole response, from the end of the request: a device may send one byte at a time for ever. 30 s by
   * default, or `idleTimeoutMs` if that is longer.
   */
  readonly responseTimeoutMs?: number;
  /** 1 MB by default. */
  readonly maxResponseBytes?: number;
  readonly signal?: AbortSignal;
  /** The caller does not want the body: resolve as soon as the headers arrive. Some devices never end the body. */
  readonly headersSuffice?: boolean;
  /** Bytes of the response received so far, for progress. */
  readonly onBytes?: (received: number, total: number | undefined) => void;
  /**
   * Over TLS, only this certificate is trusted (SHA-256 of its DER form, lower-case hexadecimal), whoever signed it;
   * `undefined` accepts any certificate once and reports its fingerprint in the response, because devices of a local
   * network use self-signed certificates. Without `trust`: the system's certificate authorities.
   */
  readonly trust?: { readonly sha256: string | undefined };
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** Fingerprint of the server's certificate, over TLS. */
  readonly fingerprint?: string;
}

export type HttpFailureKind =
  | 'bad-address'
  | 'name-not-found'
  | 'unreachable'
  /** None opened in time: another device, or none, has the address now; or this one wakes up. */
  | 'no-connection'
  | 'refused'
  | 'timeout'
  /** The connection ended before the response was complete. */
  | 'cut'
  /** The response is not HTTP. */
  | 'garbage'
  | 'tls'
  | 'certificate-changed'
  | 'too-large'
  | 'aborted';

export interface HttpFailure {
  readonly kind: HttpFailureKind;
  /**
   * The status received before the failure: a server that rejects a request early may close the connection while we
   * still send.
   */
  readonly status?: number;
  readonly cause?: unknown;
}

export type Http = (request: HttpRequest) => Promise<Result<HttpResponse, HttpFailure>>;

/** Any neighbour may announce a device, and the caller parses its whole answer at once. */
const MAX_RESPONSE_BYTES = 1024 * 1024;
const CONNECT_TIMEOUT_MS = 5_000;
const RESPONSE_TIMEOUT_MS = 30_000;
/** A printer reads a long document as slowly as it prints it, but a session lasts no longer than this for a print. */
const SENDING_TIMEOUT_MS = 60 * 60_000;

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

/** Sends the body chunk by chunk, waiting for each to be flushed. */
const pump = async (
  to: ClientRequest,
  body: readonly Uint8Array[] | AsyncIterable<Uint8Array>,
  over: () => boolean,
): Promise<void> => {
  for await (const piece of body) {
    if (over()) return;
    await new Promise<void>((taken) => {
      // A dead connection never calls back; its own error event reports why.
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
  // Imported at the first request: these modules load all of Node's HTTP code, which would slow the start.
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
    const pinned = asked.trust;
    const options: RequestOptions & { rejectUnauthorized?: boolean } = {
      method: asked.method,
      ...(asked.target === undefined ? {} : { path: asked.target }),
      headers: {
        ...asked.headers,
        ...(Array.isArray(asked.body)
          ? { 'content-length': String((asked.body as Uint8Array[]).reduce((sum, piece) => sum + piece.length, 0)) }
          : {}),
      },
      // One connection per exchange, so that no half-dead socket to a sleeping printer is kept.
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
      clearTimeout(deadline);
      asked.signal?.removeEventListener('abort', abort);
      resolve(result.ok || status === undefined ? result : fail({ ...result.error, status }));
      if (!result.ok) outgoing.destroy();
    };
    const abort = (): void => finish(fail({ kind: 'aborted' }));
    asked.signal?.addEventListener('abort', abort, { once: true });
    /** Of the current part of the exchange: to connect, to send the request, to receive the response. */
    let deadline: NodeJS.Timeout | undefined;
    let connected = false;
    const tooLate = (): HttpFailureKind => (connected ? 'timeout' : 'no-connection');
    const allow = (ms: number): void => {
      clearTimeout(deadline);
      if (!over) deadline = setTimeout(() => finish(fail({ kind: tooLate() })), ms);
    };
    let responding = false;
    const allowResponse = (): void => {
      if (!responding) allow(asked.responseTimeoutMs ?? Math.max(RESPONSE_TIMEOUT_MS, asked.idleTimeoutMs));
      responding = true;
    };
    allow(CONNECT_TIMEOUT_MS);

    const sendBody = (): void => {
      allow(SENDING_TIMEOUT_MS);
      void pump(outgoing, asked.body ?? [], () => over)
        .then(allowResponse)
        .catch((cause: unknown) => finish(fail({ kind: 'cut', cause })));
    };
    outgoing.on('socket', (socket) => {
      socket.once('connect', () => (connected = true));
      if (!secure) return void socket.once('connect', sendBody);
      const tls = socket as TLSSocket;
      // Send nothing of the person's before the certificate is checked.
      tls.once('secureConnect', () => {
        fingerprint = fingerprintOf(tls);
        if (pinned?.sha256 !== undefined && pinned.sha256 !== fingerprint)
          finish(fail({ kind: 'certificate-changed' }));
        else sendBody();
      });
    });
    outgoing.setTimeout(asked.idleTimeoutMs, () => finish(fail({ kind: 'timeout' })));
    outgoing.on('error', (cause) => {
      const kind = kindOf(cause);
      finish(fail({ kind: kind === 'timeout' ? tooLate() : kind, cause }));
    });
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
      // Also when it comes before the whole request was sent.
      allowResponse();
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
