/** On the events of fake films. `escape`, `presence/film-muet` and `flood/film` play them in a browser. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { mediaPlaying } from '../../../main/shell/guest/media-playing.ts';

class Film {
  isConnected = true;
  paused = false;
  ended = false;
  loop = false;
  muted = false;
  volume = 1;
  pause(): void {
    this.paused = true;
  }
}

let told: number;
let hear: (film: unknown, isTrusted?: boolean, type?: string) => void;
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('HTMLMediaElement', Film);
  told = 0;
  const ear = mediaPlaying(() => void (told += 1));
  hear = (target, isTrusted = true, type = 'playing') => ear({ isTrusted, target, type } as unknown as Event);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('reports a film at once, then every two seconds while it plays', () => {
  const film = new Film();
  hear(film);
  expect(told).toBe(1);
  vi.advanceTimersByTime(10_000);
  expect(told).toBe(6);
  film.paused = true;
  vi.advanceTimersByTime(10_000);
  expect(told).toBe(6);
  film.paused = false;
  hear(film);
  expect(told).toBe(7);
});

it('reports once per interval, however often the page changes the volume', () => {
  const film = new Film();
  for (let i = 0; i < 1_000; i++) hear(film);
  expect(told).toBe(1);
  vi.advanceTimersByTime(2_000);
  for (let i = 0; i < 1_000; i++) hear(new Film());
  expect(told).toBe(2);
});

it('reports once per interval, however often the page stops the film and starts it again', () => {
  const film = new Film();
  for (let i = 0; i < 1_000; i++) {
    film.paused = false;
    hear(film);
    film.paused = true;
    vi.advanceTimersByTime(10);
  }
  expect(told).toBeLessThanOrEqual(10_000 / 2_000 + 1);
});

it('ignores the events that the page makes up', () => {
  hear(new Film(), false);
  expect(told).toBe(0);
});

it('reports a silent loop once it is heard', () => {
  const film = Object.assign(new Film(), { loop: true, muted: true });
  hear(film);
  expect(told).toBe(0);
  film.muted = false;
  hear(film);
  expect(told).toBe(1);
});

it('pauses what plays when the page is out of sight, and nothing when it is back', () => {
  const film = new Film();
  const decoration = Object.assign(new Film(), { loop: true, muted: true });
  hear(film);
  hear(decoration);
  vi.stubGlobal('document', { hidden: false });
  hear(document, true, 'visibilitychange');
  expect(film.paused).toBe(false);
  vi.stubGlobal('document', { hidden: true });
  hear(document, false, 'visibilitychange');
  expect(film.paused).toBe(false);
  hear(document, true, 'visibilitychange');
  expect([film.paused, decoration.paused]).toEqual([true, false]);
});

it('ignores everything but films', () => {
  hear({});
  expect(told).toBe(0);
});
