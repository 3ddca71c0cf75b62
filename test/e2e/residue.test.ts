/** The short form of `npm run residue`: two endings, then a build that leaks on purpose, which must be found out. */
import { expect, it } from 'vitest';
import { endings } from '../residue/endings.ts';
import { play } from '../residue/play.ts';

const lines: string[] = [];
const tell = (line: string): void => {
  lines.push(line);
  if (line.startsWith('NOT ON A REAL DISK')) console.warn(line);
};
const named = (name: string) => endings.filter((one) => one.name === name);

it('leaves nothing of a session that ended by the button, nor of one whose main process was killed', async () => {
  const played = await play({
    endings: [...named('the button'), ...named('kill -9 of the main process')],
    form: 'short',
    tell,
  });
  expect(played.map(({ planted, looked }) => [planted >= 30, looked.found])).toEqual([
    [true, []],
    [true, []],
  ]);
  // The search is worth something: before the end it saw canaries where they are allowed to be.
  expect(played.every(({ seenBefore }) => seenBefore >= 10)).toBe(true);
  expect(played.map(({ restartTold }) => restartTold)).toEqual([false, true]);
});

it('finds what a build leaves that keeps its profiles on the disk', async () => {
  const [played] = await play({ endings: named('the button'), form: 'short', leak: 'disk', tell });
  expect(played?.looked.found.length).toBeGreaterThan(0);
});
