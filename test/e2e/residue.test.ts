/**
 * The short form of `npm run residue`: two ways to end a session, then a build that leaks on purpose, which must be
 * detected.
 */
import { expect, it } from 'vitest';
import { endings } from '../residue/endings.ts';
import { play } from '../residue/play.ts';

const lines: string[] = [];
const tell = (line: string): void => {
  lines.push(line);
  if (line.startsWith('NOT ON A REAL DISK')) console.warn(line);
};
const named = (name: string) => endings.filter((one) => one.name === name);

it('leaves no residue when a session ends by the button or the main process is killed', async () => {
  const played = await play({
    endings: [...named('the button'), ...named('kill -9 of the main process')],
    form: 'short',
    tell,
  });
  expect(played.map(({ planted, looked }) => [planted >= 30, looked.found])).toEqual([
    [true, []],
    [true, []],
  ]);
  // Check that the search works: before the end it found canaries where they are allowed.
  expect(played.every(({ seenBefore }) => seenBefore >= 10)).toBe(true);
  expect(played.map(({ restartTold }) => restartTold)).toEqual([false, true]);
});

it('detects a build that keeps its profiles on disk', async () => {
  const [played] = await play({ endings: named('the button'), form: 'short', leak: 'disk', tell });
  expect(played?.looked.found.length).toBeGreaterThan(0);
});
