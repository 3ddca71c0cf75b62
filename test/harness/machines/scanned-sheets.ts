/** Sheets as a network scanner delivers them: JPEG, 300 dpi unless `damage` says otherwise. */
import sharp from 'sharp';
import { damagePicture, type Damage } from '../scanning/damage.ts';
import { paperSvg, type Paper } from '../scanning/papers.ts';

export const scannedSheet = async (paper: Paper, damage: Partial<Damage> = {}): Promise<Uint8Array> => {
  const dpi = damage.dpi ?? 300;
  const { bytes, width, height } = await damagePicture(paperSvg(paper, dpi), { dpi, ...damage });
  return sharp(bytes, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 80 })
    .toBuffer();
};
