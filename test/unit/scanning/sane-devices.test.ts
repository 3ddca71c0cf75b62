/** The options that we set on drivers of real machines, based on option lists published by their owners. */
import { describe, expect, it } from 'vitest';
import { createOptionReader } from '../../../main/devices/sane/option-reader.ts';
import { readOptionList } from '../../../main/devices/sane/option-list.ts';
import { modeWords } from '../../../main/devices/sane/options.ts';
import { planScan } from '../../../main/devices/sane/scan-arguments.ts';
import type { ScanSettings, ScanSource } from '../../../main/devices/scanner.ts';
import type { Run } from '../../../main/platform/run.ts';
import { printOptions, standIn } from '../../harness/scanning/scanimage-stand-in.ts';
import { saneDevices, type SaneDevice } from '../../harness/scanning/sane-devices.ts';

const a4: ScanSettings = {
  source: 'flatbed',
  colour: 'colour',
  dpi: 300,
  widthMm: 210,
  heightMm: 297,
  maxPages: 50,
};

const named = saneDevices.map((device) => ({ name: `${device.make} ${device.model} (${device.driver})`, device }));

const readerOf = (device: SaneDevice) => {
  const asked: (readonly string[])[] = [];
  const run: Run = async (_program, args) => {
    const chosen = args.slice(2, -1);
    asked.push(chosen);
    return { ok: true, value: { stdout: Buffer.from(standIn(device, chosen).listing), stderr: '' } };
  };
  const deps = { run, program: 'scanimage', env: {}, device: 'dev', extra: [] };
  return { reader: createOptionReader(deps), asked };
};

const sourcesOf = (device: SaneDevice) => Object.keys(device.expect) as ScanSource[];
const described = async (device: SaneDevice) => {
  const answer = await readerOf(device).reader.describe();
  if (!answer.ok) throw new Error('not described');
  return answer.value;
};
const planOf = async (device: SaneDevice, settings: ScanSettings) => {
  const options = await readerOf(device).reader.optionsFor(settings);
  if (!options.ok) throw new Error('not learnt');
  return planScan(settings, options.value);
};

/** The largest area of this driver for the chosen source, including the sheet size that extends it. */
const furthest = (device: SaneDevice, source: string, names: readonly string[]): number => {
  const { listing } = standIn(device, /^--source=.*?(?= --| -x|$)/.exec(source)?.slice(0, 1) ?? []);
  const options = readOptionList(listing);
  return Math.max(
    ...names.map((name) => {
      const option = options.get(name);
      return option?.kind === 'range' && option.state === 'active' && option.unit === 'mm' ? option.max : 0;
    }),
  );
};

describe('the drivers of real machines', () => {
  it('are many, of many makers', () => {
    expect(saneDevices.length).toBeGreaterThanOrEqual(40);
    expect(new Set(saneDevices.map(({ driver }) => driver)).size).toBeGreaterThanOrEqual(20);
    expect(new Set(named.map(({ name }) => name)).size).toBe(named.length);
  });

  it.each(named)('$name: every option is read as it is printed', ({ device }) => {
    const read = readOptionList(printOptions('dev', device.options));
    for (const [name, fact] of Object.entries(device.options)) {
      if (name.includes(' ')) continue; // a plustek button, printed with its number behind a space
      const option = read.get(name);
      const state = fact.state === 'hardware' || fact.state === 'read-only' ? 'fixed' : (fact.state ?? 'active');
      expect(option?.state, name).toBe(state === 'advanced' ? 'active' : state);
      if (fact.is !== undefined && 'words' in fact) expect(option?.current, name).toBe(String(fact.is));
      if ('words' in fact) expect(option, name).toMatchObject({ kind: 'words', words: fact.words });
      if ('list' in fact) expect(option, name).toMatchObject({ kind: 'list', numbers: fact.list });
      if ('switch' in fact) expect(option, name).toMatchObject({ kind: 'switch' });
      if ('range' in fact)
        expect(option, name).toMatchObject({
          kind: 'range',
          min: fact.range[0],
          max: fact.range[1],
          step: fact.step ?? 0,
          unit: fact.unit ?? '',
        });
    }
  });

  it.each(named)('$name: offers the ways of scanning that it has', async ({ device }) => {
    expect((await described(device)).sources).toEqual(sourcesOf(device));
  });

  describe.each(named)('$name', ({ device }) => {
    it.each(Object.entries(device.expect))('an A4 page in colour at 300 dpi, %s', async (source, expected) => {
      const plan = await planOf(device, { ...a4, source: source as ScanSource });
      expect(plan.args.join(' ')).toBe(expected);
      expect(plan.dpi).toBe(300);
    });

    it.each(Object.entries(device.expect))('is never rounded, refused nor undone, %s', async (source, expected) => {
      const plan = await planOf(device, { ...a4, source: source as ScanSource });
      const { complaints, values } = standIn(device, plan.args);
      expect(complaints).toEqual([]);
      if (device.options['resolution']?.state === undefined && device.options['resolution'])
        expect(values.get('resolution')).toBe('300');
      const mode = device.options['mode'];
      if (mode && 'words' in mode)
        expect(values.get('mode')).toBe(
          modeWords({ kind: 'words', name: 'mode', state: 'active', current: '', words: mode.words }).colour,
        );
      // No less than the machine can, but for a step of its own scale (0.1 mm): pages of some makers were cut.
      for (const [names, wanted] of [
        [['x', 'page-width', 'pagewidth'], 210],
        [['y', 'page-height', 'pageheight'], 297],
      ] as const) {
        const most = furthest(device, expected, names);
        const set = names.map((name) => values.get(name)).filter((value) => value !== undefined);
        if (most > 0) expect(Math.min(...set.map(Number))).toBeGreaterThan(Math.min(wanted, most) - 0.1);
      }
    });
  });

  it('are opened once when nothing changes, and once for each way of scanning after that', async () => {
    const brother = saneDevices.find(({ model }) => model === 'MFC-9342CDW')!;
    const { reader, asked } = readerOf(brother);
    await reader.describe();
    await reader.optionsFor({ ...a4, source: 'feeder' });
    expect(asked).toEqual([[]]);
    await reader.optionsFor(a4);
    await reader.optionsFor(a4);
    expect(asked).toEqual([[], ['--source=FlatBed']]);
    reader.forget();
    await reader.describe();
    expect(asked.length).toBe(3);
  });

  it('in grey, get their grey of 8 bits and never a dithered one', async () => {
    const greys = await Promise.all(
      saneDevices.map(async (device) => {
        const source = sourcesOf(device)[0]!;
        return (await planOf(device, { ...a4, source, colour: 'grey' })).args.find((arg) => /mode=|gray=/.test(arg));
      }),
    );
    expect([...new Set(greys)].sort()).toEqual([
      '--gray=yes',
      '--mode=Gray',
      '--mode=Grayscale',
      '--mode=Grayscale - 256 Levels',
      '--mode=True Gray',
      undefined,
    ]);
  });
});

describe('a driver unlike all of these', () => {
  const plan = (text: string, over: Partial<ScanSettings> = {}) =>
    planScan({ ...a4, ...over }, readOptionList(text)).args;

  it('measures in pixels', () => {
    expect(
      plan('    --resolution 300|600dpi [300]\n    -x 0..2550pel [2550]\n    -y 0..3508pel (in steps of 4) [3508]\n'),
    ).toEqual(['--resolution=300', '-x', '2480.315', '-y', '3508']);
  });

  it('has resolutions in words, in steps, or apart for both directions', () => {
    expect(plan('    --resolution Low 150 dpi|300 dpi|600 dpi [300 dpi]\n')).toEqual(['--resolution=300 dpi']);
    expect(plan('    --resolution 75..600dpi (in steps of 75) [75]\n', { dpi: 200 })).toEqual(['--resolution=225']);
    expect(plan('    --x-resolution 100..600dpi [100]\n    --y-resolution 100|200|400dpi [100]\n')).toEqual([
      '--x-resolution=300',
      '--y-resolution=400',
    ]);
  });

  it('has a fixed resolution, which is used', () => {
    const fixed = planScan(a4, readOptionList('    --resolution 200dpi [200] [read-only]\n'));
    expect(fixed).toEqual({ dpi: 200, args: [] });
  });

  it('knows only formats by name', () => {
    expect(plan('    --scan-area Letter/Portrait|ISO/A4/Portrait|Maximum [Maximum]\n')).toEqual([
      '--scan-area=ISO/A4/Portrait',
    ]);
  });

  it('starts away from the corner, waits for a button, scans 16 bits', () => {
    expect(
      plan(
        '    --wait-for-button[=(yes|no)] [yes]\n    --depth 8|16bit [16]\n    -l 0..210mm [5]\n    -x 0..210mm [200]\n    -y 0..297mm [200]\n',
      ),
    ).toEqual(['--depth=8', '--wait-for-button=no', '-l', '0', '-x', '210', '-y', '297']);
  });

  it('has brackets of its own in the words and in the value', () => {
    const list = readOptionList(
      '    --source Glass [flat]|ADF [left]|ADF [left, both sides] Duplex [ADF [left]] [advanced]\n',
    );
    expect(list.get('source')).toEqual({
      kind: 'words',
      name: 'source',
      state: 'active',
      current: 'ADF [left]',
      words: ['Glass [flat]', 'ADF [left]', 'ADF [left, both sides] Duplex'],
    });
  });

  it('was left in duplex mode by another program', () => {
    expect(plan('    --source Flatbed|ADF [ADF]\n    --duplex[=(yes|no)] [yes]\n', { source: 'feeder' })).toEqual([
      '--source=ADF',
      '--duplex=no',
    ]);
  });
});
