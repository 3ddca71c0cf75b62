/**
 * Visits of a person on one shell, timed, and what is left of them: the residue and bench parts of `npm run
 * electron:prove`. Prints outcomes as JSON. `--shell=chromium` rehearses it where Electron is not.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createPerson, demo } from '../e2e/pages/person.ts';
import { runKiosk, type RunningKiosk } from '../harness/running-kiosk.ts';
import { median } from '../bench/bench-row.ts';
import type { Outcome } from './outcomes.ts';

const ROUNDS = 5;
/** From "Oui, terminer" to the accueil; the other figures have no bound of their own yet. */
const RESET_WITHIN_MS = 1_200;
const CANARY = 'Canarijaune7';

const { values } = parseArgs({ options: { shell: { type: 'string' } } });
const shell = values.shell === 'chromium' ? 'chromium' : 'electron';

const filesUnder = (folder: string): readonly string[] => {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((one) => {
    const path = join(folder, one.name);
    return one.isDirectory() ? filesUnder(path) : one.isFile() ? [path] : [];
  });
};

/** Where a run may have written: its folders, and what Chromium keeps in memory for a program. */
const placesOf = (kiosk: RunningKiosk): readonly string[] => [
  kiosk.folder,
  kiosk.state,
  ...['/dev/shm', process.env['XDG_RUNTIME_DIR'] ?? '']
    .filter((place) => place !== '')
    .flatMap((place) => (existsSync(place) ? readdirSync(place).map((name) => join(place, name)) : []))
    .filter((path) => /\/pn-/.test(path) && statSync(path).isDirectory()),
];

const holds = (path: string): boolean => {
  try {
    const bytes = readFileSync(path);
    return bytes.includes(CANARY) || bytes.includes(Buffer.from(CANARY, 'utf16le'));
  } catch {
    return false; // it went meanwhile
  }
};

interface Visit {
  readonly openMs: number;
  readonly resetMs: number;
  /** The site held the word before the end: else its absence after it would say nothing. */
  readonly planted: boolean;
}

const whatTheSiteKeeps = (): string => `${document.cookie} ${JSON.stringify({ ...localStorage })}`;

const visit = async (kiosk: RunningKiosk): Promise<Visit> => {
  const person = createPerson(kiosk);
  await person.begin();
  await person.search(CANARY);
  const began = performance.now();
  const site = await person.goTo(demo.housing);
  await site.waitForLoadState('domcontentloaded');
  const openMs = performance.now() - began;
  await site.evaluate((word) => {
    document.cookie = `canary=${word}; max-age=86400`;
    localStorage.setItem('canary', word);
    const field = document.querySelector('input');
    if (field) field.value = word;
  }, CANARY);
  const planted = (await site.evaluate(whatTheSiteKeeps)).split(CANARY).length === 3;
  const ends = performance.now();
  await person.finish();
  return { openMs, resetMs: performance.now() - ends, planted };
};

const startedMs = performance.now();
let running: RunningKiosk | undefined;
const outcomes: Outcome[] = [];
try {
  running = await runKiosk({ shell });
  const kiosk = running;
  await createPerson(kiosk).see.begin.waitFor();
  const startMs = performance.now() - startedMs;
  const times: Visit[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await visit(kiosk));

  const bench = (name: string, ms: number, ok = true): void => {
    outcomes.push({ suite: 'bench', name, verdict: ok ? 'held' : 'failed', detail: `${Math.round(ms)} ms` });
  };
  const resetMs = median(times.map((one) => one.resetMs));
  bench('from the program to the accueil', startMs);
  bench('from a search to a site that is there, median', median(times.map(({ openMs }) => openMs)));
  bench(
    `from “Oui, terminer” to the accueil, median, within ${RESET_WITHIN_MS} ms`,
    resetMs,
    resetMs <= RESET_WITHIN_MS,
  );

  const residue = (name: string, found: readonly string[]): void => {
    const detail = found.slice(0, 5).join(', ');
    outcomes.push({
      suite: 'residue',
      name,
      verdict: found.length === 0 ? 'held' : 'failed',
      ...(detail && { detail }),
    });
  };
  residue('a cookie and a word in storage were there', times.every(({ planted }) => planted) ? [] : ['not planted']);
  residue('no file of the kiosk holds a word of an earlier person', placesOf(kiosk).flatMap(filesUnder).filter(holds));
  residue('no line of the log holds it', JSON.stringify(kiosk.log()).includes(CANARY) ? ['the log'] : []);
  const failedAudits = kiosk.log().filter(({ event }) => event === 'session.audit-failed').length;
  residue('every audit held', failedAudits === 0 ? [] : [`${failedAudits} failed`]);
  const next = createPerson(kiosk);
  await next.begin();
  residue('the screens say nothing of it', (await kiosk.screens.content()).includes(CANARY) ? ['our screens'] : []);
  const site = await next.goTo(demo.housing);
  const kept = await site.evaluate(whatTheSiteKeeps);
  residue('the site knows nothing of it', kept.includes(CANARY) ? ['cookies or storage'] : []);
  await next.finish();
} catch (error) {
  const detail = error instanceof Error ? error.message : String(error);
  outcomes.push({ suite: 'residue', name: 'the visits themselves', verdict: 'failed', detail });
} finally {
  await running?.stop();
}
process.stdout.write(JSON.stringify(outcomes));
process.exit(0);
