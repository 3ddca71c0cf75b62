/** Archives made by the programs that people and sites use, and not by ours: Info-ZIP and Python. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export type Files = Readonly<Record<string, string | Uint8Array>>;

const runs = (program: string, ...args: readonly string[]): boolean => {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
export const zipRuns = runs('zip', '-v');
export const pythonRuns = runs('python3', '-c', 'import zipfile, bz2, lzma');

const inFolder = <T>(work: (folder: string) => T): T => {
  const folder = mkdtempSync(join(tmpdir(), 'archive-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Each part adds its files with its own switches, as in `zip -P secret`. */
export const infoZip = (...parts: readonly (readonly [files: Files, ...switches: readonly string[]])[]): Uint8Array =>
  inFolder((folder) => {
    for (const [files, ...switches] of parts) {
      for (const [name, content] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, 'in', name)), { recursive: true });
        writeFileSync(join(folder, 'in', name), content);
      }
      // With their folders, as entries of their own.
      const args = ['-q', '-r', ...switches, join(folder, 'out.zip'), '.'];
      execFileSync('zip', args, { cwd: join(folder, 'in') });
      rmSync(join(folder, 'in'), { recursive: true });
    }
    return new Uint8Array(readFileSync(join(folder, 'out.zip')));
  });

const WRITE = `
import sys, json, zipfile, base64
class Raw(zipfile.ZipInfo):
    """Writes its name in a code page, without the flag for UTF-8, as Windows does."""
    page = None
    def _encodeFilenameFlags(self):
        if self.page is None: return super()._encodeFilenameFlags()
        return self.filename.encode(self.page), self.flag_bits
given = json.load(sys.stdin)
with zipfile.ZipFile(sys.argv[1], 'w') as out:
    for name, content in given['files']:
        info = Raw(name)
        info.page = given['page']
        out.writestr(info, base64.b64decode(content), getattr(zipfile, given['packing']))
`;

export const pythonZip = (
  files: Files,
  how: { readonly page?: 'cp437' | 'cp850'; readonly packing?: 'ZIP_STORED' | 'ZIP_DEFLATED' | 'ZIP_LZMA' } = {},
): Uint8Array =>
  inFolder((folder) => {
    const out = join(folder, 'out.zip');
    const input = JSON.stringify({
      files: Object.entries(files).map(([name, content]) => [name, Buffer.from(content).toString('base64')]),
      page: how.page ?? null,
      packing: how.packing ?? 'ZIP_DEFLATED',
    });
    execFileSync('python3', ['-c', WRITE, out], { input });
    return new Uint8Array(readFileSync(out));
  });

const DIRECTORY_ENTRY = Buffer.from('PK\x01\x02', 'latin1');

/**
 * Sets the packing method (APPNOTE 4.4.5) and the flags of every entry in the directory, for methods no tool here
 * writes.
 */
export const withMethod = (archive: Uint8Array, method: number, flags = 0): Uint8Array => {
  const bytes = Buffer.from(archive);
  for (let at = bytes.indexOf(DIRECTORY_ENTRY); at >= 0; at = bytes.indexOf(DIRECTORY_ENTRY, at + 4)) {
    bytes.writeUInt16LE(flags, at + 8);
    bytes.writeUInt16LE(method, at + 10);
  }
  return new Uint8Array(bytes);
};
