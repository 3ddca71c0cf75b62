/** A scanner that Windows drives (WIA), through one short PowerShell script. Thin on purpose: everything that can be wrong is in `parse-wia.ts`. */
import { fail, ok } from '../../contract/result.ts';
import type { Run } from '../../platform/run.ts';
import { scannerFault, type FoundScanner, type Scanner, type ScannerFault, type ScanSettings } from '../scanner.ts';
import { faultOfHresult, parseWiaLine, type WiaLine } from './parse-wia.ts';

export interface WiaDeps {
  readonly run: Run;
  /** Where `scan.ps1` lies once installed. */
  readonly script: string;
}

const LIST_TIMEOUT_MS = 30_000;
const PAGE_TIMEOUT_MS = 90_000;
const MAX_OUTPUT_BYTES = 600 * 1024 * 1024;

const powershell = async (
  deps: WiaDeps,
  args: readonly string[],
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<readonly WiaLine[] | ScannerFault> => {
  const answer = await deps.run(
    'powershell.exe',
    ['-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-File', deps.script, ...args],
    {
      timeoutMs,
      maxOutputBytes: MAX_OUTPUT_BYTES,
      ...(signal ? { signal } : {}),
    },
  );
  if (!answer.ok) {
    const { kind } = answer.error;
    return scannerFault(
      kind === 'missing'
        ? 'program-missing'
        : kind === 'timeout'
          ? 'no-answer'
          : kind === 'too-much-output'
            ? 'too-large'
            : 'garbled',
      kind,
    );
  }
  return answer.value.stdout
    .toString('utf8')
    .split(/\r?\n/)
    .map(parseWiaLine)
    .filter((line): line is WiaLine => line !== undefined);
};

export const findWiaScanners = async (deps: WiaDeps): Promise<readonly FoundScanner[]> => {
  const lines = await powershell(deps, ['-Act', 'list'], LIST_TIMEOUT_MS);
  return 'code' in lines
    ? []
    : lines.flatMap((line): FoundScanner[] =>
        line.kind === 'device' ? [{ kind: 'wia', address: line.id, name: line.name }] : [],
      );
};

export const createWiaScanner = (deps: WiaDeps & { readonly device: string }): Scanner => {
  const about = async (signal?: AbortSignal) => {
    const lines = await powershell(deps, ['-Act', 'list'], LIST_TIMEOUT_MS, signal);
    if ('code' in lines) return lines;
    return lines.find((line) => line.kind === 'device' && line.id === deps.device) ?? scannerFault('not-found');
  };
  const ask = (settings: ScanSettings, signal: AbortSignal): ReturnType<typeof powershell> =>
    powershell(
      deps,
      [
        '-Act',
        'scan',
        '-Device',
        deps.device,
        '-Source',
        settings.source,
        '-Dpi',
        `${settings.dpi}`,
        '-Colour',
        settings.colour,
        '-Pages',
        `${settings.maxPages}`,
      ],
      PAGE_TIMEOUT_MS * (settings.source === 'flatbed' ? 1 : 4),
      signal,
    );
  return {
    async describe(signal) {
      const found = await about(signal);
      if ('code' in found) return fail(found);
      if (found.kind !== 'device') return fail(scannerFault('garbled'));
      return ok({
        name: found.name,
        sources: [
          'flatbed',
          ...(found.feeder ? (['feeder'] as const) : []),
          ...(found.duplex ? (['feeder-duplex'] as const) : []),
        ],
        dpi: { min: 75, max: 600, only: [75, 100, 150, 200, 300, 600] },
        colours: ['colour', 'grey'],
        widthMm: 216,
        heightMm: 297,
      });
    },
    async status(signal) {
      const found = await about(signal);
      return 'code' in found ? { kind: 'fault', fault: found } : { kind: 'ready', feeder: 'unknown' };
    },
    async *scan(settings, signal) {
      if (signal.aborted) return yield { kind: 'ended', pages: 0, cancelled: true };
      yield { kind: 'progress', page: 1, fraction: null };
      const lines = await ask(settings, signal);
      if (signal.aborted) return yield { kind: 'ended', pages: 0, cancelled: true };
      if ('code' in lines) return yield { kind: 'failed', fault: lines };
      let pages = 0;
      for (const line of lines) {
        if (line.kind === 'page') {
          pages += 1;
          const bytes = new Uint8Array(Buffer.from(line.data, 'base64'));
          yield {
            kind: 'page',
            page: { number: line.number, dpi: line.dpi, image: { format: bytes[0] === 0x89 ? 'png' : 'jpeg', bytes } },
          };
        } else if (line.kind === 'fault') return yield { kind: 'failed', fault: faultOfHresult(line.hresult) };
        else if (line.kind === 'end') return yield { kind: 'ended', pages, cancelled: false };
      }
      yield { kind: 'failed', fault: scannerFault('garbled', 'no end') };
    },
  };
};
