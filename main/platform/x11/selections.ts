/**
 * The selections of an X display (filled by Ctrl+C and by marking text): who owns one, and clearing it. We ask the
 * server for the owner: unlike the content, that answer does not depend on formats, slow owners or clipboard programs
 * in between.
 */
import { atomOf, withServer, words, type XConnection, type XDisplay } from './connection.ts';

export const X_SELECTIONS = ['CLIPBOARD', 'PRIMARY', 'SECONDARY'] as const;
export type XSelection = (typeof X_SELECTIONS)[number];

const SET_OWNER = 22;
const GET_OWNER = 23;
const NOBODY = 0;
const CURRENT_TIME = 0;

const selectionOf = async (x: XConnection, name: string): Promise<number> => {
  const atom = await atomOf(x, name);
  if (atom === undefined) throw new Error('the X server knows no such selection');
  return atom;
};

const ownerOf = async (x: XConnection, atom: number): Promise<number> => {
  const reply = await x.ask(GET_OWNER, 0, words(atom));
  if (!reply) throw new Error('the X server does not tell who holds a selection');
  return reply.readUInt32LE(8);
};

/** The selections that have an owner. Rejects when the server can't be reached. */
export const heldSelections = (display: XDisplay): Promise<readonly XSelection[]> =>
  withServer(display, async (x) => {
    const held: XSelection[] = [];
    for (const selection of X_SELECTIONS)
      if ((await ownerOf(x, await selectionOf(x, selection))) !== NOBODY) held.push(selection);
    return held;
  });

/** Clears the owner of every selection: the old owner is notified and drops its content. */
export const dropSelections = (display: XDisplay): Promise<void> =>
  withServer(display, async (x) => {
    for (const selection of X_SELECTIONS) {
      const atom = await selectionOf(x, selection);
      x.tell(SET_OWNER, 0, words(NOBODY, atom, CURRENT_TIME));
      await ownerOf(x, atom); // a round trip: the server has processed the request before it replies
    }
  });
