/**
 * An eSCL scanner for tests, on the loopback: written from the protocol, and checked by an independent client
 * (`sane-airscan` scans from it). A test holds it and plays the machine: sheets, jam, cover, cut cable.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface EsclScene {
  /** JPEG pictures: the glass gives the first one, the feeder all of them. */
  pages: Uint8Array[];
  adfState: string;
  state: 'Idle' | 'Processing' | 'Stopped';
  /** `ScanJobs` answers 503 so many times first. */
  busyTimes: number;
  /** `NextDocument` answers 503 so many times before each page. */
  notYetTimes: number;
  /** Never gives a page: 503 for ever. */
  never: boolean;
  /** A page's bytes come slowly, in pieces. */
  pieceDelayMs: number;
  /** What goes wrong when a page is asked for. */
  misbehave: 'no' | 'cut' | 'truncated' | 'nonsense' | 'conflict' | 'gone-host';
  garbledCapabilities: boolean;
}

export interface EsclSimulator {
  readonly baseUrl: string;
  readonly port: number;
  readonly scene: EsclScene;
  /** Requests seen, as `GET /eSCL/ScannerStatus`. */
  readonly seen: string[];
  readonly openJobs: () => number;
  readonly lastSettings: () => string;
  stop(): Promise<void>;
}

const XMLNS =
  'xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm" xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" version="2.63"';

const profile = `<scan:SettingProfiles><scan:SettingProfile><scan:ColorModes><scan:ColorMode>Grayscale8</scan:ColorMode><scan:ColorMode>RGB24</scan:ColorMode></scan:ColorModes><scan:DocumentFormats><pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat><scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt></scan:DocumentFormats><scan:SupportedResolutions><scan:DiscreteResolutions>${[75, 150, 300, 600].map((dpi) => `<scan:DiscreteResolution><scan:XResolution>${dpi}</scan:XResolution><scan:YResolution>${dpi}</scan:YResolution></scan:DiscreteResolution>`).join('')}</scan:DiscreteResolutions></scan:SupportedResolutions></scan:SettingProfile></scan:SettingProfiles>`;

const inputCaps = `<scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>2550</scan:MaxWidth><scan:MinHeight>16</scan:MinHeight><scan:MaxHeight>3508</scan:MaxHeight><scan:MaxScanRegions>1</scan:MaxScanRegions>${profile}<scan:SupportedIntents><scan:Intent>Document</scan:Intent></scan:SupportedIntents><scan:MaxOpticalXResolution>600</scan:MaxOpticalXResolution><scan:MaxOpticalYResolution>600</scan:MaxOpticalYResolution>`;

const capabilities = `<?xml version="1.0" encoding="UTF-8"?><scan:ScannerCapabilities ${XMLNS}><pwg:Version>2.63</pwg:Version><pwg:MakeAndModel>Simulated eSCL scanner</pwg:MakeAndModel><pwg:SerialNumber>0001</pwg:SerialNumber><scan:UUID>1b0c0d6e-0000-4000-8000-000000000001</scan:UUID><scan:Platen><scan:PlatenInputCaps>${inputCaps}</scan:PlatenInputCaps></scan:Platen><scan:Adf><scan:AdfSimplexInputCaps>${inputCaps}</scan:AdfSimplexInputCaps><scan:AdfDuplexInputCaps>${inputCaps}</scan:AdfDuplexInputCaps><scan:FeederCapacity>50</scan:FeederCapacity><scan:AdfOptions><scan:AdfOption>DetectPaperLoaded</scan:AdfOption><scan:AdfOption>Duplex</scan:AdfOption></scan:AdfOptions></scan:Adf></scan:ScannerCapabilities>`;

const textOf = async (request: IncomingMessage): Promise<string> => {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
};

export const startEsclSimulator = async (
  pages: readonly Uint8Array[],
  tls?: { readonly key: string; readonly cert: string },
): Promise<EsclSimulator> => {
  const scene: EsclScene = {
    pages: [...pages],
    adfState: 'ScannerAdfLoaded',
    state: 'Idle',
    busyTimes: 0,
    notYetTimes: 0,
    never: false,
    pieceDelayMs: 0,
    misbehave: 'no',
    garbledCapabilities: false,
  };
  const seen: string[] = [];
  const jobs = new Map<string, { left: Uint8Array[]; notYet: number }>();
  let lastSettings = '';
  let jobCount = 0;

  const xml = (response: ServerResponse, body: string): void => {
    response.writeHead(200, { 'content-type': 'text/xml' }).end(body);
  };
  const send = async (response: ServerResponse, page: Uint8Array): Promise<void> => {
    response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': String(page.length) });
    const step = Math.ceil(page.length / (scene.pieceDelayMs > 0 ? 40 : 4));
    for (let i = 0; i < page.length && !response.destroyed; i += step) {
      if (scene.misbehave === 'cut' && i > page.length * 0.4) return void response.destroy();
      response.write(page.subarray(i, i + step));
      await new Promise((resolve) => setTimeout(resolve, scene.pieceDelayMs));
    }
    response.end();
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? '/', 'http://scanner').pathname;
    seen.push(`${request.method} ${path}`);
    if (path === '/eSCL/ScannerCapabilities')
      return xml(response, scene.garbledCapabilities ? '<html>Hello' : capabilities);
    if (path === '/eSCL/ScannerStatus')
      return xml(
        response,
        `<?xml version="1.0" encoding="UTF-8"?><scan:ScannerStatus ${XMLNS}><pwg:Version>2.63</pwg:Version><pwg:State>${jobs.size > 0 && scene.state === 'Idle' ? 'Processing' : scene.state}</pwg:State><scan:AdfState>${scene.adfState}</scan:AdfState></scan:ScannerStatus>`,
      );
    if (path === '/eSCL/ScanJobs' && request.method === 'POST') {
      lastSettings = await textOf(request);
      if (scene.busyTimes > 0 || jobs.size > 0) {
        scene.busyTimes -= 1;
        return void response.writeHead(503).end();
      }
      const feeder = lastSettings.includes('>Feeder<');
      if (feeder && scene.adfState !== 'ScannerAdfLoaded') return void response.writeHead(409).end();
      const id = `job-${(jobCount += 1)}`;
      jobs.set(id, { left: feeder ? [...scene.pages] : scene.pages.slice(0, 1), notYet: scene.notYetTimes });
      const host = scene.misbehave === 'gone-host' ? 'scanner.invalid' : (request.headers.host ?? 'localhost');
      return void response.writeHead(201, { location: `http://${host}/eSCL/ScanJobs/${id}` }).end();
    }
    const match = /^\/eSCL\/ScanJobs\/([^/]+)(\/NextDocument)?$/.exec(path);
    const job = match && jobs.get(match[1] ?? '');
    if (!match || !job) return void response.writeHead(404).end();
    if (request.method === 'DELETE') {
      jobs.delete(match[1] ?? '');
      return void response.writeHead(200).end();
    }
    if (scene.never || job.notYet > 0) {
      job.notYet -= 1;
      return void response.writeHead(503, { 'retry-after': '1' }).end();
    }
    if (scene.misbehave === 'conflict') return void response.writeHead(409).end();
    if (scene.misbehave === 'nonsense') return void response.writeHead(200).end('this is no picture at all');
    const page = job.left.shift();
    if (!page) {
      jobs.delete(match[1] ?? '');
      if (lastSettings.includes('>Feeder<')) scene.adfState = 'ScannerAdfEmpty';
      return void response.writeHead(404).end();
    }
    job.notYet = scene.notYetTimes;
    await send(response, scene.misbehave === 'truncated' ? page.subarray(0, Math.floor(page.length * 0.6)) : page);
  };

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch(() => response.destroy());
  };
  const server = tls ? createTlsServer(tls, handle) : createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `${tls ? 'https' : 'http'}://127.0.0.1:${port}/eSCL`,
    port,
    scene,
    seen,
    openJobs: () => jobs.size,
    lastSettings: () => lastSettings,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};
