/** A session with one site open, on a shell in memory: for tests of what a site does to the screens. */
import type { Cover } from '../../../main/contract/browsing.ts';
import type { BrowsingDeps } from '../../../main/features/browsing/browsing.ts';
import { browsingOfPerson, type PersonsBrowsing } from '../../fakes/browsing-person.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';
import {
  createMemoryShell,
  type GuestController,
  type MemoryShell,
  type MemorySites,
} from '../../fakes/memory-shell.ts';
import { quietKiosk } from '../../fakes/quiet-kiosk.ts';
import { load } from '../config/folder.ts';

export interface OneSite {
  readonly clock: ManualClock;
  readonly memory: MemoryShell;
  readonly browsing: PersonsBrowsing;
  readonly site: GuestController;
  /** What covers the site, as last published. */
  cover(): Cover | undefined;
}

type Others = Partial<Pick<BrowsingDeps, 'filesForPage' | 'logger' | 'counts' | 'onBlocked' | 'onClockBehind'>>;

/** `sites`: what answers in the place of a site that shows every page. */
export const openOneSite = async (others: Others = {}, sites?: MemorySites): Promise<OneSite> => {
  const clock = createManualClock();
  const memory = createMemoryShell(sites);
  const config = await load();
  if (!config.ok) throw new Error('the configuration of the tests is wrong');
  let cover: Cover | undefined;
  const browsing = browsingOfPerson({
    ...quietKiosk,
    logger: { log: () => undefined },
    ...others,
    clock,
    shell: memory.shell,
    config: config.value,
    publish: ({ visit }) => void (cover = visit?.cover),
  });
  await browsing.handlers.open({ demarche: 'caf-rsa' });
  const [site] = memory.guests;
  if (!site) throw new Error('no guest was opened');
  return { clock, memory, browsing, site, cover: () => cover };
};
