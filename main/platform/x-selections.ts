/**
 * The selections of an X display (what Ctrl+C and a marked text leave): who owns one, and taking it from its owner. The
 * server's own word on "does anyone hold it" is the one answer that no format, no slow owner and no program in between blurs.
 */
import { atomOf, connectX, words, type XConnection, type XDisplay } from './x-connection.ts';

export const X_SELECTIONS = ['CLIPBOARD', 'PRIMARY', 'SECONDARY'] as const;
export type XSelection = (typeof X_SELECTIONS)[number];

const ANSWERS_WITHIN_MS = 2_000;
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

const withServer = async <T>(display: XDisplay, work: (x: XConnection) => Promise<T>): Promise<T> => {
  const x = await connectX(display);
  // A server that hangs hangs up here: every question under way is refused.
  const timer = setTimeout(() => x.end(), ANSWERS_WITHIN_MS);
  try {
    return await work(x);
  } finally {
    clearTimeout(timer);
    x.end();
  }
};

/** The selections that somebody holds. Rejects when the server can't be asked. */
export const heldSelections = (display: XDisplay): Promise<readonly XSelection[]> =>
  withServer(display, async (x) => {
    const held: XSelection[] = [];
    for (const selection of X_SELECTIONS)
      if ((await ownerOf(x, await selectionOf(x, selection))) !== NOBODY) held.push(selection);
    return held;
  });

/** Takes every selection from whoever holds it and gives it to nobody: the owner is told, and forgets its content. */
export const dropSelections = (display: XDisplay): Promise<void> =>
  withServer(display, async (x) => {
    for (const selection of X_SELECTIONS) {
      const atom = await selectionOf(x, selection);
      x.tell(SET_OWNER, 0, words(NOBODY, atom, CURRENT_TIME));
      await ownerOf(x, atom); // the server has gone through what came before once it answers
    }
  });
