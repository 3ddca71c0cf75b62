/** Numbers of the X protocol that several of our clients use. */
import { padded, words, type XConnection } from './connection.ts';

export const CHANGE_ATTRIBUTES = 2;
export const DESTROY = 4;
export const UNMAP = 10;
export const QUERY_TREE = 15;
export const CHANGE_PROPERTY = 18;
export const GET_PROPERTY = 20;
export const SEND_EVENT = 25;
export const QUERY_POINTER = 38;
export const GET_INPUT_FOCUS = 43;

/** Window attribute bit that selects the events sent to us. */
export const EVENT_MASK = 0x800;

export const xMasks = {
  structureNotify: 1 << 17,
  substructureNotify: 1 << 19,
  substructureRedirect: 1 << 20,
  focusChange: 1 << 21,
  propertyChange: 1 << 22,
} as const;

export const xEvents = {
  focusOut: 10,
  destroyNotify: 17,
  unmapNotify: 18,
  mapNotify: 19,
  mapRequest: 20,
  reparentNotify: 21,
  configureNotify: 22,
  configureRequest: 23,
  propertyNotify: 28,
  clientMessage: 33,
  generic: 35,
} as const;

/** The kind without its highest bit, which marks events sent by a client. */
export const eventKind = (event: Buffer): number => event.readUInt8(0) & 0x7f;

export const STRING = 31;
export const WM_NAME = 39;
export const WM_CLASS = 67;

const MOST_WORDS = 1_024;

/** Empty when the window has no such property; undefined when it is gone. */
export const readProperty = async (x: XConnection, id: number, atom: number): Promise<Buffer | undefined> => {
  const reply = await x.ask(GET_PROPERTY, 0, words(id, atom, 0, 0, MOST_WORDS));
  return reply?.subarray(32, 32 + (reply.readUInt32LE(16) * reply.readUInt8(1)) / 8);
};

export const readNumbers = (bytes: Buffer | undefined): readonly number[] =>
  Array.from({ length: Math.floor((bytes?.length ?? 0) / 4) }, (_, i) => bytes?.readUInt32LE(i * 4) ?? 0);

export const writeNumbers = (
  x: XConnection,
  id: number,
  property: number,
  type: number,
  ...values: readonly number[]
): void => x.tell(CHANGE_PROPERTY, 0, words(id, property, type, 32, values.length, ...values));

/** `text`: in the encoding that `type` names. */
export const writeText = (x: XConnection, id: number, property: number, type: number, text: Buffer): void => {
  const bytes = Buffer.concat([text], padded(text.length));
  x.tell(CHANGE_PROPERTY, 0, Buffer.concat([words(id, property, type, 8, text.length), bytes]));
};

/** Two short numbers in one word. */
export const pair = (low: number, high: number): number => (((high & 0xffff) << 16) | (low & 0xffff)) >>> 0;
