/** Every way in which a session can end, well or badly. Each leads to an accueil that welcomes the next person. */
import { randomInt } from 'node:crypto';
import { onScreens } from '../e2e/pages/selectors.ts';
import { until } from '../harness/until.ts';
import type { KioskRun } from './kiosk-run.ts';
import { connectAsScreens } from './main-connection.ts';
import type { Volumes } from './volumes.ts';

export interface RunningSession {
  readonly kiosk: KioskRun;
  readonly volumes: Volumes;
  /** Keeps a picture of the disk for the search. */
  readonly keepDisk: (bytes: Buffer) => void;
}

export interface Ending {
  readonly name: string;
  /** Begins while the session still goes on; `planting` settles when its last canary is planted. */
  readonly end: (session: RunningSession, planting: Promise<void>) => Promise<void>;
}

const leave = async ({ kiosk }: RunningSession): Promise<void> => {
  const see = onScreens(await kiosk.screens());
  await see.finished.click();
  await see.yesLeave.click();
};

const signal = (pids: readonly number[], name: NodeJS.Signals): void => {
  if (pids.length === 0 || pids.some((pid) => pid <= 0)) throw new Error('there is no such process to end');
  for (const pid of pids) process.kill(pid, name);
};

/** Browsers of sites in the order they were started: the démarche's, the mailbox's, the one kept warm. */
const mailboxPid = ({ kiosk }: RunningSession): number => {
  const [, mailbox] = [...kiosk.browserPids('guest')].sort((one, other) => one - other);
  if (mailbox === undefined) throw new Error('there is no second browser of a site');
  return mailbox;
};

const after =
  (what: (session: RunningSession) => Promise<void>): Ending['end'] =>
  async (session, planting) => {
    await planting;
    await what(session);
  };

/** The whole machine stops: what had reached the disk is all that is left of it. */
const pullThePlug = async ({ kiosk, volumes, keepDisk }: RunningSession, sync: boolean): Promise<void> => {
  const disk = volumes.rawDisk(sync);
  keepDisk(disk);
  await kiosk.killAll();
  volumes.powerCut(disk);
  kiosk.restart();
};

export const endings: readonly Ending[] = [
  { name: 'the button', end: after(leave) },
  {
    name: 'nobody touches anything',
    end: after(async ({ kiosk }) => {
      // What was begun (a print, a sending) holds the session: on a quiet machine the question came after 70 seconds.
      await onScreens(await kiosk.screens()).stillHere.waitFor({ timeout: 120_000 });
    }),
  },
  {
    name: 'kill -9 of the site’s browser, then the button',
    end: after(async (session) => {
      signal(session.kiosk.browserPids('guest'), 'SIGKILL');
      await leave(session);
    }),
  },
  {
    name: 'a site’s browser that refuses to die (stopped), then the button',
    end: after(async (session) => {
      signal(session.kiosk.browserPids('guest'), 'SIGSTOP');
      await leave(session);
    }),
  },
  {
    name: 'kill -9 of the mailbox’s browser alone, then the button',
    end: after(async (session) => {
      signal([mailboxPid(session)], 'SIGKILL');
      await leave(session);
    }),
  },
  {
    name: 'the mailbox in sight, its browser stopped, then the button',
    end: after(async (session) => {
      const main = await connectAsScreens(await session.kiosk.screens());
      await main.ask('browsing', 'front', { demarche: 'boite' });
      signal([mailboxPid(session)], 'SIGSTOP');
      await leave(session);
    }),
  },
  {
    name: 'kill -9 of our own screens',
    end: after(async ({ kiosk }) => signal(kiosk.browserPids('kiosk'), 'SIGKILL')),
  },
  { name: 'kill -9 of the main process', end: after(async ({ kiosk }) => signal([kiosk.mainPid()], 'SIGKILL')) },
  {
    name: 'a main process that hangs (stopped)',
    end: after(async ({ kiosk }) => signal([kiosk.mainPid()], 'SIGSTOP')),
  },
  { name: 'a main process in an endless loop', end: after(async ({ kiosk }) => signal([kiosk.mainPid()], 'SIGUSR2')) },
  {
    name: 'the kiosk asked to end (SIGTERM), then started',
    end: after(async ({ kiosk }) => {
      signal([kiosk.watcherPid()], 'SIGTERM');
      await until('its end', () => !kiosk.running(), 20_000);
      kiosk.restart();
    }),
  },
  {
    name: 'kill -9 of the watcher, then started',
    end: after(async ({ kiosk }) => {
      signal([kiosk.watcherPid()], 'SIGKILL');
      await until('the end of all of it', () => kiosk.pids().length === 0, 30_000);
      kiosk.restart();
    }),
  },
  {
    name: 'kill -9 of main in the middle of the wipe',
    end: after(async (session) => {
      await leave(session);
      signal([session.kiosk.mainPid()], 'SIGKILL');
    }),
  },
  { name: 'a power cut, all of it on the disk', end: after((session) => pullThePlug(session, true)) },
  {
    name: 'a power cut at a random moment',
    async end(session, planting) {
      planting.catch(() => undefined); // cut short, as it is meant to be
      await new Promise((resolve) => setTimeout(resolve, randomInt(500, 8_000)));
      await pullThePlug(session, false);
    },
  },
];
