/**
 * Prints a page of a site to PDF and fetches it in chunks: a single response would be in our memory four times, without
 * a limit.
 */
import type { CdpSession } from './cdp-session.ts';

/** A4 in inches; the margins apply where the site's print style sets none. */
const A4 = {
  paperWidth: 8.27,
  paperHeight: 11.69,
  marginTop: 0.4,
  marginBottom: 0.4,
  marginLeft: 0.4,
  marginRight: 0.4,
};

/** Forty pages of noise are 300 MB; a thick file of a person's photographs is 30 MB. */
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
