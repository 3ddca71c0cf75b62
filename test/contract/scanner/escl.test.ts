/** The eSCL adapter against the simulator over real HTTP; and the simulator against an independent client. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { createEsclScanner, type EsclScannerDeps } from '../../../main/devices/escl/escl-scanner.ts';
import { findSaneScanners } from '../../../main/devices/sane/find-sane-scanners.ts';
import type { ScannerFaultCode } from '../../../main/devices/scanner.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { systemHttp } from '../../../main/platform/http.ts';
import { run } from '../../../main/platform/run.ts';
import { startEsclSimulator, type EsclSimulator } from '../../harness/scanning/escl-simulator.ts';
import { saneStage } from '../../harness/scanning/sane-stage.ts';
import { play, scannerSuite } from './suite.ts';

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
  async ({ sheets, fault, slow }) => {
    const simulator = await startEsclSimulator(Array.from({ length: sheets ?? 1 }, () => page));
    if (fault) setFault(simulator, fault);
    if (slow) simulator.scene.pieceDelayMs = 20;
    return {
      scanner: scannerOf(simulator, slow ? { pageTimeoutMs: 20_000 } : {}),
      stop: simulator.stop,
      // A job left open would keep the machine busy for the next person.
      leftovers: async () => Array.from({ length: simulator.openJobs() }, () => 'open job'),
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
  it('waits while the lamp moves', () =>
    on(async (simulator) => {
      simulator.scene.notYetTimes = 1;
      expect((await play(scannerOf(simulator, { pageTimeoutMs: 5_000 }))).at(-1)).toMatchObject({
        kind: 'ended',
        pages: 1,
      });
    }));

  it('asks again when the machine is busy for a moment', () =>
    on(async (simulator) => {
      simulator.scene.busyTimes = 2;
      expect((await play(scannerOf(simulator))).at(-1)).toMatchObject({ kind: 'ended', pages: 1 });
    }));

  it('notices a picture that was cut inside the machine', () =>
    on(async (simulator) => {
      simulator.scene.misbehave = 'truncated';
      expect((await play(scannerOf(simulator))).at(-1)).toMatchObject({ kind: 'failed', fault: { code: 'unplugged' } });
    }));

  it('follows the job on the machine it knows, whatever host the answer names', () =>
    on(async (simulator) => {
      simulator.scene.misbehave = 'gone-host';
      expect((await play(scannerOf(simulator))).at(-1)).toMatchObject({ kind: 'ended', pages: 1 });
    }));

  it('says garbled for what is not eSCL', () =>
    on(async (simulator) => {
      simulator.scene.garbledCapabilities = true;
      expect(await scannerOf(simulator).describe()).toMatchObject({ ok: false, error: { code: 'garbled' } });
    }));

  it('says not found when nobody is there', async () => {
    const simulator = await startEsclSimulator([page]);
    await simulator.stop();
    expect(await scannerOf(simulator).status()).toMatchObject({ kind: 'fault', fault: { code: 'not-found' } });
  });

  it('asks for both sides, in the resolution the machine has', () =>
    on(async (simulator) => {
      await play(scannerOf(simulator), { source: 'feeder-duplex', dpi: 200, colour: 'grey' });
      expect(simulator.lastSettings()).toContain('<scan:Duplex>true</scan:Duplex>');
      expect(simulator.lastSettings()).toContain('<scan:XResolution>300</scan:XResolution>');
      expect(simulator.lastSettings()).toContain('Grayscale8');
    }));

  it('speaks TLS to a machine that signed its own certificate, and refuses another one when it is pinned', async () => {
    const made = await generate([{ name: 'commonName', value: 'scanner.local' }], { keySize: 2048 });
    const simulator = await startEsclSimulator([page], { key: made.private, cert: made.cert });
    expect((await play(scannerOf(simulator))).at(-1)).toMatchObject({ kind: 'ended', pages: 1 });
    expect(await scannerOf(simulator, { certificateSha256: '0'.repeat(64) }).describe()).toMatchObject({
      ok: false,
      error: { code: 'denied' },
    });
    await simulator.stop();
  });
});

const airscan = (await run('sh', ['-c', 'ls /usr/lib/*/sane/libsane-airscan.so.1'], { timeoutMs: 5_000 })).ok;
if (!airscan)
  console.warn('SKIPPED: sane-airscan is not installed; the eSCL simulator was not checked by another client');

describe.runIf(airscan)('the simulator, seen by sane-airscan', () => {
  it('is found and scanned from', async () => {
    const simulator = await startEsclSimulator([page, page, page]);
    const config = await mkdtemp(join(tmpdir(), 'airscan-'));
    await writeFile(join(config, 'dll.conf'), 'airscan\n');
    await writeFile(
      join(config, 'airscan.conf'),
      `[devices]\nSim = ${simulator.baseUrl}, eSCL\n[options]\ndiscovery = disable\n`,
    );
    const env = { SANE_CONFIG_DIR: config };
    const found = await findSaneScanners({ run, env });
    expect(found).toMatchObject({ ok: true, value: [{ kind: 'sane', name: expect.stringContaining('Sim') }] });
    const stage = await saneStage({ device: found.ok ? found.value[0]!.address : '', env });
    const glass = await play(stage.scanner);
    expect(glass.at(-1)).toEqual({ kind: 'ended', pages: 1, cancelled: false });
    const feeder = await play(stage.scanner, { source: 'feeder' });
    expect(feeder.at(-1)).toEqual({ kind: 'ended', pages: 3, cancelled: false });
    expect(simulator.openJobs()).toBe(0);
    await Promise.all([stage.stop(), simulator.stop(), rm(config, { recursive: true })]);
  });
});
