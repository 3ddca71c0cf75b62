/**
 * One IPP operation over HTTP: negotiates the version, upgrades to TLS when asked, accepts only the certificate pinned
 * at first contact, and maps every failure to a printer fault.
 */
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Logger } from '../../log/logger.ts';
import type { Http, HttpFailureKind, HttpResponse } from '../../platform/network/http.ts';
import type { JobOwner } from '../job-owner.ts';
import { printerFault, type PrinterFault, type PrinterFaultCode } from '../printer.ts';
import { overTls, type IppAddress } from './address.ts';
import type { IppAttributes, IppOperation, IppReply } from './message.ts';

/** Storage for what is known since the first contact, kept across restarts. Keys are `host:port`, or hold a space. */
export interface CertificatePins {
  read(host: string): Promise<string | undefined>;
  write(host: string, sha256: string): Promise<void>;
}

export interface IppClientDeps {
  readonly http: Http;
  readonly pins: CertificatePins;
  readonly logger: Logger;
  /** Who asks, in every operation: a printer may show a job only to its owner. */
  readonly owner: JobOwner;
}

export interface IppCall {
  readonly operation: IppOperation;
  readonly attributes?: IppAttributes;
  readonly jobAttributes?: IppAttributes;
  readonly document?: Uint8Array | AsyncIterable<Uint8Array>;
  readonly idleTimeoutMs?: number;
  readonly signal?: AbortSignal;
}

const REPLY_TIMEOUT_MS = 15_000;
const VERSION_NOT_SUPPORTED = 0x0503;
/** Of a list of jobs, which a print server keeps for long. Any other reply has the default limit. */
const MAX_LIST_BYTES = 4 * 1024 * 1024;
/** A person waits, and the printer has just answered. */
const DRIVER_TIMEOUT_MS = 4_000;
/** Gutenprint's files have half a megabyte. */
const MAX_DRIVER_BYTES = 4 * 1024 * 1024;

const HTTP_FAULTS: Readonly<Record<HttpFailureKind, PrinterFaultCode>> = {
  'bad-address': 'printer.unreachable',
  'name-not-found': 'printer.unreachable',
  unreachable: 'printer.unreachable',
  'no-connection': 'printer.unreachable',
  refused: 'printer.unreachable',
  timeout: 'printer.slow',
  cut: 'printer.cut',
  garbage: 'printer.garbage',
  tls: 'printer.garbage',
  'certificate-changed': 'printer.certificate-changed',
  'too-large': 'printer.garbage',
  aborted: 'printer.cancelled',
};

const PPD_START = Buffer.from('*PPD-Adobe');

const LOGIN_STATUSES = new Set([401, 403, 407]);
/** For a while only: a printer that wakes up or serves somebody else, a print server that starts again. */
const BUSY_STATUSES = new Set([429, 503]);

const statusFault = (status: number): PrinterFaultCode => {
  if (LOGIN_STATUSES.has(status)) return 'printer.login-wanted';
  if (BUSY_STATUSES.has(status)) return 'printer.busy';
  if (status === 413) return 'printer.too-large';
  if (status === 404 || status === 405) return 'printer.unreachable';
  return 'printer.server-error';
};

/** Loaded at the first call: the codec pulls in a calendar and more, which the first screen need not wait for. */
const codec = (): Promise<typeof import('./codec.ts')> => import('./codec.ts');

export class IppClient {
  readonly #deps: IppClientDeps;
  readonly #pinnedAs: string | undefined;
  #trial = false;
  /** The certificate of a trial, which is not remembered yet. */
  #seen: string | undefined;
  #address: IppAddress;
  #version: '1.1' | '2.0' = '2.0';
  #nextId = 1;
  #opaqueLogged = false;

  /** `pinnedAs`: the key of its certificate, for a printer whose address may change; else `host:port`. */
  constructor(deps: IppClientDeps, address: IppAddress, pinnedAs?: string) {
    this.#deps = deps;
    this.#pinnedAs = pinnedAs;
    this.#address = address;
  }

  get owner(): JobOwner {
    return this.#deps.owner;
  }

  get address(): IppAddress {
    return this.#address;
  }

  /**
   * A client that remembers no certificate before `keep`. While several addresses are tried for one printer, the last
   * to answer would otherwise be pinned, not the one that is taken.
   */
  static onTrial(deps: IppClientDeps, address: IppAddress, pinnedAs: string): IppClient {
    const client = new IppClient(deps, address, pinnedAs);
    client.#trial = true;
    return client;
  }

  /** On trial, with the same dependencies, for another device: the printer behind a queue. */
  trialAt(address: IppAddress, pinnedAs: string): IppClient {
    return IppClient.onTrial(this.#deps, address, pinnedAs);
  }

  async keep(): Promise<void> {
    this.#trial = false;
    if (this.#seen !== undefined) await this.#remember(this.#seen);
    this.#seen = undefined;
  }

  /** The same for one printer or queue, wherever it is found again. */
  get printerKey(): string {
    return this.#pinnedAs ?? this.#address.printerUri;
  }

  get #pinKey(): string {
    return this.#pinnedAs ?? this.#address.host;
  }

  async #remember(sha256: string): Promise<void> {
    await this.#deps.pins.write(this.#pinKey, sha256);
    this.#deps.logger.log('printer.certificate-remembered');
  }

  async call(call: IppCall): Promise<Result<IppReply, PrinterFault>> {
    const first = await this.#once(call);
    const refusedVersion =
      this.#version === '2.0' &&
      ((first.ok && first.value.status === VERSION_NOT_SUPPORTED) ||
        (!first.ok && first.error.cause === 'http-400' && call.operation === 'Get-Printer-Attributes'));
    if (!refusedVersion) return first;
    // An old printer rejects an unknown version with this status, or with a plain HTTP 400.
    this.#version = '1.1';
    const second = await this.#once(call);
    if (!second.ok) this.#version = '2.0';
    return second;
  }

  /** The file (PPD) of the driver of a CUPS queue. Empty: it has none. Undefined: no answer. */
  async driverFile(signal?: AbortSignal): Promise<string | undefined> {
    const reply = await this.#deps.http({
      method: 'GET',
      url: `${this.#address.httpUrl}.ppd`,
      idleTimeoutMs: DRIVER_TIMEOUT_MS,
      maxResponseBytes: MAX_DRIVER_BYTES,
      trust: { sha256: await this.#pinned() },
      ...(signal === undefined ? {} : { signal }),
    });
    if (!reply.ok || reply.value.status >= 500) return undefined;
    const { status, body } = reply.value;
    return status === 200 && body.subarray(0, PPD_START.length).equals(PPD_START) ? body.toString('latin1') : '';
  }

  async #pinned(): Promise<string | undefined> {
    const mayBePinned = this.#pinnedAs !== undefined || this.#address.secure;
    return mayBePinned ? (this.#seen ?? (await this.#deps.pins.read(this.#pinKey))) : undefined;
  }

  async #once(call: IppCall): Promise<Result<IppReply, PrinterFault>> {
    const answered = await this.#send(call);
    if (!answered.ok) return answered;
    let { response, id } = answered.value;
    if (response.status === 426 && !this.#address.secure) {
      this.#address = overTls(this.#address);
      const again = await this.#send(call);
      if (!again.ok) return again;
      ({ response, id } = again.value);
    }
    if (response.status !== 200) {
      return fail(printerFault(statusFault(response.status), `http-${response.status}`));
    }
    const reply = (await codec()).decode(response.body, id);
    if (!reply.ok) return fail(printerFault('printer.garbage'));
    if (reply.value.opaque > 0 && !this.#opaqueLogged) {
      this.#opaqueLogged = true;
      this.#deps.logger.log('printer.opaque-values', { count: reply.value.opaque });
    }
    return reply;
  }

  async #send(call: IppCall): Promise<Result<{ response: HttpResponse; id: number }, PrinterFault>> {
    const { http, logger, owner } = this.#deps;
    const pinned = await this.#pinned();
    // Only its certificate proves who it is: once that is known, a copy of its announcement without TLS gets nothing.
    if (pinned !== undefined) this.#address = overTls(this.#address);
    const address = this.#address;
    const id = this.#nextId;
    this.#nextId = (id % 0x7fffffff) + 1;
    const head = (await codec()).encode({
      operation: call.operation,
      version: this.#version,
      id,
      // RFC 8011 requires this order: version, charset, then target (the printer, and the job if there is one).
      attributes: { 'printer-uri': address.printerUri, ...call.attributes, 'requesting-user-name': owner.user },
      ...(call.jobAttributes === undefined ? {} : { jobAttributes: call.jobAttributes }),
    });
    const result = await http({
      method: 'POST',
      url: address.httpUrl,
      headers: { 'content-type': 'application/ipp', accept: 'application/ipp' },
      body: withDocument(head, call.document),
      idleTimeoutMs: call.idleTimeoutMs ?? REPLY_TIMEOUT_MS,
      ...(call.operation === 'Get-Jobs' ? { maxResponseBytes: MAX_LIST_BYTES } : {}),
      trust: { sha256: pinned },
      ...(call.signal === undefined ? {} : { signal: call.signal }),
    });
    if (!result.ok) {
      if (result.error.kind === 'certificate-changed') logger.log('printer.certificate-changed');
      // A login refusal stays one, even when its body is too long or the printer closes the connection early.
      const { kind, status, cause } = result.error;
      const refused = status !== undefined && LOGIN_STATUSES.has(status);
      if (refused) return fail(printerFault('printer.login-wanted', `http-${status}`));
      const fault = printerFault(HTTP_FAULTS[kind], cause);
      // It may be awake by then, and one that has moved is looked for.
      return fail(kind === 'no-connection' ? { ...fault, retry: 'now' } : fault);
    }
    const seen = result.value.fingerprint;
    if (seen !== undefined && pinned === undefined) {
      if (this.#trial) this.#seen = seen;
      else await this.#remember(seen);
    }
    return ok({ response: result.value, id });
  }
}

const withDocument = (
  head: Uint8Array,
  document: Uint8Array | AsyncIterable<Uint8Array> | undefined,
): readonly Uint8Array[] | AsyncIterable<Uint8Array> => {
  if (document === undefined) return [head];
  if (document instanceof Uint8Array) return [head, ...chunks(document)];
  return (async function* () {
    yield head;
    yield* document;
  })();
};

const CHUNK_BYTES = 256 * 1024;

/** Small chunks, so that a slow printer is not mistaken for a silent one. */
const chunks = (bytes: Uint8Array): readonly Uint8Array[] => {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) pieces.push(bytes.subarray(at, at + CHUNK_BYTES));
  return pieces;
};
