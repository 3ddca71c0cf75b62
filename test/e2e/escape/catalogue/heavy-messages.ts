/**
 * Huge messages from a page to the kiosk's own process: its memory must stay bounded, and the bar must keep answering.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Attempt } from '../attempt.ts';
import { Untried } from '../patience.ts';
import { until, type Stage } from '../stage.ts';
import { finishes } from './endless.ts';

const MB = 1024 * 1024;
/** The longest accepted message is held as bytes, as text and as the parsed value, and two may be in memory at once. */
const GROWS_AT_MOST = 400 * MB;
const LASTS_MS = 4_000;
const BEGINS_WITHIN_MS = 15_000;
/** A page that delivers its print too slowly is refused after thirty seconds. */
const ENDS_WITHIN_MS = 45_000;

const statusOf = (pid: number, label: string): number =>
  Number(new RegExp(`^${label}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]) * 1024;

/** Resets the peak memory use (VmHWM) of the process. */
const resetPeakMemory = (pid: number): void => writeFileSync(`/proc/${pid}/clear_refs`, '5');

interface Heavy {
  readonly name: string;
  readonly what: string;
  readonly page: string;
  /** Whether the flood has started. If it never does, nothing was tried. */
  readonly begun: (stage: Stage) => boolean;
  /** Whether the flood has ended. Absent when it never does: it is then observed for a fixed time. */
  readonly ended?: (stage: Stage) => boolean;
}

const inNewSession = async (stage: Stage, page: string): Promise<void> => {
  await stage.say('session', 'leave');
  await until(() => stage.phase() === 'idle', 15_000);
  stage.mark();
  await stage.open(page);
};

const played = ({ name, what, page, begun, ended }: Heavy): Attempt => {
  let grewBy = Infinity;
  return {
    name: `heavy/${name}`,
    what,
    page,
    async do(stage) {
      // A fresh session: the screens could still show an earlier attempt's print and would request it again.
      if (ended !== undefined) await inNewSession(stage, page);
      const pid = stage.kioskPid();
      resetPeakMemory(pid);
      const before = statusOf(pid, 'VmRSS');
      if (stage.visit()?.cover.kind === 'site') await stage.press();
      if (!(await until(() => begun(stage), BEGINS_WITHIN_MS))) throw new Untried('it never began');
      if (ended === undefined) await new Promise((resolve) => setTimeout(resolve, LASTS_MS));
      else if (!(await until(() => ended(stage), ENDS_WITHIN_MS))) throw new Untried('it never came to an end');
      grewBy = statusOf(pid, 'VmHWM') - before;
      const refused = stage.log().findLast((one) => one.event === 'print.refused');
      const why = refused === undefined ? '' : `; refused: ${String(refused['code'])}`;
      stage.note(`the kiosk grew by ${Math.round(grewBy / MB)} MB${why}`);
    },
    async mustHold(stage) {
      if (grewBy > GROWS_AT_MOST) return `the kiosk’s own process grew by ${Math.round(grewBy / MB)} MB`;
      return finishes(stage);
    },
  };
};

const asked = (stage: Stage): boolean => stage.witness().some((one) => one.said === 'essaye');

export const heavyMessages: readonly Attempt[] = [
  played({ name: 'console', what: 'console lines of 50 MB', page: '/poids/paroles', begun: asked }),
  played({
    name: 'attributes',
    what: 'attributes, titles and addresses of 50 MB',
    page: '/poids/attributs',
    begun: asked,
  }),
  played({ name: 'accept', what: 'a choice of files with a list of 50 MB', page: '/poids/acceptation', begun: asked }),
  played({ name: 'questions', what: 'questions of 50 MB', page: '/poids/dialogue', begun: asked }),
  played({ name: 'uploads', what: 'uploads of 50 MB', page: '/poids/envoi', begun: asked }),
  played({
    name: 'noise',
    what: 'forty pages of noise are printed: refused with a message of ours',
    page: '/poids/bruit',
    begun: (stage) => stage.heard().some((one) => one.feature === 'printing'),
    ended: (stage) => stage.log().some((one) => one.event === 'print.refused' || one.event === 'print.prepared'),
  }),
];
