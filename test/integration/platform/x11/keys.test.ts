/** Grabs keys on its own display. Other clients try to grab the same chords, which shows who holds them. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectX, words, type XConnection } from '../../../../main/platform/x11/connection.ts';
import { takeKeys } from '../../../../main/platform/x11/keys.ts';
import { openDisplay, type Display } from '../../../../main/npm-scripts/display.ts';
import { reservedKeys } from '../../../../main/shell/guest/reserved-key-grabs.ts';

const GRAB_KEY = 33;
const UNGRAB_KEY = 34;
const [SHIFT, CONTROL, ALT, SUPER] = [1, 4, 8, 64] as const;
/** Key codes on the virtual displays. */
const [F5, F6, LETTER_N] = [71, 72, 57] as const;

let display: Display;
let before: XConnection;
let after: XConnection;
let give: () => void;

const chord = (x: XConnection, code: number, state: number): Buffer =>
  Buffer.concat([words(x.root), Buffer.from([state, 0, code, 1, 1, 0, 0, 0])]);
/** Whether no client had grabbed the chord. The test's own grab is released at once. */
const isFree = async (code: number, state: number): Promise<boolean> => {
  const [taken] = await after.sendChecked(GRAB_KEY, [chord(after, code, state)]);
  if (taken) after.tell(UNGRAB_KEY, code, Buffer.concat([words(after.root), Buffer.from([state, 0, 0, 0])]));
  return taken === true;
};

beforeAll(async () => {
  display = await openDisplay({ existing: undefined, size: '800x600', windowManagerConfig: null });
  before = await connectX({ name: display.name });
  after = await connectX({ name: display.name });
  expect(await before.sendChecked(GRAB_KEY, [chord(before, F5, ALT)])).toEqual([true]);
  const { wanted, onChord } = reservedKeys({ isSite: () => false, onSite: () => undefined, onPart: () => undefined });
  give = await takeKeys({ name: display.name }, { wanted, onChord, onEnd: () => undefined });
});
afterAll(async () => {
  give();
  before.end();
  after.end();
  await display.stop();
});

it('grabs a reserved key with every modifier', async () => {
  for (const state of [0, SHIFT, CONTROL, ALT, SUPER, SUPER | SHIFT])
    expect([state, await isFree(F6, state)]).toEqual([state, false]);
});

it('grabs the other chords of a key when another client already has one of them', async () => {
  for (const state of [0, SHIFT, CONTROL, CONTROL | ALT])
    expect([state, await isFree(F5, state)]).toEqual([state, false]);
  // The chord of the other client is still its own, and free after it is released.
  expect(await isFree(F5, ALT)).toBe(false);
  before.tell(UNGRAB_KEY, F5, Buffer.concat([words(before.root), Buffer.from([ALT, 0, 0, 0])]));
  await before.sendChecked(UNGRAB_KEY, []);
  expect(await isFree(F5, ALT)).toBe(true);
});

it('leaves the keys for typing alone', async () => {
  for (const state of [0, SHIFT]) expect([state, await isFree(LETTER_N, state)]).toEqual([state, true]);
  expect(await isFree(LETTER_N, CONTROL)).toBe(false);
});
