/** What browsers leave behind, their profiles and processes: found for the audit, and removed at the next start. */
import { isBrowserAccount } from '../../platform/accounts.ts';
import { sleep, type Clock } from '../../platform/clock.ts';
import { ownerOf } from '../../platform/memory-folder.ts';
import { killProcess, mentions, processesMentioning } from '../../platform/processes.ts';
import type { BrowserDeps } from './browser-process.ts';
import { dataOf, profileMark, profilesIn, removeProfile } from './profile.ts';

export interface RemainsDeps extends Pick<BrowserDeps, 'accounts' | 'files' | 'folder' | 'inUse'> {
  readonly clock: Clock;
  /** Other folders where an earlier run may have put its profiles, if memory was or is missing. */
  readonly earlierFolders: readonly string[];
}

/** Removes the profiles that no browser uses, and ends their processes. True: an earlier run had left some. */
export const purgeRemains = async (deps: RemainsDeps): Promise<boolean> => {
  const places = [...new Set([deps.folder, ...deps.earlierFolders])];
  await deps.accounts?.endStrays();
  const orphans = places.flatMap((place) => profilesIn(place).orphans.map((name) => `${place}/${name}`));
  const unused = profilesIn(deps.folder).ours.map((name) => `${deps.folder}/${name}`);
  for (const profile of [...orphans, ...unused.filter((one) => !deps.inUse.has(one))]) {
    for (const pid of processesMentioning(profile)) killProcess(pid, 'SIGKILL');
    const owner = ownerOf(dataOf(profile));
    if (owner && isBrowserAccount(owner.uid)) await deps.accounts?.end(owner.uid);
    await removeProfile({ files: deps.files, wait: (ms) => sleep(deps.clock, ms) }, profile);
  }
  return orphans.length > 0;
};

/** One line for each kind of thing that should be gone. */
export const findRemains = (deps: Pick<RemainsDeps, 'accounts' | 'folder' | 'inUse'>): readonly string[] => {
  const found: string[] = [];
  const { ours, orphans } = profilesIn(deps.folder);
  const folders = ours.filter((name) => !deps.inUse.has(`${deps.folder}/${name}`)).length + orphans.length;
  if (folders > 0) found.push(`profile folders: ${folders}`);
  // A helper process that outlived its browser has its profile on the command line, even if the folder is gone. The
  // order matters: a starting browser (the next guest) creates new processes all the time.
  const mark = profileMark(deps.folder);
  const all = processesMentioning(mark);
  const ofUse = new Set([...deps.inUse].flatMap(processesMentioning));
  // `mentions` drops processes that have just exited: reloading our own screens starts a new process.
  const strays = new Set(all.filter((pid) => !ofUse.has(pid) && mentions(pid, mark)));
  // A process that left its group and changed its environment still has its browser's account.
  for (const pid of deps.accounts?.strays() ?? []) strays.add(pid);
  if (strays.size > 0) found.push(`browser processes: ${strays.size}`);
  return found;
};
