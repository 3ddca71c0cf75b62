/** What a person finds on the keyboard: the keypad writes digits, and nothing of the last person stays locked. */
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDisplay, type Display } from '../../../../main/npm-scripts/display.ts';
import { resetLockKeys } from '../../../../main/platform/x11/lock-keys.ts';
import { modifiersOf } from '../../../harness/x-keyboard.ts';

/** Of a core event: Mod2, and Lock. */
const NUM_LOCK = 16;
const CAPS_LOCK = 2;

let display: Display;
beforeAll(async () => {
  display = await openDisplay({ existing: undefined, size: '800x600', windowManagerConfig: null });
});
afterAll(() => display.stop());

const locked = (): Promise<number> => modifiersOf(display.name);
const reset = (): Promise<void> => resetLockKeys({ name: display.name });

it('turns Num Lock on, which X starts without', async () => {
  expect(await locked()).toBe(0);
  await reset();
  expect(await locked()).toBe(NUM_LOCK);
  await reset();
  expect(await locked()).toBe(NUM_LOCK);
});

it('undoes the lock keys of the person before', async () => {
  await reset();
  execFileSync('xdotool', ['key', 'Caps_Lock', 'Num_Lock'], { env: { ...process.env, DISPLAY: display.name } });
  expect(await locked()).toBe(CAPS_LOCK);
  await reset();
  expect(await locked()).toBe(NUM_LOCK);
});

it('rejects without a display', async () => {
  await expect(resetLockKeys({ name: ':9999' })).rejects.toThrow();
});
