/** The SANE adapter against the real `scanimage` and SANE's `test` and `pnm` devices. */
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ScannerFaultCode } from '../../../main/devices/scanner.ts';
import { readOptionList } from '../../../main/devices/sane/option-list.ts';
import type { SaneScannerDeps } from '../../../main/devices/sane/sane-scanner.ts';
import { run, spawnProcess } from '../../../main/platform/run.ts';
import { standIn } from '../../harness/scanning/scanimage-stand-in.ts';
import type { SaneDevice } from '../../harness/scanning/sane-devices.ts';
import { saneFixture } from '../../harness/scanning/sane-fixture.ts';
import { runScan, scannerSuite, settings } from './suite.ts';

const present = (await run('scanimage', ['--version'], { timeoutMs: 10_000 })).ok;
if (!present) console.warn('SKIPPED: scanimage is not installed (sane-utils); the SANE adapter was not tested');

const RETURNS: Partial<Record<ScannerFaultCode, string>> = {
  busy: 'SANE_STATUS_DEVICE_BUSY',
  jam: 'SANE_STATUS_JAMMED',
  'cover-open': 'SANE_STATUS_COVER_OPEN',
  unplugged: 'SANE_STATUS_IO_ERROR',
  'feeder-empty': 'SANE_STATUS_NO_DOCS',
  denied: 'SANE_STATUS_ACCESS_DENIED',
  'too-large': 'SANE_STATUS_NO_MEM',
  unsupported: 'SANE_STATUS_UNSUPPORTED',
};

/** SANE's `test` device, described like the published drivers. */
const TEST_DEVICE: SaneDevice = {
  make: 'SANE',
  model: 'test',
  driver: 'test',
  source: 'the program itself',
  options: {
    mode: { words: ['Gray', 'Color'], is: 'Gray' },
    depth: { list: [1, 8, 16], is: 8 },
    'hand-scanner': { switch: 'no' },
    'three-pass': { switch: 'no', state: 'inactive' },
    'three-pass-order': { words: ['RGB', 'RBG', 'GBR', 'GRB', 'BRG', 'BGR'], state: 'inactive' },
    resolution: { range: [1, 1200], unit: 'dpi', step: 1, is: 50 },
    source: { words: ['Flatbed', 'Automatic Document Feeder'], is: 'Flatbed' },
    'test-picture': { words: ['Solid black', 'Solid white', 'Color pattern', 'Grid'], is: 'Solid black' },
    'print-options': { button: true },
    l: { range: [0, 200], unit: 'mm', step: 1, is: 0 },
    t: { range: [0, 200], unit: 'mm', step: 1, is: 0 },
    x: { range: [0, 200], unit: 'mm', step: 1, is: 80 },
    y: { range: [0, 200], unit: 'mm', step: 1, is: 100 },
    'bool-soft-select-soft-detect-auto': { switch: 'no', auto: true, state: 'inactive' },
    int: { free: '<int>', state: 'inactive' },
    'fixed-constraint-word-list': { list: [-32.7, 12.1, 42, 129.5], state: 'inactive' },
  },
  under: [],
  expect: {},
};

const hearing =
  (heard: string[]): SaneScannerDeps['spawn'] =>
  (program, args, options) => {
    const child = spawnProcess(program, args, options);
    child.stderr?.on('data', (chunk: Buffer) => heard.push(chunk.toString('utf8')));
    return child;
  };

describe.runIf(present)('with the real scanimage', () => {
  scannerSuite(
    'sane',
    async ({ fault, slow, absent }) => {
      if (absent) return saneFixture({ device: 'nothing:here' });
      const options: Record<string, string> = { 'test-picture': 'Color pattern' };
      if (fault) options['read-return-value'] = RETURNS[fault]!;
      if (slow) Object.assign(options, { 'read-delay': 'yes', 'read-delay-duration': '60000' });
      return saneFixture({ options });
    },
    {
      feeder: 10,
      faults: Object.keys(RETURNS) as ScannerFaultCode[],
      cannot: {
        repair: 'SANE’s test device fails at each scan or at none',
        death: 'SANE’s test device can’t go away; a program that does is played below',
      },
    },
  );

  it('reads a picture with every sample unchanged', async () => {
    const fixture = await saneFixture({});
    const picture = join(fixture.folder, 'page.ppm');
    const pixels = Buffer.from(Array.from({ length: 120 * 90 * 3 }, (_, i) => (i * 7) & 255));
    await writeFile(picture, Buffer.concat([Buffer.from('P6\n# a page\n120 90\n255\n'), pixels]));
    const real = await saneFixture({ device: 'pnm:0', options: { filename: picture } });
    const events = await runScan(real.scanner);
    const page = events.find((event) => event.kind === 'page')!.page;
    expect(page.image).toMatchObject({ format: 'raw', width: 120, height: 90, channels: 3 });
    expect(Buffer.from(page.image.bytes).equals(pixels)).toBe(true);
    await Promise.all([fixture.stop(), real.stop()]);
  });

  it('handles odd read sizes and a driver that does not know its height', async () => {
    const fixture = await saneFixture({
      options: { 'hand-scanner': 'yes', 'read-limit': 'yes', 'read-limit-size': '613', 'fuzzy-parameters': 'yes' },
    });
    const events = await runScan(fixture.scanner);
    expect(events.at(-1)).toEqual({ kind: 'ended', pages: 1, cancelled: false });
    await fixture.stop();
  });

  it('passes no option value that SANE rounds, ignores or refuses', async () => {
    const heard: string[] = [];
    const fixture = await saneFixture({ spawn: hearing(heard) });
    const events = await runScan(fixture.scanner, {
      source: 'feeder',
      dpi: 300,
      widthMm: 80,
      heightMm: 100,
      maxPages: 2,
    });
    expect(events.at(-1)).toMatchObject({ kind: 'ended', pages: 2 });
    const page = events.find((event) => event.kind === 'page')!.page;
    expect(page).toMatchObject({ dpi: 300, image: { channels: 3, width: 944, height: 1181 } });
    expect(heard.join('')).not.toMatch(/rounded|attempted|failed/);
    await fixture.stop();
  });

  it('lists and applies options exactly as our stand-in does', async () => {
    const program = async (args: readonly string[]) => {
      const answer = await run('scanimage', ['-d', 'test', ...args, '-A'], { timeoutMs: 10_000, env: { LC_ALL: 'C' } });
      const output = answer.ok ? answer.value : answer.error.kind === 'exit' ? answer.error.output : undefined;
      return { listing: output?.stdout.toString('utf8') ?? '', stderr: output?.stderr ?? '' };
    };
    const known = new Set(Object.keys(TEST_DEVICE.options));
    const lines = (listing: string) =>
      listing.split('\n').filter((line) => known.has(/^ {4}--?([\w-]+)/.exec(line)?.[1] ?? ''));
    const real = await program([]);
    expect(lines(standIn(TEST_DEVICE, []).listing)).toEqual(lines(real.listing));
    for (const args of [
      ['--mode=Color', '--resolution=300', '-x', '100', '-y', '150'],
      ['--source=Automatic Document Feeder', '--depth=16'],
      // Values that SANE changes or refuses.
      ['--resolution=5000'],
      ['--three-pass=yes'],
      ['--mode=Colour'],
    ]) {
      const ours = standIn(TEST_DEVICE, args);
      const theirs = await program(args);
      for (const complaint of ours.complaints) expect(theirs.stderr).toContain(complaint.replace(/ from .*/, ''));
      expect(/rounded|attempted|failed/.test(theirs.stderr)).toBe(ours.complaints.length > 0);
      if (theirs.listing === '') continue; // scanimage aborted on an invalid value
      const [mine, its] = [readOptionList(ours.listing), readOptionList(theirs.listing)];
      for (const name of ['mode', 'source', 'resolution', 'x', 'y'])
        expect(mine.get(name)?.current, name).toBe(its.get(name)?.current);
    }
  });

  it('refuses a page over the size limit, without reading it', async () => {
    const fixture = await saneFixture({ maxPageBytes: 10_000 });
    expect((await runScan(fixture.scanner)).at(-1)).toMatchObject({ kind: 'failed', fault: { code: 'too-large' } });
    expect(await fixture.leftovers()).toEqual([]);
    await fixture.stop();
  });
});

describe('with a scanimage that misbehaves', () => {
  const OPTIONS =
    '    --resolution 75..300dpi [75]\n    --mode Gray|Color [Gray]\n    --source Flatbed|ADF [Flatbed]\n';
  /** A program that lists valid options, then runs `act` when asked to scan. `$p` is the first pipe. */
  const impostor = async (act: string) => {
    const fixture = await saneFixture({});
    const program = join(fixture.folder, 'scanimage');
    await writeFile(
      program,
      `#!/bin/sh\nfor a in "$@"; do case "$a" in --all-options) printf '%s' '${OPTIONS}'; exit 0;; --batch=*) p="\${a#--batch=}";; esac; done\np="\${p%\\%d}1.part"\n${act}\n`,
    );
    await chmod(program, 0o755);
    const mine = await saneFixture({ program, stallMs: 700 });
    return { scanner: mine.scanner, leftovers: mine.leftovers, stop: () => Promise.all([fixture.stop(), mine.stop()]) };
  };

  it.each([
    ['is missing', undefined, 'program-missing'],
    ['writes nonsense', 'head -c 5000 /dev/zero > "$p"', 'garbled'],
    ['writes half a page and ends', 'printf "P5\\n100 100\\n255\\n%04000d" 0 > "$p"', 'unplugged'],
    ['is killed at 40 %', '{ printf "P5\\n100 100\\n255\\n%04000d" 0; kill -9 $$; } > "$p"', 'unplugged'],
    ['never writes', 'sleep 30', 'no-answer'],
    ['stops in the middle of a page', '{ printf "P5\\n100 100\\n255\\n%04000d" 0; sleep 30; } > "$p"', 'no-answer'],
    ['ends without a page or a word', 'exit 0', 'garbled'],
    [
      'says that the machine is busy, then hangs while it closes',
      ': > "$p"; echo "scanimage: sane_read: Device busy" >&2; sleep 30',
      'busy',
    ],
    ['announces an absurd size', 'printf "P6\\n99999 99999\\n255\\nxx" > "$p"', 'too-large'],
  ])('says so when it %s', async (_, act, code) => {
    const fixture = act === undefined ? await saneFixture({ program: '/nowhere/scanimage' }) : await impostor(act);
    const events = await runScan(fixture.scanner, settings);
    expect(events.at(-1)).toMatchObject({ kind: 'failed', fault: { code } });
    expect(await fixture.leftovers()).toEqual([]);
    await fixture.stop();
  });

  it('keeps the page of one that hangs while it closes', async () => {
    const fixture = await impostor('printf "P5\\n10 10\\n255\\n%0100d" 0 > "$p"; sleep 30');
    const events = await runScan(fixture.scanner, settings);
    expect(events.at(-1)).toEqual({ kind: 'ended', pages: 1, cancelled: false });
    expect(await fixture.leftovers()).toEqual([]);
    await fixture.stop();
  });
});

describe('with the drivers of real machines, as their owners published them', () => {
  const SHEETS = 5;
  const machine = async (model: string) => {
    const fixture = await saneFixture({});
    const program = join(fixture.folder, 'scanimage');
    const source = new URL('../../harness/scanning/scanimage-program.ts', import.meta.url).pathname;
    await writeFile(program, `#!/bin/sh\nexec '${process.execPath}' '${source}' '${model}' ${SHEETS} "$@"\n`);
    await chmod(program, 0o755);
    const mine = await saneFixture({ program });
    return { ...mine, stop: () => Promise.all([fixture.stop(), mine.stop()]) };
  };
  const a4 = { dpi: 100, widthMm: 210, heightMm: 297 };

  it.each([
    ['MFC-9342CDW', ['flatbed', 'feeder', 'feeder-duplex']],
    ['PSC 1600', ['flatbed']],
    ['Officejet 6200', ['feeder', 'feeder-duplex']],
    ['fi-7260', ['flatbed', 'feeder']],
    ['ScanSnap S1500', ['feeder-duplex']],
    ['ScanSnap, not told which', ['feeder']],
    ['GT-2500', ['feeder-duplex']],
  ] as const)('%s: every page, whole', async (model, sources) => {
    const stage = await machine(model);
    for (const source of sources) {
      const pages = source === 'flatbed' ? 1 : source === 'feeder' ? SHEETS : 2 * SHEETS;
      const events = await runScan(stage.scanner, { ...a4, source });
      expect(events.at(-1), source).toEqual({ kind: 'ended', pages, cancelled: false });
      for (const event of events) {
        if (event.kind !== 'page') continue;
        // An A4 sheet at 100 dpi has 827 × 1169 pixels. Letter, the drivers' default, would have a height of 1100.
        expect(event.page.image).toMatchObject({ format: 'raw', channels: 3, width: 827 });
        if (event.page.image.format === 'raw') expect(event.page.image.height).toBeGreaterThanOrEqual(1169);
      }
    }
    expect(await stage.leftovers()).toEqual([]);
    await stage.stop();
  });
});
