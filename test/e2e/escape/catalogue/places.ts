/** A site that moves its own window. The test keeps looking from outside while the site tries. */
import { tricks } from '../../../fixtures/sites/hostile/tricks.ts';
import type { Attempt } from '../attempt.ts';
import { Untried } from '../patience.ts';
import { aFrame, FREE, comesTrue, type Fixture } from '../fixture.ts';

const LOOKS_FOR_MS = 2_500;
/** The minimum, however busy the machine is. */
const LOOKS = 3;

/** Records the first place where the site was seen and may not be. */
const watchPlace = (): Pick<Attempt, 'do' | 'mustHold'> => {
  let looks = 0;
  let wrong: string | undefined;
  return {
    async do(fixture: Fixture) {
      [looks, wrong] = [0, undefined];
      if (fixture.visit()?.cover.kind === 'site') await fixture.press();
      for (const endMs = performance.now() + LOOKS_FOR_MS; performance.now() < endMs || looks < LOOKS; looks++) {
        for (const { x, y, width, height } of (await fixture.windows()).sites) {
          if (x === FREE.x && y === FREE.y && width === FREE.width && height === FREE.height) continue;
          wrong ??= `the site was seen ${width}×${height} at ${x},${y}`;
        }
        await aFrame();
      }
      fixture.note(`${looks} looks`);
    },
    async mustHold(fixture) {
      if (wrong !== undefined) return wrong;
      if (looks < LOOKS) throw new Untried(`only ${looks} looks: the machine is too busy to tell`);
      // A page that is too busy moving is covered by our message for pages that hang.
      const inSight = async (): Promise<boolean> =>
        fixture.visit()?.cover.kind !== 'site' || (await fixture.site()) !== undefined;
      return (await comesTrue(inSight, 3_000)) ? undefined : 'the site went away';
    },
  };
};

const FAST = new Set(['/place/ecran', '/place/ecran-toujours']);

export const places: readonly Attempt[] = tricks
  .filter(({ path }) => path.startsWith('/place/'))
  .map(({ path, what }) => ({
    name: `place${path.slice('/place'.length)}`,
    what,
    page: path,
    // Its second window would cover the next page.
    ...(path === '/place/fenetre' ? {} : { follows: true as const }),
    ...watchPlace(),
    ...(FAST.has(path) ? { fast: true as const } : {}),
  }));
