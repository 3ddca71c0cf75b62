/** Resource limits of a site, what the person is told when it hangs, and what it finds on the clipboard. */
import { execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Attempt } from '../attempt.ts';
import { patience, Untried } from '../patience.ts';
import { comesTrue, type Fixture } from '../fixture.ts';

const exec = promisify(execFile);
const cover = (fixture: Fixture): string => fixture.visit()?.cover.kind ?? 'no site';
/** The kiosk measures every 400 ms; the rest is for a busy machine. */
const ENDS_WITHIN_MS = 20_000;

const tooMuch = (name: string, what: string, page: string, fast = false): Attempt => ({
  name: `limits/${name}`,
  what,
  page: `${page}&seul`,
  greedy: true,
  async do(fixture) {
    const startedMs = performance.now();
    if (await comesTrue(() => cover(fixture) === 'crashed', ENDS_WITHIN_MS))
      fixture.note(`ended after ${Math.round(performance.now() - startedMs)} ms`);
  },
  async mustHold(fixture) {
    if (!fixture.log().some((one) => one.event === 'guest.took-too-much')) return 'the kiosk did not notice';
    if (cover(fixture) !== 'crashed') return `the person was not told (${cover(fixture)})`;
    // Start the démarche over in a fresh guest.
    await fixture.say('browsing', 'resume', { how: 'start-over' });
    return undefined;
  },
  ...(fast ? { fast: true as const } : {}),
});

/** From the person's request until the site is no longer visible. */
const AWAY_WITHIN_MS = 1_000;

const putAway = (name: string, what: string, page: string): Attempt => {
  let tookMs = Infinity;
  return {
    name: `hang/${name}`,
    what,
    page,
    alone: true,
    chromiumOnly: 'the frame of a site is the Chromium shell’s',
    async do(fixture) {
      tookMs = Infinity;
      await new Promise((resolve) => setTimeout(resolve, 1_500)); // until it is busy
      let frame = '';
      // Retry: the search fails if any window of the display closes meanwhile.
      const look = async (): Promise<boolean> => {
        frame = (await fixture.screen.do('search', '--onlyvisible', '--class', 'point-numerique-site')).trim();
        return frame !== '';
      };
      if (!(await comesTrue(look, 5_000))) throw new Untried('the site was never in sight');
      // Listen for the X server's event: polling a busy display takes longer than the time measured.
      const ear = spawn('xev', ['-id', frame, '-event', 'structure'], {
        env: { ...process.env, DISPLAY: fixture.display },
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      let wentAt: number | undefined;
      ear.stdout.on('data', (chunk: Buffer) => {
        if (chunk.includes('UnmapNotify event')) wentAt ??= performance.now();
      });
      await new Promise((resolve) => setTimeout(resolve, 500)); // until it listens
      const startedMs = performance.now();
      await fixture.say('browsing', 'place', { rect: null });
      if (await comesTrue(() => wentAt !== undefined, 20_000)) tookMs = (wentAt ?? Infinity) - startedMs;
      ear.kill('SIGKILL');
      fixture.note(`away after ${Math.round(tookMs)} ms`);
    },
    async mustHold(fixture) {
      await fixture.say('browsing', 'close');
      return tookMs > patience(AWAY_WITHIN_MS) ? `the site was in sight for ${Math.round(tookMs)} ms` : undefined;
    },
  };
};

const hangs: readonly Attempt[] = [
  {
    name: 'hang/told',
    what: 'a page that hangs: the person is told within seconds, and may wait or leave',
    page: '/poids/processeur?s=60&seul',
    greedy: true,
    async do(fixture) {
      const startedMs = performance.now();
      if (await comesTrue(() => cover(fixture) === 'unresponsive', 12_000))
        fixture.note(`told after ${Math.round(performance.now() - startedMs)} ms`);
    },
    async mustHold(fixture) {
      if (cover(fixture) !== 'unresponsive') return `the person was not told (${cover(fixture)})`;
      await fixture.say('browsing', 'resume', { how: 'wait' });
      if (!(await comesTrue(() => cover(fixture) === 'site', 2_000))) return 'waiting does not show the site again';
      await fixture.say('browsing', 'close');
      return (await comesTrue(() => fixture.visit() === null, 5_000)) ? undefined : 'the person cannot leave it';
    },
  },
  {
    name: 'hang/silent',
    what: 'the site’s whole browser is stopped: hiding it ends it, and the person may start over',
    page: '/pouvoirs/selection',
    chromiumOnly: 'Electron is one browser, and that is main',
    async do(fixture) {
      const startedMs = performance.now();
      for (const pid of fixture.pidsWith('class=point-numerique-guest')) process.kill(pid, 'SIGSTOP');
      await fixture.say('browsing', 'place', { rect: null });
      if (await comesTrue(() => cover(fixture) === 'crashed', 20_000))
        fixture.note(`ended after ${Math.round(performance.now() - startedMs)} ms`);
    },
    async mustHold(fixture) {
      if (!fixture.log().some((one) => one.event === 'guest.browser-silent')) return 'the kiosk did not notice';
      if (cover(fixture) !== 'crashed') return `the person was not told (${cover(fixture)})`;
      await fixture.say('browsing', 'close');
      return undefined;
    },
  },
  putAway('put-away', 'a busy page is hidden at once', '/poids/processeur?s=60&seul'),
  putAway('put-away-place', 'a page that moves its window without end is hidden at once', '/place/ecran-toujours'),
];

const clip = async (fixture: Fixture, selection: string, ...args: readonly string[]): Promise<string> => {
  const env = { ...process.env, DISPLAY: fixture.display };
  try {
    return (await exec('xclip', ['-selection', selection, ...args], { env, timeout: 3_000 })).stdout;
  } catch {
    return ''; // nothing owns the selection
  }
};
/**
 * `xclip` stays in the background to serve the selection. Its output is redirected so that `exec` does not wait for it.
 */
const put = (fixture: Fixture, selection: string): Promise<unknown> =>
  exec('sh', ['-c', `printf 'mot de passe' | xclip -selection ${selection} >/dev/null 2>&1`], {
    env: { ...process.env, DISPLAY: fixture.display },
    timeout: 3_000,
  });
const SELECTIONS = ['primary', 'secondary', 'clipboard'] as const;

const clipboard: readonly Attempt[] = [
  {
    name: 'clipboard/sign-in',
    what: 'the clipboard is cleared when a site with sign-in opens',
    page: '/cible?compte',
    async do(fixture) {
      for (const one of SELECTIONS) await put(fixture, one);
      await fixture.open('/cible?compte');
    },
    async mustHold(fixture) {
      for (const one of SELECTIONS)
        if ((await clip(fixture, one, '-o')) !== '') return `the ${one} selection is still there`;
      return undefined;
    },
  },
];

const leftBehind = (name: string, what: string, page: string): Attempt => ({
  name: `clipboard/${name}`,
  what,
  page,
  async do(fixture) {
    await fixture.press();
    for (const one of SELECTIONS) await put(fixture, one);
    await fixture.say('session', 'leave');
    await comesTrue(() => fixture.phase() === 'idle', 15_000);
  },
  async mustHold(fixture) {
    for (const one of SELECTIONS)
      if ((await clip(fixture, one, '-o')) !== '') return `the ${one} selection survived the session`;
    return fixture.phase() === 'idle' ? undefined : `the session never ended: ${fixture.phase()}`;
  },
});
const afterwards = [
  leftBehind('left', 'text that a person copied is cleared with the session', '/pouvoirs/presse-papiers-ecrire'),
  leftBehind('left-flooded', 'text that a page keeps copying is cleared with the session', '/sans-fin/presse-papiers'),
];

const status = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/status`, 'latin1');
  } catch {
    return '';
  }
};

const sandbox: Attempt = {
  name: 'sandbox/renderers',
  what: 'each renderer of a site: system calls filtered, no new rights, not root, no core dump',
  page: '/cible',
  async mustHold(fixture) {
    const renderers = await fixture.renderers('guest');
    if (renderers.length === 0) return 'no renderer was found';
    for (const pid of renderers) {
      const text = status(pid);
      if (!/^Seccomp:\t2$/m.test(text)) return 'a renderer whose system calls are not filtered';
      if (!/^NoNewPrivs:\t1$/m.test(text)) return 'a renderer that may gain rights';
      if (/^Uid:\t0\t/m.test(text)) return 'a renderer that is root';
      if (!/^Max core file size\s+0\s/m.test(readFileSync(`/proc/${pid}/limits`, 'latin1')))
        return 'a renderer whose crash would leave what was typed on the disk';
    }
    return undefined;
  },
  fast: true,
};

export const machine: readonly Attempt[] = [
  tooMuch('memory', 'ten gigabytes', '/poids/memoire?mo=10000', true),
  tooMuch('wasm', 'ten gigabytes of WebAssembly memory', '/poids/wasm?mo=10000'),
  tooMuch('swarm', 'three hundred sites, each a process', '/poids/essaim?n=300'),
  {
    ...tooMuch('room', 'three gigabytes in the private file system', '/poids/opfs?mo=3000'),
    chromiumOnly: 'Electron keeps profiles in the memory of a process that all guests share, so none can be measured',
  },
  {
    ...tooMuch('files', 'a million empty files in the private file system', '/poids/fichiers-vides?n=1000000'),
    chromiumOnly: 'Electron keeps profiles in the memory of a process that all guests share, so none can be measured',
  },
  ...hangs,
  ...clipboard,
  ...afterwards,
  sandbox,
];
