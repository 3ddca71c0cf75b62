/** A page of a site printed to a PDF, which is read in pieces. */
import { describe, expect, it } from 'vitest';
import type { CdpSession } from '../../../main/shell/guest/cdp-session.ts';
import { MAX_PRINTED_BYTES, printedPage } from '../../../main/shell/guest/printed-page.ts';

const MB = 1024 * 1024;

/** A browser whose PDF has this many bytes, and that records the commands it received. */
const printing = (bytes: number): { session: CdpSession; heard: string[] } => {
  const heard: string[] = [];
  let left = bytes;
  const answer = (command: string, params: { size?: number; transferMode?: string }): unknown => {
    heard.push(command);
    if (command === 'Page.printToPDF') return params.transferMode === 'ReturnAsStream' ? { stream: '5' } : { data: '' };
    if (command !== 'IO.read') return {};
    const piece = Math.min(left, params.size ?? 0);
    left -= piece;
    return { data: Buffer.alloc(piece, 'p').toString('base64'), base64Encoded: true, eof: left === 0 };
  };
  const session = { send: async (command: string, params = {}) => answer(command, params) } as unknown as CdpSession;
  return { session, heard };
};

describe('a printed page', () => {
  it('is read completely, and its stream is closed', async () => {
    const { session, heard } = printing(2.5 * MB);
    const pdf = await printedPage(session);
    expect(pdf).toHaveLength(2.5 * MB);
    expect(heard.filter((one) => one === 'IO.read').length).toBeGreaterThan(1);
    expect(heard.at(-1)).toBe('IO.close');
  });

  it('that is too large is reported, and the rest is not read', async () => {
    const { session, heard } = printing(4 * MAX_PRINTED_BYTES);
    expect(await printedPage(session)).toBe('too-large');
    expect(heard.filter((one) => one === 'IO.read').length).toBeLessThan(MAX_PRINTED_BYTES / MB + 2);
    expect(heard.at(-1)).toBe('IO.close');
  });
});
