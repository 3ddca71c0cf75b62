/** A page of a site as a PDF, fetched in pieces: in one answer it would lie four times in our memory, and nothing would bound it. */
import type { CdpSession } from './cdp-session.ts';

/** A4 in inches, with the margins that a site's print style does not set itself. */
const A4 = {
  paperWidth: 8.27,
  paperHeight: 11.69,
  marginTop: 0.4,
  marginBottom: 0.4,
  marginLeft: 0.4,
  marginRight: 0.4,
};

/** Forty pages full of noise are 300 MB; a thick file of a person's photographs is 30. */
export const MAX_PRINTED_BYTES = 64 * 1024 * 1024;
const PIECE_BYTES = 1024 * 1024;

export const printedPage = async (session: CdpSession): Promise<Uint8Array | 'too-large'> => {
  const { stream: handle } = await session.send('Page.printToPDF', {
    ...A4,
    printBackground: true,
    preferCSSPageSize: true,
    transferMode: 'ReturnAsStream',
  });
  if (handle === undefined) throw new Error('Page.printToPDF gave no stream');
  try {
    const pieces: Uint8Array[] = [];
    let bytes = 0;
    for (;;) {
      const { data, base64Encoded, eof } = await session.send('IO.read', { handle, size: PIECE_BYTES });
      const piece = Buffer.from(data, base64Encoded === true ? 'base64' : 'latin1');
      bytes += piece.length;
      if (bytes > MAX_PRINTED_BYTES) return 'too-large';
      pieces.push(piece);
      if (eof) return Buffer.concat(pieces);
    }
  } finally {
    await session.send('IO.close', { handle }).catch(() => undefined); // the page is gone, and its stream with it
  }
};
