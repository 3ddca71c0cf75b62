import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLineReader, faultOfHresult, parseWiaLine } from '../../../main/devices/wia/parse-wia.ts';
import { createWiaScanner, findWiaScanners } from '../../../main/devices/wia/wia-scanner.ts';
import type { ScanEvent, ScanSettings } from '../../../main/devices/scanner.ts';
import { fail, ok, type Result } from '../../../main/contract/result.ts';
import { silentLogger } from '../../../main/log/logger.ts';
import { outsideArchive } from '../../../main/platform/app-root.ts';
import type { Run, RunFailure, RunOptions, RunOutput } from '../../../main/platform/run.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const script = readFileSync(join(import.meta.dirname, '../../../main/devices/wia/scan.ps1'));
const device = {
  kind: 'device',
  id: '{6BDD1FC6-810F-11D0-BEC7-08002BE2092F}\\0000',
  name: 'HP ScanJet',
  glass: true,
  feeder: true,
  duplex: true,
  dpi: [300, 75, 150],
  widthMil: 8500,
  heightMil: 11690,
};
const a4: ScanSettings = { source: 'feeder', colour: 'grey', dpi: 300, widthMm: 210, heightMm: 297.4, maxPages: 50 };
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const page = (number: number, bytes: Buffer = jpeg) => ({
  kind: 'page',
  number,
  dpi: 300,
  data: bytes.toString('base64'),
});

/**
 * PowerShell as it is where AppLocker holds scripts and trusts ours: its own session is limited, and what it is given
 * by `-File` it takes into that session, which the language of the script forbids (`ValidateCompatibleLanguageMode`,
 * `CommandBase.cs`); what it calls by `&` has a session of its own. What it prints comes in pieces, and it ends when
 * told.
 */
const createFixture = () => {
  const clock = createManualClock();
  const asked: string[][] = [];
  let running: { options: RunOptions; end: (result: Result<RunOutput, RunFailure>) => void } | undefined;
  /** What it will do once it runs. */
  let next: (() => void)[] = [];
  const act = (what: () => void): void => void (running ? what() : next.push(what));
  /** Files that Windows' imaging passes a page through. */
  const passing = new Set<string>();
  const made: string[] = [];
  const run: Run = (program, args, options) => {
    asked.push([program, ...args]);
    // "WIA 1.0 generates a random file name and path for the transferred data", which the program that asked for it
    // deletes: one that is killed does not. It lies where `GetTempPath` says: `TMP`, else `TEMP`, else the account's
    // own.
    const { TMP, TEMP } = options.env ?? {};
    if (args.some((arg) => arg.includes(" -Act 'scan'")))
      passing.add(`${TMP ?? TEMP ?? 'C:/Users/Kiosk/AppData/Local/Temp'}/WIA1F.tmp`);
    if (args.includes('-File')) {
      const stderr = '+ FullyQualifiedErrorId : DotSourceNotSupported,scan.ps1';
      return Promise.resolve(fail({ kind: 'exit', code: 1, output: { stdout: Buffer.alloc(0), stderr } }));
    }
    return new Promise((resolve) => {
      const end = (result: Result<RunOutput, RunFailure>): void => {
        running = undefined;
        resolve(result);
      };
      running = { options, end };
      const abort = (): void => end(fail({ kind: 'aborted' }));
      if (options.signal?.aborted) abort();
      options.signal?.addEventListener('abort', abort, { once: true });
      const now = next;
      next = [];
      for (const what of now) what();
    });
  };
  const files = {
    makeFolder: async (folder: string) => void made.push(folder),
    remove: async (folder: string) =>
      [...passing].filter((one) => one.startsWith(`${folder}/`)).forEach((one) => passing.delete(one)),
  };
  const deps = {
    run,
    clock,
    files,
    folder: '/session/scan',
    powershell: 'C:\\Windows\\powershell.exe',
    script: 'C:\\App\\scan.ps1',
  };
  return {
    clock,
    asked,
    passing,
    made,
    deps,
    scanner: createWiaScanner({ ...deps, device: device.id }),
    print(...lines: readonly (object | string)[]) {
      const bytes = Buffer.from(
        lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\r\n`).join(''),
      );
      act(() => {
        for (let at = 0; at < bytes.length; at += 7) running?.options.onStdout?.(bytes.subarray(at, at + 7));
      });
    },
    end: (result: Result<RunOutput, RunFailure> = ok({ stdout: Buffer.alloc(0), stderr: '' })) =>
      act(() => running?.end(result)),
  };
};
const rest = async (events: AsyncIterator<ScanEvent>): Promise<ScanEvent[]> => {
  const seen: ScanEvent[] = [];
  for (let next = await events.next(); !next.done; next = await events.next()) seen.push(next.value);
  return seen;
};

describe('the lines of our script', () => {
  it('are read, and nothing else', () => {
    expect(parseWiaLine('{"kind":"end","pages":2}')).toEqual({ kind: 'end', pages: 2 });
    expect(parseWiaLine(`\ufeff${JSON.stringify(device)}`)).toEqual(device);
    for (const line of [
      '',
      'WARNING: something',
      '{"kind":"page"}',
      '{"kind":"end","pages":2,"more":1}',
      '{"kind":"fault","hresult":"-2145320957"}',
      '{"kind":"page","number":1,"dpi":300,"data":"not base64!"}',
    ])
      expect(parseWiaLine(line)).toBeUndefined();
  });

  it('are put together out of pieces of any size', () => {
    const lines: string[] = [];
    const read = createLineReader((line) => lines.push(line), 20);
    for (const piece of ['un', '\r\nde', 'ux\n\ntrois', '\n']) expect(read(Buffer.from(piece))).toBe(true);
    expect(lines).toEqual(['un', 'deux', '', 'trois']);
    expect(read(Buffer.alloc(21, 'x'))).toBe(false);
  });

  it('name the faults of Windows as a person meets them', () => {
    const faults = ['0x80210002', '0x80210003', '0x80210004', '0x80210006', '0x8021000D', '0x80210016', '0x8021000A'];
    expect(faults.map((hresult) => faultOfHresult(hresult).code)).toEqual([
      'jam',
      'feeder-empty',
      'jam',
      'busy',
      'busy',
      'cover-open',
      'unplugged',
    ]);
    expect(faultOfHresult('0x80040154').code).toBe('program-missing');
    expect(faultOfHresult('0x12345678')).toMatchObject({ code: 'garbled', detail: '0x12345678' });
  });
});

describe('the script', () => {
  it('is ASCII: Windows PowerShell would read anything else in the code page of the machine', () => {
    expect(Math.max(...script)).toBeLessThan(128);
  });

  it('knows every option that it is given', async () => {
    const { scanner, asked, print, end } = createFixture();
    const events = scanner.scan(a4, new AbortController().signal)[Symbol.asyncIterator]();
    await events.next();
    print({ kind: 'end', pages: 0 });
    end();
    await rest(events);
    const words = asked[0]?.at(-1) ?? '';
    const given = [...words.matchAll(/ -(\w+) '([^']*)'/g)];
    expect(words).toBe(["& 'C:\\App\\scan.ps1'", ...given.map(([one]) => one)].join(''));
    const parameters = script.toString().split('$ErrorActionPreference')[0] ?? '';
    const known = [...parameters.matchAll(/\[(?:string|int)\]\$(\w+)/g)];
    expect(given.map(([, name]) => name)).toEqual(known.map(([, name]) => name));
    expect(given.map(([, , value]) => value)).toContain('297');
  });

  it('is given a name of Windows as a text, whatever stands in it', async () => {
    const { deps, asked, clock } = createFixture();
    const scanner = createWiaScanner({
      ...deps,
      script: "C:\\l'App\\scan.ps1",
      device: '{6BDD1FC6}\\0000\u2019; exit "$x"',
    });
    void scanner.scan(a4, new AbortController().signal)[Symbol.asyncIterator]().next();
    await clock.advance(0);
    const words = asked[0]?.at(-1) ?? '';
    expect(words).toContain("& 'C:\\l''App\\scan.ps1' ");
    expect(words).toContain(` -Device '{6BDD1FC6}\\0000\u2019\u2019; exit "$x"' `);
  });

  it('lies where PowerShell can read it', () => {
    expect(outsideArchive('C:\\App\\resources\\app.asar/dist/scan.ps1')).toBe(
      'C:\\App\\resources\\app.asar.unpacked/dist/scan.ps1',
    );
    expect(outsideArchive('/opt/project/dist/scan.ps1')).toBe('/opt/project/dist/scan.ps1');
  });
});

describe('a scanner of Windows', () => {
  it('says what it has', async () => {
    const { scanner, deps, made, print, end } = createFixture();
    const described = scanner.describe();
    print('Un avertissement', device);
    end();
    expect(await described).toEqual({
      ok: true,
      value: {
        name: 'HP ScanJet',
        sources: ['flatbed', 'feeder', 'feeder-duplex'],
        dpi: { min: 75, max: 300, only: [75, 150, 300] },
        colours: ['colour', 'grey'],
        widthMm: 215,
        heightMm: 296,
      },
    });
    const found = findWiaScanners({ ...deps, logger: silentLogger });
    print(device);
    end();
    expect(await found).toEqual([{ kind: 'wia', address: device.id, name: 'HP ScanJet' }]);
    // No page passes, and a machine is looked for in nobody's session: what the audit would take for a page left
    // behind.
    expect(made).toEqual([]);
  });

  it('is refused and said where a policy limits PowerShell’s language, which makes no automation object there', async () => {
    const { deps, scanner, print, end } = createFixture();
    const log: unknown[] = [];
    const found = findWiaScanners({ ...deps, logger: { log: (...said) => log.push(said) } });
    print({ kind: 'limited', mode: 'ConstrainedLanguage' });
    end();
    expect(await found).toEqual([]);
    expect(log).toEqual([['scanner.wia-refused', { code: 'denied', detail: 'constrained-language' }]]);
    const described = scanner.describe();
    print({ kind: 'limited', mode: 'ConstrainedLanguage' });
    end();
    expect(await described).toMatchObject({ ok: false, error: { code: 'denied', detail: 'constrained-language' } });
    expect(script.indexOf('LanguageMode')).toBeLessThan(script.indexOf('New-Object'));
    expect(script.indexOf('LanguageMode')).toBeLessThan(script.indexOf('[Console]'));
  });

  it('without a glass offers none', async () => {
    const { scanner, print, end } = createFixture();
    const described = scanner.describe();
    print({ ...device, glass: false, duplex: false, dpi: [], widthMil: 0, heightMil: 0 });
    end();
    expect(await described).toMatchObject({
      ok: true,
      value: { sources: ['feeder'], widthMm: 216, dpi: { max: 600 } },
    });
  });

  it('gives each page while the next one is scanned', async () => {
    const { scanner, print, end } = createFixture();
    const events = scanner.scan(a4, new AbortController().signal)[Symbol.asyncIterator]();
    expect((await events.next()).value).toEqual({ kind: 'progress', page: 1, fraction: null });
    print(page(1));
    expect((await events.next()).value).toMatchObject({ kind: 'page', page: { number: 1, image: { format: 'jpeg' } } });
    print(page(2), { kind: 'end', pages: 2 });
    end();
    expect((await rest(events)).map(({ kind }) => kind)).toEqual(['progress', 'page', 'progress', 'ended']);
  });

  it.each([
    ['a fault of the machine', [{ kind: 'fault', hresult: '0x80210016' }], undefined, 'cover-open'],
    ['no end', [page(1)], undefined, 'garbled'],
    ['something that is no picture', [page(1, Buffer.from('BM6'))], undefined, 'garbled'],
    [
      'a policy that lets no script run',
      [],
      {
        kind: 'exit',
        code: 1,
        output: { stdout: Buffer.alloc(0), stderr: '+ FullyQualifiedErrorId : UnauthorizedAccess' },
      },
      'denied',
    ],
    ['no PowerShell', [], { kind: 'missing', program: 'powershell.exe' }, 'program-missing'],
  ] as const)('ends with its fault: %s', async (_, lines, failure, code) => {
    const { scanner, print, end } = createFixture();
    const events = scanner.scan(a4, new AbortController().signal)[Symbol.asyncIterator]();
    await events.next();
    print(...lines);
    end(failure ? fail(failure) : undefined);
    expect((await rest(events)).at(-1)).toMatchObject({ kind: 'failed', fault: { code } });
  });

  it('that says nothing more is given up', async () => {
    const { scanner, clock, print } = createFixture();
    const events = scanner.scan(a4, new AbortController().signal)[Symbol.asyncIterator]();
    await events.next();
    await clock.advance(80_000);
    print(page(1));
    await clock.advance(80_000);
    expect((await events.next()).value).toMatchObject({ kind: 'page' });
    await clock.advance(10_001);
    expect((await rest(events)).at(-1)).toMatchObject({ kind: 'failed', fault: { code: 'no-answer' } });
  });

  it('stops when the person does, and when they leave', async () => {
    const { scanner } = createFixture();
    const cancel = new AbortController();
    const events = scanner.scan(a4, cancel.signal)[Symbol.asyncIterator]();
    await events.next();
    cancel.abort();
    expect(await rest(events)).toEqual([{ kind: 'ended', pages: 0, cancelled: true }]);
    const left = scanner.scan(a4, new AbortController().signal)[Symbol.asyncIterator]();
    await left.next();
    await left.return?.();
  });

  it('leaves no page of theirs behind, stopped or not', async () => {
    const { scanner, clock, asked, passing, print, end } = createFixture();
    const cancel = new AbortController();
    const stopped = scanner.scan(a4, cancel.signal)[Symbol.asyncIterator]();
    await stopped.next();
    await clock.advance(0);
    cancel.abort();
    await rest(stopped);
    const whole = scanner.scan(a4, new AbortController().signal)[Symbol.asyncIterator]();
    await whole.next();
    print(page(1), { kind: 'end', pages: 1 });
    end();
    await rest(whole);
    const silent = scanner.scan(a4, new AbortController().signal)[Symbol.asyncIterator]();
    await silent.next();
    await clock.advance(91_000);
    await rest(silent);
    expect(asked.length).toBe(3);
    expect([...passing]).toEqual([]);
  });

  it('does not scan where the page would lie outside the session', async () => {
    const { deps, asked } = createFixture();
    const full = async () => {
      throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    };
    const scanner = createWiaScanner({ ...deps, files: { ...deps.files, makeFolder: full }, device: device.id });
    const events = scanner.scan(a4, new AbortController().signal)[Symbol.asyncIterator]();
    expect((await rest(events)).at(-1)).toMatchObject({ kind: 'failed', fault: { code: 'garbled', detail: 'ENOSPC' } });
    expect(asked).toEqual([]);
  });
});
