/** A process is killed. The kiosk must recover, or end the session cleanly. */
import type { Attempt } from '../attempt.ts';
import { comesTrue, type Fixture } from '../fixture.ts';

const commandLines = (fixture: Fixture, has: string): readonly number[] => fixture.pidsWith(has);
const kill = (pids: readonly number[]): void => {
  for (const pid of pids) process.kill(pid, 'SIGKILL');
};
const back = (fixture: Fixture) => comesTrue(async () => (await fixture.windows()).kiosk.length > 0, 15_000);

const ONE_BROWSER = 'Electron is one browser, and that is main: kill/main plays it';

export const kills: readonly Attempt[] = [
  {
    name: 'kill/guest-renderers',
    what: 'every renderer of the site is killed',
    page: '/pouvoirs/selection',
    do: async (fixture) => kill(await fixture.renderers('guest')),
    waitMs: 1_000,
    fast: true,
  },
  {
    name: 'kill/guest-process',
    what: 'the site’s browser is killed',
    chromiumOnly: ONE_BROWSER,
    page: '/pouvoirs/selection',
    do: (fixture) => kill(commandLines(fixture, 'class=point-numerique-guest')),
    waitMs: 1_000,
  },
  {
    name: 'kill/gpu',
    what: 'the graphics processes are killed',
    page: '/pouvoirs/selection',
    do: (fixture) => kill(commandLines(fixture, '--type=gpu-process')),
    waitMs: 2_000,
  },
  {
    name: 'kill/network-service',
    what: 'the network services are killed',
    page: '/pouvoirs/selection',
    do: (fixture) => kill(commandLines(fixture, 'network.mojom.NetworkService')),
    waitMs: 2_000,
  },
  {
    name: 'kill/kiosk-view',
    what: 'the browser of our own screens is killed',
    chromiumOnly: ONE_BROWSER,
    page: '/pouvoirs/selection',
    do: async (fixture) => {
      kill(commandLines(fixture, 'class=point-numerique-kiosk'));
      await comesTrue(() => fixture.log().some((one) => one.event === 'shell.browser-restarted'), 15_000);
      await back(fixture);
    },
    waitMs: 2_000,
  },
  {
    name: 'kill/kiosk-renderer',
    what: 'the renderer of our own screens is killed',
    page: '/pouvoirs/selection',
    do: async (fixture) => {
      kill(await fixture.renderers('kiosk-view'));
      await comesTrue(() => fixture.log().some((one) => one.event === 'shell.browser-restarted'), 15_000);
      await back(fixture);
    },
    waitMs: 2_000,
  },
  {
    name: 'kill/main',
    what: 'the main process is killed: no browser survives it, and the kiosk starts again',
    page: '/pouvoirs/selection',
    async do(fixture) {
      const before = fixture.processes().map((one) => one.pid);
      process.kill(fixture.kioskPid(), 'SIGKILL');
      const alive = (): boolean => before.some((pid) => fixture.lives(pid));
      if (!(await comesTrue(() => !alive(), 5_000))) throw new Error('browsers outlived the main process');
      await fixture.restart();
    },
  },
];
