/** Floods of every kind: the kiosk must stay usable. */
import { readFileSync } from 'node:fs';
import { hosts } from '../../../fixtures/sites/hosts.ts';
import type { Attempt } from '../attempt.ts';
import { comesTrue, type Fixture } from '../fixture.ts';
import { patience, Untried } from '../patience.ts';

const press = (fixture: Fixture): Promise<void> => fixture.press();
const flood = (name: string, what: string, page: string, waitMs = 2_000): Attempt => ({
  name: `flood/${name}`,
  what,
  page: `${page}${page.includes('?') ? '&' : '?'}seul`,
  do: press,
  greedy: true,
  waitMs,
});

/** A site of another host, which the next person opens. */
const NEXT = `https://${hosts.caisse}/`;
/**
 * The kiosk waits four seconds for a name to get its turn. Without that wait, the site is there in about one; at load
 * 8, with four other kiosks, in up to four.
 */
const OPENS_WITHIN_MS = 3_000;

const nextOpens = async (fixture: Fixture): Promise<string | undefined> => {
  await fixture.say('browsing', 'close');
  const startMs = performance.now();
  await fixture.openBeside(NEXT);
  const tookMs = Math.round(performance.now() - startMs);
  fixture.note(`${fixture.noted()} the next site after ${tookMs} ms`.trim());
  await fixture.closeBoth();
  return tookMs <= patience(OPENS_WITHIN_MS) ? undefined : `the next site opened after ${tookMs} ms`;
};

const TICK_MS = 10; // `CLK_TCK` is 100 on Linux
/** `proc_pid_stat(5)`: fields 14 and 15. The second field, the program's name, may contain spaces. */
const cpuMs = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
};

/** Long enough for the connections of the first seconds to pile up. */
const REFUSED_FOR_MS = 12_000;
const BUSY_WITHIN_MS = 5_000;
const MOST_BUSY = 0.5;

const nextAfterNames: Attempt = {
  name: 'flood/names',
  what: 'eighty names a second of a name server that is dead',
  page: '/poids/noms',
  beside: NEXT,
  waitMs: 8_000,
  alone: true,
  async mustHold(fixture) {
    if (!fixture.witness().some((one) => one.said === 'fait')) throw new Untried('the page asked for no names');
    return nextOpens(fixture);
  },
};

/** The part of one core that main uses now. */
const busyNow = async (fixture: Fixture): Promise<number> => {
  const before = cpuMs(fixture.kioskPid());
  await new Promise((resolve) => setTimeout(resolve, BUSY_WITHIN_MS));
  const busy = (cpuMs(fixture.kioskPid()) - before) / BUSY_WITHIN_MS;
  fixture.note(`main is busy ${Math.round(busy * 100)} % of the time,`);
  return busy;
};

const nextAfterRefusals: Attempt = {
  name: 'flood/refused',
  what: 'three hundred refused connections a second',
  page: '/poids/refus',
  beside: NEXT,
  waitMs: REFUSED_FOR_MS,
  greedy: true,
  async mustHold(fixture) {
    if (!fixture.witness().some((one) => one.said === 'fait')) throw new Untried('the page asked for nothing');
    const busy = await busyNow(fixture);
    return (await nextOpens(fixture)) ?? (busy > MOST_BUSY ? 'refusing keeps main busy' : undefined);
  },
};

const film: Attempt = {
  name: 'flood/film',
  what: 'a film whose volume changes a hundred thousand times a second, or so the page says',
  page: '/poids/film',
  waitMs: 1_000,
  alone: true,
  async mustHold(fixture) {
    if (!fixture.witness().some((one) => one.said === 'fait')) throw new Untried('the film never played');
    return (await busyNow(fixture)) > MOST_BUSY ? 'hearing of the film keeps main busy' : undefined;
  },
};

const UNASKED_FOR_MS = 3_000;
/** One a second, and a busy machine is given more time. */
const MOST_LINES = 30;

const unasked: Attempt = {
  name: 'flood/unasked',
  what: 'windows that nobody asked for, thousands a second, some with an address of 1.9 MB',
  page: '/poids/fenetres',
  waitMs: UNASKED_FOR_MS,
  greedy: true,
  async mustHold(fixture) {
    const lines = (): number => fixture.log().filter((one) => one.event === 'guest.window-unasked').length;
    if (!(await comesTrue(lines, 5_000))) throw new Untried('the page asked for no window');
    return lines() > MOST_LINES ? `the log has ${lines()} lines about it` : undefined;
  },
};

export const floods: readonly Attempt[] = [
  flood('windows', 'a thousand windows', '/fenetres/deluge?n=1000', 3_000),
  flood('objects', 'objects without end', '/poids/memoire-objets?n=200000', 5_000),
  flood('spin', 'the page’s thread busy', '/poids/processeur?s=5', 1_000),
  flood('workers', 'sixty-four workers that spin', '/poids/ouvriers?n=64&s=5'),
  flood('worker-bomb', 'workers that start workers, twenty thousand', '/poids/ouvriers-bombe?n=20000', 4_000),
  flood('elements', 'half a million elements', '/poids/elements?n=500000', 3_000),
  flood('frames', 'three hundred frames', '/poids/cadres?n=300'),
  flood('canvas', 'two hundred large canvases', '/poids/toile?n=200'),
  flood('graphics', 'a hot graphics card', '/poids/graphique?s=4'),
  flood('regexp', 'an exploding expression', '/poids/regexp?n=34'),
  flood('recursion', 'recursion without a bottom', '/poids/recursion', 500),
  flood('microtasks', 'micro-tasks that starve the page', '/poids/taches?s=4'),
  flood('requests', 'five thousand requests', '/poids/requetes?n=5000'),
  flood('console', 'a hundred thousand console lines', '/poids/journal?n=100000'),
  flood('titles', 'a new title five hundred times', '/poids/titre', 1_000),
  flood('fragments', 'a new fragment five hundred times', '/poids/fragments', 1_000),
  flood('local-storage', 'fills localStorage', '/poids/local-storage', 1_000),
  flood('indexeddb', 'fills the disk through IndexedDB', '/poids/indexeddb?mo=1000', 3_000),
  flood('opfs', 'fills the disk through the private file system', '/poids/opfs?mo=1000', 3_000),
  flood('caches', 'fills the disk through the Cache API', '/poids/caches?mo=1000', 3_000),
  flood('cookies', 'three hundred cookies', '/poids/cookies', 500),
  flood('history', 'ten thousand history entries', '/sorties/histoire-longue'),
  flood('downloads', 'a thousand downloads', '/telecharger/deluge?n=1000'),
  flood('prints', 'prints ten thousand times', '/impression/boucle?n=10000', 1_000),
  flood('alerts', 'alerts without end', '/dialogues/alert-boucle?n=100000', 1_500),
  nextAfterNames,
  nextAfterRefusals,
  film,
  unasked,
];
