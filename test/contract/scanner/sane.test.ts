/** The SANE adapter against the real `scanimage` and SANE's `test` and `pnm` devices. */
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ScannerFaultCode } from '../../../main/devices/scanner.ts';
import { run } from '../../../main/platform/run.ts';
import { saneStage } from '../../harness/scanning/sane-stage.ts';
import { play, scannerSuite, settings } from './suite.ts';

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

describe.runIf(present)('with the real scanimage', () => {
  scannerSuite(
    'sane',
    async ({ fault, slow }) => {
      const options: Record<string, string> = { 'test-picture': 'Color pattern' };
      if (fault) options['read-return-value'] = RETURNS[fault]!;
      if (slow) Object.assign(options, { 'read-delay': 'yes', 'read-delay-duration': '60000' });
      return saneStage({ options });
    },
    { feeder: 10, faults: Object.keys(RETURNS) as ScannerFaultCode[] },
  );

  it('reads a picture sample by sample as it was put on the glass', async () => {
    const stage = await saneStage({});
    const picture = join(stage.folder, 'page.ppm');
    const pixels = Buffer.from(Array.from({ length: 120 * 90 * 3 }, (_, i) => (i * 7) & 255));
    await writeFile(picture, Buffer.concat([Buffer.from('P6\n# a page\n120 90\n255\n'), pixels]));
    const real = await saneStage({ device: 'pnm:0', options: { filename: picture } });
    const events = await play(real.scanner);
    const page = events.find((event) => event.kind === 'page')!.page;
    expect(page.image).toMatchObject({ format: 'raw', width: 120, height: 90, channels: 3 });
    expect(Buffer.from(page.image.bytes).equals(pixels)).toBe(true);
    await Promise.all([stage.stop(), real.stop()]);
  });

  it('copes with odd read sizes and a driver that does not know its height', async () => {
    const stage = await saneStage({
      options: { 'hand-scanner': 'yes', 'read-limit': 'yes', 'read-limit-size': '613', 'fuzzy-parameters': 'yes' },
    });
    const events = await play(stage.scanner);
    expect(events.at(-1)).toEqual({ kind: 'ended', pages: 1, cancelled: false });
    await stage.stop();
  });

  it('says that the machine is gone when its name answers nothing', async () => {
    const stage = await saneStage({ device: 'nothing:here' });
    expect(await stage.scanner.describe()).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect((await play(stage.scanner)).at(-1)).toMatchObject({ kind: 'failed', fault: { code: 'not-found' } });
    await stage.stop();
  });

  it('refuses a page larger than it may hold, without reading it', async () => {
    const stage = await saneStage({ maxPageBytes: 10_000 });
    expect((await play(stage.scanner)).at(-1)).toMatchObject({ kind: 'failed', fault: { code: 'too-large' } });
    expect(await stage.leftovers()).toEqual([]);
    await stage.stop();
  });
});

describe('with a scanimage that misbehaves', () => {
  const OPTIONS =
    '    --resolution 75..300dpi [75]\n    --mode Gray|Color [Gray]\n    --source Flatbed|ADF [Flatbed]\n';
  /** A program that describes itself well, then does `act` when asked to scan. `$p` is the first pipe. */
  const impostor = async (act: string) => {
    const stage = await saneStage({});
    const program = join(stage.folder, 'scanimage');
    await writeFile(
      program,
      `#!/bin/sh\nfor a in "$@"; do case "$a" in --all-options) printf '%s' '${OPTIONS}'; exit 0;; --batch=*) p="\${a#--batch=}";; esac; done\np="\${p%\\%d}1.part"\n${act}\n`,
    );
    await chmod(program, 0o755);
    const mine = await saneStage({ program, stallMs: 700 });
    return { scanner: mine.scanner, leftovers: mine.leftovers, stop: () => Promise.all([stage.stop(), mine.stop()]) };
  };

  it.each([
    ['is missing', undefined, 'program-missing'],
    ['writes nonsense', 'head -c 5000 /dev/zero > "$p"', 'garbled'],
    ['writes half a page and ends', 'printf "P5\\n100 100\\n255\\n%04000d" 0 > "$p"', 'unplugged'],
    ['is killed at 40 %', '{ printf "P5\\n100 100\\n255\\n%04000d" 0; kill -9 $$; } > "$p"', 'unplugged'],
    ['never writes', 'sleep 30', 'no-answer'],
    ['stops in the middle of a page', '{ printf "P5\\n100 100\\n255\\n%04000d" 0; sleep 30; } > "$p"', 'no-answer'],
    ['ends without a page or a word', 'exit 0', 'garbled'],
    ['announces an absurd size', 'printf "P6\\n99999 99999\\n255\\nxx" > "$p"', 'too-large'],
  ])('says so when it %s', async (_, act, code) => {
    const stage = act === undefined ? await saneStage({ program: '/nowhere/scanimage' }) : await impostor(act);
    const events = await play(stage.scanner, settings);
    expect(events.at(-1)).toMatchObject({ kind: 'failed', fault: { code } });
    expect(await stage.leftovers()).toEqual([]);
    await stage.stop();
  });
});
