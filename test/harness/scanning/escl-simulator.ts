/**
 * An eSCL scanner for tests, on the loopback. It is written from the protocol and checked with an independent client
 * (`sane-airscan` scans from it). The test controls the machine: model, sheets, jam, open cover, cut cable.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { freePort } from '../printing/process.ts';
import { capabilitiesXml, statusXml, type JobLine } from './escl-capabilities.ts';
import { STANDARD, type EsclMaker } from './escl-makers.ts';

export interface EsclScene {
  /** JPEG pictures: the glass delivers the first one, the feeder all of them. */
  pages: Uint8Array[];
  adfState: string;
  state: 'Idle' | 'Processing' | 'Stopped';
  /** How many times `ScanJobs` replies 503 first. */
  busyTimes: number;
  /** How many times `NextDocument` replies 503 before each page. */
  notYetTimes: number;
  /** Never delivers a page: always replies 503. */
  never: boolean;
  /** Delay between the pieces of a page's body. */
  pieceDelayMs: number;
  /** The fault when a page is requested. */
  misbehave: 'no' | 'cut' | 'truncated' | 'nonsense' | 'conflict' | 'gone-host';
  /** First page to which `misbehave` applies. */
  misbehavesFrom: number;
  garbledCapabilities: boolean;
  /** Bytes of blank space behind each XML reply, which is valid XML. */
  padding: number;
  /** The job counts every sheet, even those it never delivers. */
  countsAll: boolean;
  /** A job is created at once, and its address told only then: the lamp warms up. */
  tellsJob: Promise<void>;
}

export interface EsclSimulator {
  readonly baseUrl: string;
  readonly port: number;
  readonly scene: EsclScene;
  /** Requests seen, as `GET /eSCL/ScannerStatus`. */
  readonly seen: string[];
  /** The `Host` header of each job request. */
  readonly jobHosts: string[];
  readonly openJobs: () => number;
  readonly lastSettings: () => string;
  stop(): Promise<void>;
  /** After `stop`: it answers again, at the same address. */
  switchOn(): Promise<void>;
}

export interface EsclSimulatorOptions {
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly maker?: EsclMaker;
  /** The port that plain HTTP redirects to, for a machine that moves to TLS. */
  readonly tlsPort?: number;
}

interface Job {
  readonly feeder: boolean;
  readonly left: Uint8Array[];
  /** Pages delivered, and pages scanned: a machine may scan pages that it never delivers. */
  given: number;
  made: number;
  notYet: number;
  readyAt: number;
  /** How many more times its status is lost. */
  statusLost: number;
  state: 'Processing' | 'Completed';
}

const textOf = async (request: IncomingMessage): Promise<string> => {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
};

/** Writes height 0 into the frame header and the real height into a DNL marker after the coded data. */
const withLateHeight = (jpeg: Uint8Array): Uint8Array => {
  const bytes = Buffer.from(jpeg);
  let at = 2;
  while (bytes[at + 1] !== 0xc0 && bytes[at + 1] !== 0xc2) at += 2 + bytes.readUInt16BE(at + 2);
  const height = bytes.readUInt16BE(at + 5);
  bytes.writeUInt16BE(0, at + 5);
  const dnl = Buffer.from([0xff, 0xdc, 0, 4, height >> 8, height & 255]);
  return Buffer.concat([bytes.subarray(0, -2), dnl, bytes.subarray(-2)]);
};

export const startEsclSimulator = async (
  pages: readonly Uint8Array[],
  options: EsclSimulatorOptions = {},
): Promise<EsclSimulator> => {
  const { tls, maker = STANDARD } = options;
  const scene: EsclScene = {
    pages: [...pages],
    adfState: 'ScannerAdfLoaded',
    state: 'Idle',
    busyTimes: maker.retryAfter?.jobs ?? 0,
    notYetTimes: maker.retryAfter?.pages ?? 0,
    never: false,
    pieceDelayMs: 0,
    misbehave: 'no',
    misbehavesFrom: 1,
    garbledCapabilities: false,
    padding: 0,
    countsAll: false,
    tellsJob: Promise.resolve(),
  };
  const seen: string[] = [];
  const jobHosts: string[] = [];
  const open = new Map<string, Job>();
  const past = new Map<string, Job>();
  let lastSettings = '';
  let jobCount = 0;
  let port = 0;
  const retryAfter = { 'retry-after': String(maker.retryAfter?.seconds ?? 1) };

  const xml = (response: ServerResponse, body: string): void => {
    response.writeHead(200, { 'content-type': 'text/xml' }).end(body + ' '.repeat(scene.padding));
  };

  const adfState = (): string => {
    const [job] = open.values();
    if (scene.adfState !== 'ScannerAdfLoaded') return scene.adfState;
    if (!job?.feeder) return scene.adfState;
    if (maker.notYet && performance.now() < job.readyAt) return maker.notYet.adf;
    return job.left.length > 0 ? (maker.adf?.running ?? 'ScannerAdfLoaded') : (maker.adf?.empty ?? 'ScannerAdfEmpty');
  };
  const jobLines = (): readonly JobLine[] =>
    maker.jobs === undefined
      ? []
      : [...past, ...open].map(([id, job]) => ({
          id,
          state: maker.jobs === 'counted' ? job.state : 'Processing',
          completed: job.made,
          toTransfer: maker.jobs === 'counted' && job.state === 'Processing' ? job.left.length : 0,
        }));

  const send = async (response: ServerResponse, picture: Uint8Array, misbehaves: boolean): Promise<void> => {
    const whole = maker.lateHeight ? withLateHeight(picture) : picture;
    const cut =
      misbehaves && scene.misbehave === 'truncated' ? whole.subarray(0, Math.floor(whole.length * 0.6)) : whole;
    const page = maker.paddingBytes ? Buffer.concat([cut, Buffer.alloc(maker.paddingBytes)]) : cut;
    const body = maker.body ?? 'length';
    if (body === 'closed') response.removeHeader('transfer-encoding');
    if (body === 'closed') response.useChunkedEncodingByDefault = false;
    response.writeHead(200, {
      'content-type': 'image/jpeg',
      ...(body === 'length' ? { 'content-length': String(page.length) } : {}),
      ...(body === 'closed' ? { connection: 'close' } : {}),
    });
    const step = Math.ceil(page.length / (scene.pieceDelayMs > 0 ? 40 : 4));
    for (let i = 0; i < page.length && !response.destroyed; i += step) {
      if (misbehaves && scene.misbehave === 'cut' && i > page.length * 0.4) return void response.destroy();
      response.write(page.subarray(i, i + step));
      await new Promise((resolve) => setTimeout(resolve, scene.pieceDelayMs));
    }
    response.end();
  };

  const locationOf = (id: string, host: string): string => {
    const path = `/eSCL/ScanJobs/${id}`;
    switch (scene.misbehave === 'gone-host' ? 'gone-host' : (maker.location ?? 'absolute')) {
      case 'gone-host':
        return `http://scanner.invalid${path}`;
      case 'relative':
        return path;
      case 'below':
        return `ScanJobs/${id}`;
      case 'scoped-ipv6':
        return `http://[fe80::1%3]:80${path}`;
      case 'localhost':
        return `http://localhost:${port}${path}`;
      case 'trailing-slash':
        return `http://${host}${path}/`;
      case 'absolute':
        return `http://${host}${path}`;
    }
  };

  const createJob = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    lastSettings = await textOf(request);
    jobHosts.push(request.headers.host ?? '');
    if (maker.onlyHost !== undefined && request.headers.host?.split(':')[0] !== maker.onlyHost)
      return void response.writeHead(403).end();
    if (scene.busyTimes > 0 || open.size > 0) {
      scene.busyTimes -= 1;
      return void response.writeHead(503, retryAfter).end();
    }
    const feeder = lastSettings.includes('>Feeder<');
    if (feeder && scene.adfState !== 'ScannerAdfLoaded') {
      if (maker.jamsWhenEmpty) scene.adfState = 'ScannerAdfJam';
      return void response.writeHead(409).end();
    }
    const id = `job-${(jobCount += 1)}`;
    const sheets = feeder ? scene.pages.slice(0, maker.givesOnly) : scene.pages.slice(0, 1);
    open.set(id, {
      feeder,
      left: sheets,
      given: 0,
      made: 0,
      notYet: scene.notYetTimes,
      readyAt: maker.notYet?.firstToo ? performance.now() + maker.notYet.readyMs : 0,
      statusLost: 0,
      state: 'Processing',
    });
    await scene.tellsJob;
    const location = locationOf(id, request.headers.host ?? 'localhost');
    if (!maker.dropsJobBody) return void response.writeHead(201, { location }).end();
    response.writeHead(201, { location, 'content-length': '400' });
    response.write('<html>');
    setTimeout(() => response.destroy(), 20);
  };

  const close = (id: string, job: Job): void => {
    job.state = 'Completed';
    open.delete(id);
    past.set(id, job);
    // Sheets that were fed count as scanned, even when their picture was never delivered.
    if (job.feeder && job.left.length === 0) scene.adfState = maker.adf?.empty ?? 'ScannerAdfEmpty';
  };

  const nextDocument = async (id: string, job: Job, response: ServerResponse): Promise<void> => {
    if (scene.never || job.notYet > 0) {
      job.notYet -= 1;
      return void response.writeHead(503, retryAfter).end();
    }
    const misbehaves = job.given + 1 >= scene.misbehavesFrom;
    if (misbehaves && scene.misbehave === 'conflict') return void response.writeHead(409).end();
    if (misbehaves && scene.misbehave === 'nonsense')
      return void response.writeHead(200).end('this is no picture at all');
    if (maker.notYet && job.left.length > 0 && performance.now() < job.readyAt)
      return void response.writeHead(maker.notYet.code).end();
    const page = job.left.shift();
    if (!page) {
      if (maker.jobs !== 'uncounted') close(id, job);
      return void response.writeHead(maker.endCode ?? 404).end();
    }
    job.notYet = scene.notYetTimes;
    job.given += 1;
    job.made = scene.countsAll ? scene.pages.length : job.made + 1;
    await send(response, page, misbehaves);
    job.readyAt = performance.now() + (job.feeder ? (maker.notYet?.readyMs ?? 0) : 0);
    const lost = job.feeder && job.given >= (maker.statusLost?.from ?? 1) ? maker.statusLost : undefined;
    job.statusLost = lost ? (lost.times ?? Infinity) : 0;
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? '/', 'http://scanner').pathname;
    seen.push(`${request.method} ${path}`);
    if (maker.movesToTls && !tls)
      return void response.writeHead(301, { location: `https://127.0.0.1:${options.tlsPort}${path}` }).end();
    if (path === '/eSCL/ScannerCapabilities')
      return xml(response, scene.garbledCapabilities ? '<html>Hello' : capabilitiesXml(maker));
    const losing = [...open.values(), ...past.values()].find(({ statusLost }) => statusLost > 0);
    if (path === '/eSCL/ScannerStatus' && losing) {
      losing.statusLost -= 1;
      await new Promise((resolve) => setTimeout(resolve, maker.statusLost?.afterMs));
      return void response.writeHead(503, retryAfter).end();
    }
    if (path === '/eSCL/ScannerStatus')
      return xml(
        response,
        statusXml(open.size > 0 && scene.state === 'Idle' ? 'Processing' : scene.state, adfState(), jobLines()),
      );
    if (path === '/eSCL/ScanJobs' && request.method === 'POST') return createJob(request, response);
    const match = /^\/eSCL\/ScanJobs\/([^/]+)(\/NextDocument)?$/.exec(path);
    const id = match?.[1] ?? '';
    const job = open.get(id);
    if (!match || !job) return void response.writeHead(past.has(id) ? (maker.endCode ?? 404) : 404).end();
    if (request.method !== 'DELETE') return nextDocument(id, job, response);
    close(id, job);
    response.writeHead(200).end();
  };

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch(() => response.destroy());
  };
  const server = tls ? createTlsServer(tls, handle) : createServer(handle);
  const listen = (at: number) => new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  port = await freePort(); // nobody else takes it while it is switched off
  await listen(port);
  return {
    baseUrl: `${tls ? 'https' : 'http'}://127.0.0.1:${port}/eSCL`,
    port,
    scene,
    seen,
    jobHosts,
    openJobs: () => open.size,
    lastSettings: () => lastSettings,
    switchOn: () => listen(port),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};
