/**
 * A simulated scanner for demonstrations: each sheet is the next image of a folder, in name order, starting over at the
 * end.
 */
import { fail, ok } from '../../contract/result.ts';
import { pause, type Clock } from '../../platform/clock.ts';
import type { Files } from '../../platform/files.ts';
import { scannerFault, type Scanner, type ScanEvent } from '../scanner.ts';

export interface FolderScannerDeps {
  readonly files: Files;
  readonly clock: Clock;
  readonly folder: string;
  /** Duration of one page; a real scanner takes some seconds. */
  readonly pageMs?: number;
  /** Resolution of the images, if they are full A4 pages. */
  readonly dpi?: number;
}

const STEPS = 20;
/** The first bytes of a PNG and of a JPEG. */
const formatOf = ([first, second]: Uint8Array): 'png' | 'jpeg' | undefined =>
  first === 0x89 ? 'png' : first === 0xff && second === 0xd8 ? 'jpeg' : undefined;

export const createFolderScanner = (deps: FolderScannerDeps): Scanner => {
  let next = 0;
  const pictures = async (): Promise<readonly string[]> => {
    const listed = await deps.files.list(deps.folder);
    return listed.ok
      ? listed.value
          .filter((entry) => entry.kind === 'file' && /\.(jpe?g|png)$/i.test(entry.name))
          .map((entry) => `${deps.folder}/${entry.name}`)
      : [];
  };

  async function* sheet(path: string, number: number, signal: AbortSignal): AsyncGenerator<ScanEvent, boolean> {
    for (let step = 1; step <= STEPS; step += 1) {
      await pause(deps.clock, (deps.pageMs ?? 2_000) / STEPS, signal);
      if (signal.aborted) return false;
      yield { kind: 'progress', page: number, fraction: step / STEPS };
    }
    const read = await deps.files.readBytes(path);
    if (!read.ok) {
      yield { kind: 'failed', fault: scannerFault('unplugged') };
      return false;
    }
    const format = formatOf(read.value);
    if (format === undefined) {
      yield { kind: 'failed', fault: scannerFault('garbled', 'not a picture') };
      return false;
    }
    yield { kind: 'page', page: { number, dpi: deps.dpi ?? 200, image: { format, bytes: read.value } } };
    return true;
  }

  return {
    async describe() {
      if ((await pictures()).length === 0) return fail(scannerFault('not-found', 'empty folder'));
      return ok({
        name: 'Scanner de démonstration',
        sources: ['flatbed', 'feeder'],
        dpi: { min: 200, max: 200 },
        colours: ['colour', 'grey'],
        widthMm: 210,
        heightMm: 297,
      });
    },
    async status() {
      return (await pictures()).length > 0 ? { kind: 'ready' } : { kind: 'fault', fault: scannerFault('not-found') };
    },
    async *scan(settings, signal) {
      const paths = await pictures();
      if (paths.length === 0) {
        yield { kind: 'failed', fault: scannerFault('not-found') };
        return;
      }
      const count = settings.source === 'flatbed' ? 1 : Math.min(settings.maxPages, paths.length);
      let pages = 0;
      for (; pages < count; pages += 1) {
        if (signal.aborted) break;
        const path = paths[next % paths.length]!;
        if (!(yield* sheet(path, pages + 1, signal))) break;
        next += 1;
      }
      if (pages < count && !signal.aborted) return;
      yield { kind: 'ended', pages, cancelled: signal.aborted };
    },
  };
};
