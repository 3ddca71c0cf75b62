/**
 * Huge messages, documents and answers to the kiosk's own process: its memory must stay bounded, and the bar must keep
 * answering.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Attempt } from '../attempt.ts';
import { patience, Untried } from '../patience.ts';
import { comesTrue, type Fixture } from '../fixture.ts';
import { finishes } from './endless.ts';

const MB = 1024 * 1024;
/** The longest accepted message is held as bytes, as text and as the parsed value, and two may be in memory at once. */
const GROWS_AT_MOST = 400 * MB;
const LASTS_MS = 4_000;
const BEGINS_WITHIN_MS = 15_000;
/** A page that delivers its print too slowly is refused after thirty seconds. */
const ENDS_WITHIN_MS = 45_000;
/** A person notices a longer wait. */
const SILENT_AT_MOST_MS = 1_000;
const ASKED_EVERY_MS = 50;
const OWN_TICK_MS = 10;

const statusOf = (pid: number, label: string): number =>
  Number(new RegExp(`^${label}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]) * 1024;

/** Resets the peak memory use (VmHWM) of the process. */
const resetPeakMemory = (pid: number): void => writeFileSync(`/proc/${pid}/clear_refs`, '5');

interface Heavy {
  readonly name: string;
  readonly what: string;
  readonly page: string;
  /** Whether the flood has started. If it never does, nothing was tried. */
  readonly begun: (fixture: Fixture) => boolean;
  /** Whether the flood has ended. Absent when it never does: it is then observed for a fixed time. */
  readonly ended?: (fixture: Fixture) => boolean;
  /** What the state must never hold. Returns what is wrong. */
  readonly wrong?: (fixture: Fixture) => string | undefined;
  readonly lastsMs?: number;
}

/** How long this process itself stood still in all: it serves the sites of every lane. */
const ownStandstill = (): { readonly ms: () => number; readonly stop: () => void } => {
  let ms = 0;
  let atMs = performance.now();
  const timer = setInterval(() => {
    const nowMs = performance.now();
    ms += Math.max(0, nowMs - atMs - OWN_TICK_MS);
    atMs = nowMs;
  }, OWN_TICK_MS);
  return { ms: () => ms, stop: () => clearInterval(timer) };
};

/**
 * Asks main for an answer again and again. The returned function ends it, and returns the longest wait, without the
 * time in which this process itself stood still.
 */
const measureSilence = (fixture: Fixture): (() => Promise<number>) => {
  let longestMs = 0;
  let stopped = false;
  const own = ownStandstill();
  const asking = (async () => {
    while (!stopped) {
      const [atMs, stoodMs] = [performance.now(), own.ms()];
      await fixture.say('session', 'touch');
      const waitedMs = performance.now() - atMs;
      // An answer is heard before the timers that were late with it.
      await new Promise((resolve) => setTimeout(resolve, ASKED_EVERY_MS));
      longestMs = Math.max(longestMs, waitedMs - (own.ms() - stoodMs));
    }
  })();
  return async () => {
    stopped = true;
    await asking;
    own.stop();
    return longestMs;
  };
};

const inNewSession = async (fixture: Fixture, page: string): Promise<void> => {
  await fixture.say('session', 'leave');
  await comesTrue(() => fixture.phase() === 'idle', 15_000);
  fixture.mark();
  await fixture.open(page);
};

const played = ({ name, what, page, begun, ended, wrong, lastsMs }: Heavy): Attempt => {
  let grewBy = Infinity;
  let silentMs = Infinity;
  let stillMs = Infinity;
  return {
    name: `heavy/${name}`,
    what,
    page,
    ...(lastsMs === undefined ? {} : { lastsMs }),
    async do(fixture) {
      // A fresh session: the screens could still show an earlier attempt's print and would request it again.
      if (ended !== undefined) await inNewSession(fixture, page);
      const pid = fixture.kioskPid();
      resetPeakMemory(pid);
      const before = statusOf(pid, 'VmRSS');
      const silence = measureSilence(fixture);
      await fixture.stoodStillMs();
      try {
        if (fixture.visit()?.cover.kind === 'site') await fixture.press();
        if (!(await comesTrue(() => begun(fixture), BEGINS_WITHIN_MS))) throw new Untried('it never began');
        if (ended === undefined) await new Promise((resolve) => setTimeout(resolve, LASTS_MS));
        else if (!(await comesTrue(() => ended(fixture), ENDS_WITHIN_MS))) throw new Untried('it never came to an end');
      } finally {
        silentMs = await silence();
        stillMs = await fixture.stoodStillMs();
      }
      grewBy = statusOf(pid, 'VmHWM') - before;
      const refused = fixture.log().findLast((one) => one.event === 'print.refused');
      const why = refused === undefined ? '' : `; refused: ${String(refused['code'])}`;
      fixture.note(
        `main grew by ${Math.round(grewBy / MB)} MB, silent for ${Math.round(silentMs)} ms, still for ${Math.round(stillMs)} ms${why}`,
      );
    },
    async mustHold(fixture) {
      if (grewBy > GROWS_AT_MOST) return `the kiosk’s own process grew by ${Math.round(grewBy / MB)} MB`;
      // The second is measured by main itself, whatever happens to the answer on its way.
      for (const ms of [silentMs, stillMs])
        if (ms > patience(SILENT_AT_MOST_MS)) return `main did not answer for ${Math.round(ms)} ms`;
      return wrong?.(fixture) ?? finishes(fixture);
    },
  };
};

const asked = (fixture: Fixture): boolean => fixture.witness().some((one) => one.said === 'essaye');
/** A DNS name has 253 characters at most. */
const holdsLongHost = (fixture: Fixture): string | undefined => {
  const { length } = fixture.visit()?.cover.host ?? '';
  return length > 253 ? `our page shows a host of ${length} characters` : undefined;
};

export const heavyMessages: readonly Attempt[] = [
  played({ name: 'console', what: 'console lines of 50 MB', page: '/poids/paroles', begun: asked }),
  played({
    name: 'attributes',
    what: 'attributes, titles and addresses of 50 MB',
    page: '/poids/attributs',
    begun: asked,
  }),
  played({ name: 'accept', what: 'a choice of files with a list of 50 MB', page: '/poids/acceptation', begun: asked }),
  played({
    name: 'choices',
    what: 'choices of files that answer with millions of tiny objects',
    page: '/poids/choix',
    begun: asked,
  }),
  played({ name: 'questions', what: 'questions of 50 MB', page: '/poids/dialogue', begun: asked }),
  played({ name: 'uploads', what: 'uploads of 50 MB', page: '/poids/envoi', begun: asked }),
  played({
    name: 'host',
    what: 'a host of 1.9 million letters',
    page: '/poids/hote-long',
    // Not by its cover: on a busy machine the page is told as unresponsive a moment later.
    begun: (fixture) => fixture.log().some((one) => one.event === 'guest.navigation-blocked'),
    wrong: holdsLongHost,
  }),
  played({ name: 'history', what: 'history entries of 1.9 MB', page: '/poids/historique-long', begun: asked }),
  played({
    name: 'question-marks',
    what: 'history entries of 1.9 million question marks',
    page: '/poids/historique-long?signe=%3F',
    begun: asked,
  }),
  played({
    name: 'addresses',
    what: 'sixty connections to a name with four thousand addresses, again and again',
    page: '/poids/adresses',
    begun: (fixture) => fixture.requests().some((one) => one.host.startsWith('foule.')),
  }),
  played({
    name: 'archives',
    what: 'sixty archives of 80 KB that each unpack to 80 MB',
    page: '/telecharger/zips-lourds',
    begun: (fixture) => fixture.requests().filter((one) => one.path.startsWith('/telecharger/zip-lourd?')).length >= 60,
  }),
  played({
    name: 'noise',
    what: 'forty pages of noise are printed: refused with a message of ours',
    lastsMs: 40_000,
    page: '/poids/bruit',
    begun: (fixture) => fixture.heard().some((one) => one.feature === 'printing'),
    ended: (fixture) => fixture.showsPrintout() || fixture.log().some((one) => one.event === 'print.refused'),
  }),
];
