/** Tells whether another program has grabbed the pointer of a display. */
import { words, type XConnection } from './connection.ts';
import { QUERY_POINTER } from './requests.ts';

const CREATE_WINDOW = 1;
const GRAB_POINTER = 26;
const INPUT_ONLY = 2;
const ASYNC = 1;
const ALREADY_GRABBED = 1;
/** Bits 8 to 12 of the pointer's mask. A pressed button grabs the pointer by itself, until it is released. */
const BUTTONS = 0x1f00;

export const openXPointer = (x: XConnection): { isHeld(): Promise<boolean> } => {
  // Never mapped, so a grab for it is always refused: first because of another grab, otherwise because it can't be
  // seen.
  const unseen = x.newId();
  x.tell(CREATE_WINDOW, 0, words(unseen, x.root, 0, (1 << 16) | 1, INPUT_ONLY << 16, 0, 0));
  const grab = Buffer.concat([words(unseen), Buffer.from([0, 0, ASYNC, ASYNC]), words(0, 0, 0)]);
  return {
    async isHeld() {
      const [refusal, pointer] = await Promise.all([
        x.ask(GRAB_POINTER, 0, grab),
        x.ask(QUERY_POINTER, 0, words(x.root)),
      ]);
      const isPressed = ((pointer?.readUInt16LE(24) ?? 0) & BUTTONS) !== 0;
      return !isPressed && refusal?.readUInt8(1) === ALREADY_GRABBED;
    },
  };
};
