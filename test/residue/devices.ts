/**
 * A scanner with a sheet on its glass and a real CUPS queue, outside of the kiosk's own volumes. The queue is stopped:
 * a job waits there until somebody takes it out. The spool is in memory, as an installed kiosk has it
 * (`resources/os/linux`).
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { missingForCups, startCups } from '../harness/printing/cups.ts';

export interface Devices {
  /** Lines of `site.yaml`. */
  readonly config: string;
  readonly layOnGlass: (word: string) => Promise<void>;
  readonly canPrint: boolean;
  /** What lies in the spool, by name, and what the queue still knows. */
  readonly spool: () => readonly (readonly [string, Buffer])[];
  stop(): Promise<void>;
}

const sheet = (word: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="1240" height="1754"><rect width="100%" height="100%" fill="white"/>
<text x="120" y="300" font-family="Noto Sans" font-size="44">Attestation</text>
<text x="120" y="420" font-family="Noto Sans" font-size="36">Reference ${word}</text>
${Array.from({ length: 12 }, (_, i) => `<text x="120" y="${560 + i * 70}" font-family="Noto Sans" font-size="30">La ligne ${i + 1} de la lettre, sans rien de personnel.</text>`).join('\n')}
</svg>`;

export const openDevices = async (tell: (line: string) => void): Promise<Devices> => {
  const glass = mkdtempSync(join(tmpdir(), 'pn-glass-'));
  const missing = missingForCups();
  if (missing.length > 0) tell(`NO PRINTER: ${missing.join(', ')} missing; jobs and the spool are not played`);
  const cups = missing.length > 0 ? undefined : await startCups();
  await cups?.addQueue('borne', 'file:/dev/null');
  cups?.run('cupsdisable', 'borne');
  const spool = cups?.folder;
  const files = (folder: string): readonly string[] =>
    readdirSync(folder).flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? files(path) : [path];
    });
  const layOnGlass = async (word: string): Promise<void> => {
    const picture = await sharp(Buffer.from(sheet(word)))
      .png()
      .toBuffer();
    writeFileSync(join(glass, 'feuille.png'), picture);
  };
  // A virtual scanner without a sheet is one that is not there.
  await layOnGlass('vide');
  return {
    config: [
      cups ? `printer: { kind: ipp, uri: ${cups.uri}/printers/borne }` : 'printer: { kind: none }',
      `scanner: { kind: virtual, address: ${glass} }`,
      '',
    ].join('\n'),
    layOnGlass,
    canPrint: cups !== undefined,
    spool() {
      if (!cups || spool === undefined) return [];
      return [
        ['CUPS files', Buffer.concat(files(spool).flatMap((path) => [Buffer.from(`${path}\n`), readFileSync(path)]))],
        [
          'CUPS queue',
          Buffer.from(cups.run('lpstat', '-W', 'all', '-o', '-l') + cups.run('lpstat', '-W', 'not-completed', '-o')),
        ],
      ];
    },
    async stop() {
      await cups?.stop();
      rmSync(glass, { recursive: true, force: true });
    },
  };
};
