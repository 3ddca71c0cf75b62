/**
 * Mouse input through the XTEST extension. Each attempt presses several times, and on a busy machine starting a program
 * for each press took longer than the attempt.
 */
import { words, type XConnection } from '../../../main/platform/x11/connection.ts';
import { GET_INPUT_FOCUS } from '../../../main/platform/x11/requests.ts';

const QUERY_EXTENSION = 98;
const FAKE_INPUT = 2;
const [PRESS, RELEASE, MOTION] = [4, 5, 6];
const HELD_MS = 12;
const BETWEEN_MS = 40;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The major opcode that the server assigned to XTEST. */
const testExtension = async (x: XConnection): Promise<number> => {
  const name = Buffer.from('XTEST\0\0\0');
  const reply = await x.ask(QUERY_EXTENSION, 0, Buffer.concat([Buffer.from([5, 0, 0, 0]), name]));
  if (reply?.readUInt8(8) !== 1) throw new Error('the display has no XTEST extension');
  return reply.readUInt8(9);
};

export const clickAt = async (x: XConnection, place: readonly [number, number], button: number, times: number) => {
  const extension = await testExtension(x);
  const act = (kind: number, detail: number, [toX, toY]: readonly [number, number] = [0, 0]): void => {
    const body = Buffer.concat([Buffer.from([kind, detail, 0, 0]), words(0, 0, 0, 0, 0, 0, 0)]);
    body.writeInt16LE(Math.round(toX), 20);
    body.writeInt16LE(Math.round(toY), 22);
    x.tell(extension, FAKE_INPUT, body);
  };
  act(MOTION, 0, place);
  for (let i = 0; i < times; i++) {
    if (i > 0) await pause(BETWEEN_MS);
    act(PRESS, button);
    await pause(HELD_MS);
    act(RELEASE, button);
  }
  // The reply comes after the server has handled all the input.
  await x.ask(GET_INPUT_FOCUS, 0, Buffer.alloc(0));
};
