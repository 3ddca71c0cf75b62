/** A slow site: when our page covers it, and what a retry does. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Cover } from '../../../main/contract/browsing.ts';
import { createBrowsing, type Browsing, type BrowsingDeps } from '../../../main/features/browsing/browsing.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';
import { createMemoryShell, type GuestController, type MemoryShell } from '../../fakes/memory-shell.ts';
import { load } from '../config/folder.ts';

const FORM = 'https://wwwd.caf.fr/rsa/envoi';

let clock: ManualClock;
let memory: MemoryShell;
let browsing: Browsing;
let cover: Cover | undefined;
let site: GuestController;

beforeEach(async () => {
  clock = createManualClock();
  memory = createMemoryShell();
  const config = await load();
  if (!config.ok) throw new Error('the configuration of the tests is wrong');
  const nothing = async (): Promise<void> => undefined;
  const deps: BrowsingDeps = {
    clock,
    logger: { log: () => undefined },
    shell: memory.shell,
    config: config.value,
    publish: ({ visit }) => void (cover = visit?.cover),
    inSession: () => true,
    isNeighbour: () => false,
    counts: { add: () => undefined },
    idleLocks: { acquire: () => () => undefined },
    filesForPage: async () => ({ ok: false, error: 'gone' }),
    onPrintWanted: () => undefined,
    onDownload: nothing,
    onDownloadFailed: () => undefined,
    onDownloadRefused: () => undefined,
    emptyClipboard: nothing,
    onBlocked: () => undefined,
    onKeyboardLeft: () => undefined,
  };
  browsing = createBrowsing(deps);
  await browsing.handlers.open({ demarche: 'caf-rsa' });
  const [guest] = memory.guests;
  if (!guest) throw new Error('no guest was opened');
  site = guest;
});

const sends = (): void => {
  site.tell({ kind: 'loading', loading: true, url: FORM });
  site.tell({ kind: 'sending', sending: true });
};
const isSlow: Cover = { kind: 'unreachable', fault: 'slow' };

describe('a slow site', () => {
  it('is covered after fifteen seconds, and a retry loads the requested page', async () => {
    site.tell({ kind: 'loading', loading: true, url: 'https://wwwd.caf.fr/rsa/suite' });
    await clock.advance(15_000);
    expect(cover).toEqual(isSlow);
    await browsing.handlers.resume({ how: 'retry' });
    expect(site.navigations.at(-1)).toBe('https://wwwd.caf.fr/rsa/suite');
  });

  it('is not covered during an upload, however long that takes', async () => {
    sends();
    await clock.advance(10 * 60_000);
    expect(cover).toEqual({ kind: 'site' });
  });

  it('is covered fifteen seconds after an upload is answered, when no page follows', async () => {
    sends();
    await clock.advance(60_000);
    site.tell({ kind: 'sending', sending: false });
    await clock.advance(14_000);
    expect(cover).toEqual({ kind: 'site' });
    await clock.advance(1_000);
    expect(cover).toEqual(isSlow);
  });

  it('gets a failed form again on a retry, by a reload and not by a new navigation', async () => {
    const before = site.navigations.length;
    sends();
    site.tell({ kind: 'sending', sending: false });
    site.tell({ kind: 'load-failed', url: FORM, fault: 'refused', sent: true });
    await browsing.handlers.resume({ how: 'retry' });
    expect(site.reloads).toBe(1);
    expect(site.navigations).toHaveLength(before);
    expect(cover).toEqual({ kind: 'opening' });
  });
});
