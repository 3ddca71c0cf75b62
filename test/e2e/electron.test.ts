/** Said aloud: what this suite does not play. */
import { describe, it } from 'vitest';

describe('the main job on Electron', () => {
  it.skip('is not played: the harness joins the two browsers of the Chromium shell and measures their X windows; Electron has one window. The Shell port itself is played inside Electron by test/contract/shell/electron.test.ts', () =>
    undefined);
});
