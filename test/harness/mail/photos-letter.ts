/** A 25 MB message with forty photographs, as a telephone sends them. */
import sharp from 'sharp';
import { camille, heavyLetter } from '../../fixtures/sites/courriel/letters.ts';
import type { Correspondent, Mail } from '../../fixtures/sites/courriel/mail.ts';

const SIDE = 700;

/** Each photograph is about as large as an attachment of the heavy letter, and all differ. */
export const photosLetter = async (to: Correspondent = camille): Promise<Mail> => {
  const heavy = heavyLetter({ to });
  const attachments = await Promise.all(
    heavy.attachments.map(async ({ name }, index) => {
      const noise = { type: 'gaussian', mean: 90 + index * 2, sigma: 40 } as const;
      const create = { width: SIDE, height: SIDE, channels: 3, noise, background: '#000' } as const;
      const bytes = await sharp({ create }).jpeg({ quality: 96 }).toBuffer();
      return { name: name.replace('.bin', '.jpg'), type: 'image/jpeg', bytes: new Uint8Array(bytes) };
    }),
  );
  return { ...heavy, subject: 'Les photos du logement', attachments };
};
