/** The lock keys of an X display's keyboards, through the XKB extension. */
import { extensionOf, withServer, words, type XDisplay } from './connection.ts';
import { NUM_LOCK } from './keys.ts';
import { GET_INPUT_FOCUS } from './requests.ts';

const USE_EXTENSION = 0;
const VERSION = { major: 1, minor: 0 } as const;
const LATCH_LOCK_STATE = 5;
const CORE_KEYBOARD = 0x100;
const EVERY_MODIFIER = 0xff;

/**
 * Num Lock on, every other lock off, on all keyboards. X starts without Num Lock, and a key that one person locked
 * stays locked for the next: digits typed on the keypad move the cursor, and a password is written in capitals.
 */
export const resetLockKeys = (display: XDisplay): Promise<void> =>
  withServer(display, async (x) => {
    const opcode = await extensionOf(x, 'XKEYBOARD');
    await x.ask(opcode, USE_EXTENSION, words(VERSION.major | (VERSION.minor << 16)));
    x.tell(opcode, LATCH_LOCK_STATE, words(CORE_KEYBOARD | (EVERY_MODIFIER << 16) | (NUM_LOCK << 24), 0, 0));
    await x.ask(GET_INPUT_FOCUS, 0, Buffer.alloc(0)); // a round trip: the server has done it before it replies
  });
