/**
 * Wraps the real `scanimage` for the kiosk: SANE's `pnm` device gives a page, or the scan fails in one of the ways a
 * program can fail. It is first on the PATH of this process until it is stopped.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

type ScanimageTrouble = 'none' | 'missing' | 'killed' | 'nonsense';

export interface ScanimageWrapper {
  readonly device: string;
  play(trouble: ScanimageTrouble): void;
  stop(): void;
}

/** Shell code for each failure. `$p` is the pipe of the first page. */
const ACTS: Readonly<Record<Exclude<ScanimageTrouble, 'none' | 'missing'>, string>> = {
  killed: `{ printf 'P6\\n2480 3508\\n255\\n'; head -c 9000000 /dev/zero; kill -9 $$; } > "$p"`,
  nonsense: `head -c 5000 /dev/zero > "$p"`,
};

export const wrapScanimage = async (sheet: Uint8Array): Promise<ScanimageWrapper> => {
  const folder = mkdtempSync(join(tmpdir(), 'pn-scanimage-'));
  const [bin, bare, page, act] = ['bin', 'bare', 'page.pnm', 'act'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
    string,
  ];
  const { data, info } = await sharp(sheet).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  writeFileSync(page, Buffer.concat([Buffer.from(`P6\n${info.width} ${info.height}\n255\n`), data]));
  mkdirSync(bin);
  mkdirSync(bare);
  const before = process.env['PATH'] ?? '';
  const real = before.split(':').find((one) => existsSync(join(one, 'scanimage'))) ?? '/usr/bin';
  for (const program of ['mkfifo']) symlinkSync(join(real, program), join(bare, program));
  writeFileSync(
    join(bin, 'scanimage'),
    `#!/bin/sh
for a in "$@"; do case "$a" in --batch=*) p="\${a#--batch=}"; p="\${p%\\%d}1.part";; esac; done
[ -n "$p" ] && [ -e ${act} ] && . ${act} && exit 0
exec ${real}/scanimage "$@" --filename ${page}
`,
    { mode: 0o755 },
  );
  const usual = `${bin}:${before}`;
  process.env['PATH'] = usual;
  return {
    device: 'pnm:0',
    play(trouble) {
      process.env['PATH'] = trouble === 'missing' ? bare : usual;
      if (trouble === 'none' || trouble === 'missing') rmSync(act, { force: true });
      else writeFileSync(act, ACTS[trouble]);
    },
    stop() {
      process.env['PATH'] = before;
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
