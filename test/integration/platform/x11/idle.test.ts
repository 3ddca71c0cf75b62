/** The hands of a person on a display of its own, and what a mouse does that nobody touches. */
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDisplay, type Display } from '../../../../main/npm-scripts/display.ts';
import { openXIdle, type XIdle } from '../../../../main/platform/x11/idle.ts';

let display: Display;
let idle: XIdle;
const hand = (...args: readonly string[]): void => {
  execFileSync('xdotool', [...args], { env: { ...process.env, DISPLAY: display.name } });
};
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

beforeAll(async () => {
  display = await openDisplay({ existing: undefined, size: '800x600', windowManagerConfig: null });
  idle = openXIdle(() => ({ name: display.name }));
  await idle.idleMs(); // starts to listen
  hand('key', 'a');
});
afterAll(async () => {
  idle.end();
  await display.stop();
});

it.each([
  ['a key', ['key', 'a']],
  ['a button', ['click', '1']],
  ['the wheel', ['click', '5']],
])('counts %s at once', async (_what, press) => {
  await pause(1_200);
  hand(...press);
  expect(await idle.idleMs()).toBeLessThan(1_000);
});

// On a shaky table, or with a sensor that wanders on a shiny one, a mouse says every few seconds that it moved.
it('does not count a mouse that trembles, and counts one that a hand moves within a second', async () => {
  hand('key', 'a');
  for (let i = 0; i < 12; i++) {
    hand('mousemove_relative', '--', i % 2 === 0 ? '1' : '-1', i % 3 === 0 ? '1' : '0');
    await pause(250);
    await idle.idleMs(); // as the session does at every tick
  }
  expect(await idle.idleMs()).toBeGreaterThan(2_900);
  for (let i = 0; i < 4; i++) {
    hand('mousemove_relative', '10', '6');
    await pause(200);
  }
  expect(await idle.idleMs()).toBeLessThan(1_000);
});

it('counts a hand that moves the mouse slowly', async () => {
  await pause(1_200);
  for (let i = 0; i < 12; i++) {
    hand('mousemove_relative', '4', '0');
    await idle.idleMs(); // callers may ask often
    await pause(100);
  }
  expect(await idle.idleMs()).toBeLessThan(1_000);
});

it('does not count a pointer that a program moves', async () => {
  hand('key', 'a');
  await pause(1_200);
  hand('mousemove', '700', '500');
  expect(await idle.idleMs()).toBeGreaterThan(1_100);
});
