/** Pictures of the sample documents, drawn from the papers of the scanning tests. */
import sharp from 'sharp';
import { attestationCaf, cardSvg, letter, paperSvg, rib, taxNotice } from '../scanning/papers.ts';

const plain = (colour: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="1075" height="1520"><rect width="100%" height="100%" fill="${colour}"/></svg>`;

const papers: Readonly<Record<string, () => string>> = {
  caf: () => paperSvg(attestationCaf, 130),
  lettre: () => paperSvg(letter, 130),
  rib: () => paperSvg(rib, 130),
  impot: () => paperSvg(taxNotice, 130),
  noire: () => plain('#141210'),
  blanche: () => plain('#ffffff'),
  blanche2: () => plain('#ffffff'),
  carte: () => cardSvg('front', 260),
};

export const samplePaper = (id: string): Promise<Buffer> =>
  sharp(Buffer.from((papers[id] ?? papers['lettre']!)()))
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 82 })
    .toBuffer();
