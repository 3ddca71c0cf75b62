/** Regenerates the scans of the demonstration scanner: `node test/harness/scanning/write-demo-scans.ts`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { damagePicture } from './damage.ts';
import { attestationCaf, paperSvg, payslip } from './papers.ts';

const DPI = 200;
const folder = join(import.meta.dirname, '../../fixtures/demo/scans');
mkdirSync(folder, { recursive: true });
const sheets = [
  { name: '1-attestation.jpg', paper: attestationCaf, skewDeg: 2.4 },
  { name: '2-bulletin.jpg', paper: payslip, skewDeg: -1.8 },
];
for (const { name, paper, skewDeg } of sheets) {
  const { bytes, width, height } = await damagePicture(paperSvg(paper, DPI), {
    dpi: DPI,
    skewDeg,
    noise: 6,
    shadow: 0.1,
  });
  await sharp(bytes, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 70, mozjpeg: true })
    .toFile(join(folder, name));
}
