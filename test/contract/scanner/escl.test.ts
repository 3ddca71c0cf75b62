/** The eSCL adapter against the simulator over real HTTP; and the simulator against an independent client. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { createEsclScanner, type EsclScannerDeps } from '../../../main/devices/escl/escl-scanner.ts';
import { findSaneScanners } from '../../../main/devices/sane/find-sane-scanners.ts';
import type { ScanEvent, ScannerFaultCode } from '../../../main/devices/scanner.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { systemHttp } from '../../../main/platform/network/http.ts';
import { run } from '../../../main/platform/run.ts';
import { capabilitiesXml } from '../../harness/scanning/escl-capabilities.ts';
import { MAKERS, type EsclMaker } from '../../harness/scanning/escl-makers.ts';
import { startEsclSimulator, type EsclSimulator } from '../../harness/scanning/escl-simulator.ts';
import { saneFixture } from '../../harness/scanning/sane-fixture.ts';
import { until } from '../../harness/until.ts';
import { runScan, scannerSuite } from './suite.ts';
import { memoryPins } from '../../fakes/memory-pins.ts';

let page: Uint8Array;
beforeAll(async () => {
  const noise = Buffer.from(Array.from({ length: 400 * 500 * 3 }, (_, i) => (i * 2654435761) & 255));
  page = new Uint8Array(
    await sharp(noise, { raw: { width: 400, height: 500, channels: 3 } })
      .jpeg({ quality: 80 })
      .toBuffer(),
  );
});

const FAULTS: readonly ScannerFaultCode[] = [
  'busy',
  'jam',
  'cover-open',
  'feeder-empty',
  'unplugged',
  'no-answer',
  'garbled',
];

const setFault = (simulator: EsclSimulator, fault: ScannerFaultCode): void => {
  const { scene } = simulator;
  if (fault === 'busy') scene.busyTimes = 1000;
  if (fault === 'jam') Object.assign(scene, { misbehave: 'conflict', adfState: 'ScannerAdfJam' });
  if (fault === 'cover-open') Object.assign(scene, { misbehave: 'conflict', state: 'Stopped' });
  if (fault === 'feeder-empty') scene.adfState = 'ScannerAdfEmpty';
  if (fault === 'unplugged') scene.misbehave = 'cut';
  if (fault === 'no-answer') scene.never = true;
  if (fault === 'garbled') scene.misbehave = 'nonsense';
};

const scannerOf = (simulator: EsclSimulator, over: Partial<EsclScannerDeps> = {}) =>
  createEsclScanner({ http: systemHttp, clock: systemClock, baseUrl: simulator.baseUrl, pageTimeoutMs: 900, ...over });

scannerSuite(
  'escl',
  async ({ sheets, fault, slow, absent, dies }) => {
    const simulator = await startEsclSimulator(Array.from({ length: sheets ?? 1 }, () => page));
    const inOrder = { ...simulator.scene };
    if (fault) setFault(simulator, fault);
    if (dies) Object.assign(simulator.scene, { misbehave: 'cut', misbehavesFrom: 2 });
    if (absent) await simulator.stop();
    if (slow) simulator.scene.pieceDelayMs = 20;
    return {
      scanner: scannerOf(simulator, slow ? { pageTimeoutMs: 20_000 } : {}),
      stop: simulator.stop,
      // An open job would keep the machine busy for the next person.
      leftovers: async () => Array.from({ length: simulator.openJobs() }, () => 'open job'),
      repair: () => void Object.assign(simulator.scene, inOrder),
    };
  },
  { feeder: 5, faults: FAULTS },
);

const on = async (act: (simulator: EsclSimulator) => Promise<void>): Promise<void> => {
  const simulator = await startEsclSimulator([page]);
  try {
    await act(simulator);
  } finally {
    await simulator.stop();
  }
};

describe('escl', () => {
  it('waits while a page is not ready', () =>
    on(async (simulator) => {
      simulator.scene.notYetTimes = 1;
      expect((await runScan(scannerOf(simulator, { pageTimeoutMs: 5_000 }))).at(-1)).toMatchObject({
        kind: 'ended',
        pages: 1,
      });
    }));

  it('retries when the machine is busy', () =>
    on(async (simulator) => {
      simulator.scene.busyTimes = 2;
      expect((await runScan(scannerOf(simulator))).at(-1)).toMatchObject({ kind: 'ended', pages: 1 });
    }));

  it('leaves no job open when it is stopped before the machine has told its address', () =>
    on(async (simulator) => {
      const told = Promise.withResolvers<void>();
      simulator.scene.tellsJob = told.promise;
      const stop = new AbortController();
      const scanned = runScan(scannerOf(simulator), {}, stop.signal);
      await until('the job', () => simulator.openJobs() === 1);
      stop.abort();
      // The person does not wait for the lamp.
      expect(await scanned).toEqual([{ kind: 'ended', pages: 0, cancelled: true }]);
      told.resolve();
      await until('its end', () => simulator.openJobs() === 0);
    }));

  it('detects a picture that the machine truncated', () =>
    on(async (simulator) => {
      simulator.scene.misbehave = 'truncated';
      expect((await runScan(scannerOf(simulator))).at(-1)).toMatchObject({
        kind: 'failed',
        fault: { code: 'unplugged' },
      });
    }));

  it('follows the job on the configured host, whatever host the reply names', () =>
    on(async (simulator) => {
      simulator.scene.misbehave = 'gone-host';
      expect((await runScan(scannerOf(simulator))).at(-1)).toMatchObject({ kind: 'ended', pages: 1 });
    }));

  it('reports "garbled" for a reply that is not eSCL', () =>
    on(async (simulator) => {
      simulator.scene.garbledCapabilities = true;
      expect(await scannerOf(simulator).describe()).toMatchObject({ ok: false, error: { code: 'garbled' } });
    }));

  it('does not read a description or a status that is far larger than any scanner sends', () =>
    on(async (simulator) => {
      simulator.scene.padding = 1024 * 1024;
      expect(await scannerOf(simulator).describe()).toMatchObject({ ok: false, error: { code: 'garbled' } });
      expect(await scannerOf(simulator).status()).toMatchObject({ kind: 'fault', fault: { code: 'garbled' } });
      simulator.scene.padding = 512 * 1024;
      expect(await scannerOf(simulator).describe()).toMatchObject({ ok: true });
      const scan = await runScan(scannerOf(simulator, { maxPageBytes: 1_000 }));
      expect(scan.at(-1)).toMatchObject({ kind: 'failed', fault: { code: 'too-large' } });
    }));

  it('requests both sides, at a resolution that the machine supports', () =>
    on(async (simulator) => {
      await runScan(scannerOf(simulator), { source: 'feeder-duplex', dpi: 200, colour: 'grey' });
      expect(simulator.lastSettings()).toContain('<scan:Duplex>true</scan:Duplex>');
      expect(simulator.lastSettings()).toContain('<scan:XResolution>300</scan:XResolution>');
      expect(simulator.lastSettings()).toContain('Grayscale8');
    }));

  describe('over TLS', () => {
    const certificate = async () => {
      const made = await generate([{ name: 'commonName', value: 'scanner.local' }], { keySize: 2048 });
      return { key: made.private, cert: made.cert };
    };

    it('trusts the certificate seen first, and refuses a machine with another one', async () => {
      const pins = memoryPins();
      const logged: string[] = [];
      const logger = { log: (event: string) => void logged.push(event) };
      const simulator = await startEsclSimulator([page], { tls: await certificate() });
      const scanner = scannerOf(simulator, { pins, pinnedAs: 'BRN001.local', logger });
      expect((await runScan(scanner)).at(-1)).toMatchObject({ kind: 'ended', pages: 1 });
      expect((await runScan(scanner)).at(-1)).toMatchObject({ kind: 'ended', pages: 1 });
      expect(await pins.read('BRN001.local')).toMatch(/^[0-9a-f]{64}$/);

      const other = await startEsclSimulator([page], { tls: await certificate() });
      const impostor = scannerOf(other, { pins, pinnedAs: 'BRN001.local', logger });
      expect(await impostor.describe()).toMatchObject({ ok: false, error: { code: 'denied' } });
      expect((await runScan(impostor)).at(-1)).toMatchObject({ kind: 'failed', fault: { code: 'denied' } });
      expect(other.seen).toEqual([]);
      expect(logged).toEqual(['scanner.certificate-remembered', 'scanner.certificate-changed']);
      // The machine itself is still trusted, at any address.
      expect((await scanner.describe()).ok).toBe(true);
      await Promise.all([simulator.stop(), other.stop()]);
    });

    it('follows a machine that moves from http to https', async () => {
      const pins = memoryPins();
      const maker: EsclMaker = { name: 'HP OfficeJet Pro 9012e series', movesToTls: true };
      const secure = await startEsclSimulator([page, page], { maker, tls: await certificate() });
      const plain = await startEsclSimulator([page], { maker, tlsPort: secure.port });
      const events = await runScan(scannerOf(plain, { pins }), { source: 'feeder' });
      expect(events.at(-1)).toMatchObject({ kind: 'ended', pages: 2 });
      expect(plain.seen).toEqual(['GET /eSCL/ScannerCapabilities']);
      expect(await pins.read(`127.0.0.1:${secure.port}`)).toBeDefined();
      await Promise.all([secure.stop(), plain.stop()]);
    });
  });
});

/** Sheets that differ in colour and height, so that they can be told apart. */
const pile = async (count: number): Promise<readonly Uint8Array[]> =>
  Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const grey = { r: 40 * i + 20, g: 120, b: 200 };
      return new Uint8Array(
        await sharp({ create: { width: 300, height: 400 + i, channels: 3, background: grey } })
          .jpeg()
          .toBuffer(),
      );
    }),
  );
const heights = async (events: readonly ScanEvent[]): Promise<readonly number[]> =>
  Promise.all(
    events.flatMap((event) =>
      event.kind === 'page'
        ? [
            sharp(event.page.image.bytes)
              .metadata()
              .then(({ height }) => height),
          ]
        : [],
    ),
  );

const made = async (maker: EsclMaker, act: (simulator: EsclSimulator) => Promise<void>): Promise<void> => {
  const simulator = await startEsclSimulator(await pile(5), { maker });
  try {
    await act(simulator);
  } finally {
    await simulator.stop();
  }
};

// In parallel, because these tests mostly wait.
describe.concurrent.each(MAKERS)('escl, as $name', (maker) => {
  it('gives all five sheets, complete and in order, and leaves no job open', () =>
    made(maker, async (simulator) => {
      const scanner = scannerOf(simulator, { pageTimeoutMs: 20_000 });
      const events = await runScan(scanner, { source: 'feeder', dpi: 300 });
      expect(events.at(-1)).toEqual({ kind: 'ended', pages: 5, cancelled: false });
      expect(await heights(events)).toEqual([400, 401, 402, 403, 404]);
      expect(simulator.openJobs()).toBe(0);
    }));

  it('gives the page on the glass', () =>
    made(maker, async (simulator) => {
      const events = await runScan(scannerOf(simulator, { pageTimeoutMs: 20_000 }), { dpi: 300 });
      expect(events.at(-1)).toEqual({ kind: 'ended', pages: 1, cancelled: false });
      expect(simulator.openJobs()).toBe(0);
    }));

  it.each(['truncated', 'cut', 'nonsense'] as const)(
    'reports a third page that is %s, and keeps the first two',
    (misbehave) =>
      made(maker, async (simulator) => {
        Object.assign(simulator.scene, { misbehave, misbehavesFrom: 3 });
        const events = await runScan(scannerOf(simulator, { pageTimeoutMs: 20_000 }), { source: 'feeder' });
        expect(events.at(-1)).toMatchObject({
          kind: 'failed',
          fault: { code: misbehave === 'nonsense' ? 'garbled' : 'unplugged' },
        });
        expect(await heights(events)).toEqual([400, 401]);
        expect(simulator.openJobs()).toBe(0);
      }),
  );
});

describe('escl, with machines that report wrongly', () => {
  const lost: readonly (readonly [string, EsclMaker])[] = [
    ['counts five and gives two', { name: 'NAPS2 server', jobs: 'counted', givesOnly: 2 }],
    [
      'ends its job while the feeder still pulls sheets through',
      {
        name: 'EPSON WF-2930 Series',
        givesOnly: 1,
        jobs: 'counted',
        adf: { running: 'ScannerAdfLoaded', empty: 'ScannerAdfProcessing' },
      },
    ],
    [
      'says nothing more while sheets are left',
      { name: 'Nobody', givesOnly: 2, adf: { running: 'ScannerAdfLoaded', empty: 'ScannerAdfLoaded' } },
    ],
  ];
  it.each(lost)('a machine that %s: reports a fault and keeps the pages received', (what, maker) =>
    made(maker, async (simulator) => {
      if (what.startsWith('counts')) simulator.scene.countsAll = true;
      const events = await runScan(scannerOf(simulator, { pageTimeoutMs: 4_000 }), { source: 'feeder' });
      expect(events.at(-1)).toMatchObject({ kind: 'failed', fault: { code: 'no-answer' } });
      expect(events.filter(({ kind }) => kind === 'page').length).toBe(maker.givesOnly);
    }),
  );

  it.each([
    ['after the second of five sheets', 2],
    ['after the last sheet', 5],
  ])('a machine whose status is lost for good %s: reports a fault and keeps the pages received', (_, sheets) =>
    made({ name: 'Nobody', givesOnly: sheets, statusLost: { afterMs: 0, from: sheets } }, async (simulator) => {
      const events = await runScan(scannerOf(simulator, { pageTimeoutMs: 4_000 }), { source: 'feeder' });
      expect(events.at(-1)).toMatchObject({ kind: 'failed', fault: { code: 'no-answer' } });
      expect(events.filter(({ kind }) => kind === 'page').length).toBe(sheets);
      expect(simulator.openJobs()).toBe(0);
    }),
  );

  it('checks first whether the feeder is empty, when the machine would jam on it', () =>
    made({ name: 'Canon MF410 Series', jamsWhenEmpty: true }, async (simulator) => {
      simulator.scene.adfState = 'ScannerAdfEmpty';
      const events = await runScan(scannerOf(simulator), { source: 'feeder' });
      expect(events).toMatchObject([{ kind: 'failed', fault: { code: 'feeder-empty' } }]);
      expect(simulator.jobHosts).toEqual([]);
    }));

  it('uses a supported resolution when the requested one is unknown, and its pages have that dpi', () =>
    made({ name: 'Canon iR2625/2630' }, async (simulator) => {
      const events = await runScan(scannerOf(simulator), { dpi: 600 });
      expect(events.find((event) => event.kind === 'page')).toMatchObject({ page: { dpi: 300 } });
      expect(simulator.lastSettings()).toContain('<scan:XResolution>300</scan:XResolution>');
    }));

  it('sends a special Host header only to the machines that need it', async () => {
    const hosts: (string | undefined)[] = [];
    const listening =
      (name: string): EsclScannerDeps['http'] =>
      async ({ method, url, headers }) => {
        if (method === 'POST') hosts.push(headers?.['host']);
        const body = url.endsWith('Capabilities') ? Buffer.from(capabilitiesXml({ name })) : Buffer.alloc(0);
        return { ok: true, value: { status: method === 'POST' ? 403 : 200, headers: {}, body } };
      };
    for (const name of ['HP LaserJet MFP M630', 'EPSON ET-3750 Series', 'OKI MC853'])
      await runScan(createEsclScanner({ http: listening(name), clock: systemClock, baseUrl: 'http://192.0.2.7/eSCL' }));
    expect(hosts).toEqual(['localhost', '192.0.2.7:80', undefined]);
  });
});

const airscan = (await run('sh', ['-c', 'ls /usr/lib/*/sane/libsane-airscan.so.1'], { timeoutMs: 5_000 })).ok;
if (!airscan)
  console.warn('SKIPPED: sane-airscan is not installed; the eSCL simulator was not checked by another client');

/** sane-airscan, configured with this simulator as its only device. */
const seenByAirscan = async (simulator: EsclSimulator) => {
  const config = await mkdtemp(join(tmpdir(), 'airscan-'));
  await writeFile(join(config, 'dll.conf'), 'airscan\n');
  await writeFile(
    join(config, 'airscan.conf'),
    `[devices]\nSim = ${simulator.baseUrl}, eSCL\n[options]\ndiscovery = disable\n`,
  );
  const env = { SANE_CONFIG_DIR: config };
  const found = await findSaneScanners({ run, env });
  const fixture = await saneFixture({ device: found.ok ? (found.value[0]?.address ?? '') : '', env });
  return { found, fixture, stop: () => Promise.all([fixture.stop(), rm(config, { recursive: true })]) };
};

/** Machines for which sane-airscan 0.99.35 gets another number of pages than we do. */
const AIRSCAN_DIFFERS: Readonly<Record<string, readonly number[]>> = {
  // It pauses for half the time of the last page, which is nearly zero here (sane-airscan issue 39).
  'Brother MFC-L2710DW series': [1],
  'Brother MFC-L2750DW series': [1],
  // A status that it cannot read ends its scan. On a busy machine it asks a sheet later.
  'Made-up, whose status is lost while it pulls a sheet': [1, 2],
  // It treats 404 and 410 as the end, but the first page is only not ready yet.
  'Xerox VersaLink B405': [0],
  'Xerox WorkCentre 6515': [0],
  // It requires a list of resolutions or its own form of a range, of which it reads only one half.
  'Made-up, with a range of resolutions': [0],
  'Made-up, with a range in another notation': [0],
  'Made-up, without resolutions': [0],
  // Its JPEG decoder refuses a picture without a height.
  'Made-up, with the height at the end of the JPEG': [0],
};

describe.runIf(airscan)('the simulator, used by sane-airscan', () => {
  it('is found and scanned from, glass and feeder', async () => {
    const simulator = await startEsclSimulator([page, page, page]);
    const seen = await seenByAirscan(simulator);
    expect(seen.found).toMatchObject({ ok: true, value: [{ kind: 'sane', name: expect.stringContaining('Sim') }] });
    const glass = await runScan(seen.fixture.scanner);
    expect(glass.at(-1)).toEqual({ kind: 'ended', pages: 1, cancelled: false });
    const feeder = await runScan(seen.fixture.scanner, { source: 'feeder' });
    expect(feeder.at(-1)).toEqual({ kind: 'ended', pages: 3, cancelled: false });
    expect(simulator.openJobs()).toBe(0);
    await Promise.all([seen.stop(), simulator.stop()]);
  });

  it.each(MAKERS)('as $name: gives sane-airscan the expected number of five sheets', async (maker) => {
    const simulator = await startEsclSimulator(await pile(5), { maker });
    const seen = await seenByAirscan(simulator);
    const events = await runScan(seen.fixture.scanner, { source: 'feeder' });
    const pages = events.filter(({ kind }) => kind === 'page').length;
    expect(AIRSCAN_DIFFERS[maker.name] ?? [5]).toContain(pages);
    await Promise.all([seen.stop(), simulator.stop()]);
  });
});
