/** Floods of every kind: the kiosk must stay usable. */
import type { Attempt } from '../attempt.ts';
import type { Fixture } from '../fixture.ts';

const press = (fixture: Fixture): Promise<void> => fixture.press();
const flood = (name: string, what: string, page: string, waitMs = 2_000): Attempt => ({
  name: `flood/${name}`,
  what,
  page: `${page}${page.includes('?') ? '&' : '?'}seul`,
  do: press,
  greedy: true,
  waitMs,
});

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
];
