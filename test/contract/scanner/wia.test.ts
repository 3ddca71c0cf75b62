/**
 * The WIA adapter. Its script runs on Windows only: here it is played by a program that prints the same lines, one page
 * after the other, and ends when it is killed.
 */
import { fail, ok } from '../../../main/contract/result.ts';
import type { ScannerFaultCode } from '../../../main/devices/scanner.ts';
import { createWiaScanner } from '../../../main/devices/wia/wia-scanner.ts';
import { pause, systemClock } from '../../../main/platform/clock.ts';
import type { Run } from '../../../main/platform/run.ts';
import { scannerSuite, type Scenario } from './suite.ts';

const device = {
  kind: 'device',
  id: 'wia-1',
  name: 'HP ScanJet',
  glass: true,
  feeder: true,
  duplex: false,
  dpi: [75, 150, 300],
  widthMil: 8500,
  heightMil: 11690,
};
const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(2_000)]);
const HRESULTS: Partial<Record<ScannerFaultCode, string>> = {
  busy: '0x80210006',
  jam: '0x80210002',
  'cover-open': '0x80210016',
  'feeder-empty': '0x80210003',
  unplugged: '0x8021000A',
  denied: '0x80070005',
  unsupported: '0x8021000C',
  'too-large': '0x8007000E',
  'program-missing': '0x80040154',
};
const DELETED = '0x80210009';
const NOT_THERE = '0x80210015';

/** `scans`: how often it was asked for a scan. A slow one does not end by itself at the first time. */
const powershell =
  (machine: Scenario, scans: number): Run =>
  async (_program, args, options) => {
    const words = args.at(-1) ?? '';
    const word = (name: string): string => new RegExp(` -${name} '([^']*)'`).exec(words)?.[1] ?? '';
    const print = (line: object): void => options.onStdout?.(Buffer.from(`${JSON.stringify(line)}\r\n`));
    const killed = options.signal ?? new AbortController().signal;
    const hang = () => new Promise<void>((resolve) => killed.addEventListener('abort', () => resolve()));
    const ended = ok({ stdout: Buffer.alloc(0), stderr: '' });
    const say = (line: object): typeof ended => {
      print(line);
      return ended;
    };
    if (word('Act') === 'list') return machine.absent ? ended : say(device);
    if (machine.absent) return say({ kind: 'fault', hresult: NOT_THERE });
    if (machine.fault === 'garbled') return say({ kind: 'page', number: 1, dpi: 75, data: 'Qk0=' });
    if (machine.fault === 'no-answer') await hang();
    else if (machine.fault) return say({ kind: 'fault', hresult: HRESULTS[machine.fault] });
    const pages = Math.min(Number(word('Pages')), machine.sheets ?? 1);
    for (let number = 1; number <= pages; number += 1) {
      if (machine.slow && scans === 1) await hang();
      await pause(systemClock, 1, killed);
      if (killed.aborted) return fail({ kind: 'aborted' });
      if (machine.dies && number === 2) return say({ kind: 'fault', hresult: DELETED });
      print({ kind: 'page', number, dpi: 75, data: jpeg.toString('base64') });
    }
    return say({ kind: 'end', pages });
  };

scannerSuite(
  'wia',
  async (play) => {
    let machine = play;
    let scans = 0;
    const folders = new Set<string>();
    return {
      scanner: createWiaScanner({
        run: (program, args, options) => {
          if (args.at(-1)?.includes(" -Act 'scan'")) scans += 1;
          return powershell(machine, scans)(program, args, options);
        },
        // A script that hangs is killed after 90 s.
        clock: { ...systemClock, after: (ms, fn) => systemClock.after(play.slow ? ms : ms / 500, fn) },
        files: {
          makeFolder: async (folder) => void folders.add(folder),
          remove: async (folder) => void folders.delete(folder),
        },
        folder: '/session/scan',
        powershell: 'C:\\Windows\\powershell.exe',
        script: 'C:\\App\\scan.ps1',
        device: device.id,
      }),
      stop: async () => undefined,
      leftovers: async () => [...folders],
      repair() {
        const { fault: _fault, ...inOrder } = machine;
        machine = inOrder;
      },
    };
  },
  { feeder: 5, faults: [...(Object.keys(HRESULTS) as ScannerFaultCode[]), 'garbled', 'no-answer'] },
);
