/**
 * `npm run escape`: plays every attempt of the catalogue, one line of output each. `npm run escape -- keyboard
 * page/local` plays a part. `--lanes=1` plays on one kiosk at a time (default: five). `--shell=electron` plays on
 * Electron, where it is installed. `npm run escape -- --layers` removes one layer at a time and reports the attempts
 * that then get through.
 */
import { parseArgs } from 'node:util';
import { catalogue } from './catalogue/index.ts';
import type { Attempt } from './attempt.ts';
import { playableOn } from './playable-on.ts';
import { layers, type Layer } from './layers.ts';
import { play, type Played } from './play.ts';
import { electronIsAbsent, electronProgram } from '../../harness/electron/in-electron.ts';
import type { ShellName } from './shells.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const named = (parts: readonly string[]): readonly Attempt[] =>
  catalogue.filter((one) => parts.some((part) => one.name.startsWith(part)));

const lineOf = ({ attempt, verdict, ms, noted }: Played): string => {
  const outcome = verdict.kind === 'held' ? 'held   ' : verdict.kind.toUpperCase().padEnd(7);
  const figure = noted === '' ? '' : `; ${noted}`;
  const why = verdict.kind === 'held' ? '' : `\n        ${verdict.why}`;
  return `${outcome} ${attempt.name} — ${attempt.what} (${ms} ms${figure})${why}`;
};

/** Some pages send thousands of requests. */
const TRACED = 40;
const tell = (one: Played): void => {
  say(lineOf(one));
  for (const line of one.trace.slice(-TRACED)) say(`        ${line}`);
};

const SLOWEST_TOLD = 20;
/** Shows where the time of a run went. */
const tellSlowest = (played: readonly Played[]): void => {
  say('the slowest:');
  for (const { attempt, ms } of played.toSorted((a, b) => b.ms - a.ms).slice(0, SLOWEST_TOLD))
    say(`  ${String(ms).padStart(6)} ms ${attempt.name}`);
};

const sumUp = (played: readonly Played[], elsewhere: number, startedMs: number): boolean => {
  const count = (kind: string): number => played.filter((one) => one.verdict.kind === kind).length;
  if (played.length > SLOWEST_TOLD) tellSlowest(played);
  for (const one of played.filter(({ verdict }) => verdict.kind !== 'held')) say(lineOf(one));
  const notHere = elsewhere === 0 ? '' : `, ${elsewhere} not applicable`;
  const untried = count('untried') === 0 ? '' : `, ${count('untried')} untried`;
  const seconds = Math.round((performance.now() - startedMs) / 1_000);
  say(
    `escape: ${played.length} attempts, ${count('escaped')} escaped, ${count('hung')} hung${untried}${notHere}, ${seconds} s`,
  );
  return count('held') === played.length && played.length > 0;
};

/** Most attempts wait rather than compute, so five kiosks share two cores well. */
const USUAL_LANES = '5';

const playAll = async (wanted: readonly Attempt[], shell: ShellName, lanes: number): Promise<boolean> => {
  const startedMs = performance.now();
  const [attempts, elsewhere] = playableOn(shell, wanted);
  for (const { name, chromiumOnly } of elsewhere) say(`not applicable ${name} — ${chromiumOnly}`);
  const soFar: Played[] = [];
  const report = (one: Played): void => {
    soFar.push(one);
    tell(one);
  };
  // An interrupted run still prints a summary of what was played.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      sumUp(soFar, elsewhere.length, startedMs);
      say(`escape: stopped, ${attempts.length - soFar.length} attempts were not played`);
      process.exit(1);
    });
  const played = await play(attempts, report, { shell, lanes });
  return sumUp(played, elsewhere.length, startedMs);
};
/** The attempts that get through without this layer. A string is the error of a kiosk that did not start: no proof. */
const failuresWithout = async (layer: Layer): Promise<readonly Played[] | string> => {
  try {
    const played = await play(named(layer.provedBy), (one) => say(`    ${lineOf(one)}`), { without: layer });
    return played.filter(({ verdict: { kind } }) => kind === 'escaped' || kind === 'hung');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

const playLayers = async (wanted: readonly string[]): Promise<boolean> => {
  let unneeded = 0;
  const chosen = layers.filter((one) => wanted.length === 0 || wanted.includes(one.name));
  for (const layer of chosen) {
    say(`without ${layer.name} (${layer.what}):`);
    const failed = await failuresWithout(layer);
    if (typeof failed === 'string' || failed.length === 0) unneeded += 1;
    if (typeof failed === 'string') say(`    NOTHING WAS PLAYED: ${failed}`);
    else if (failed.length === 0) say('    NOTHING FAILS');
    else say(`    MISSED by ${failed.length}`);
  }
  say(`layers: ${chosen.length} removed one by one, ${unneeded} that no attempt needs`);
  return unneeded === 0 && chosen.length > 0;
};

const stopWith = (sentence: string): never => {
  process.stderr.write(`escape: ${sentence}\n`);
  process.exit(2);
};

const {
  values: { shell, layers: leavesOut, lanes: given },
  positionals: wanted,
} = parseArgs({
  allowPositionals: true,
  options: {
    shell: { type: 'string', default: 'chromium' },
    layers: { type: 'boolean', default: false },
    lanes: { type: 'string', default: USUAL_LANES },
  },
});
const lanes = Number(given);
if (!Number.isInteger(lanes) || lanes < 1) stopWith(`--lanes=${given}: expected how many kiosks side by side`);
if (shell !== 'chromium' && shell !== 'electron') stopWith(`--shell=${shell}: expected chromium or electron`);
if (shell === 'electron' && leavesOut) stopWith('--layers leaves out layers of the Chromium shell');
if (shell === 'electron' && electronProgram === undefined) stopWith(`nothing is played: ${electronIsAbsent}`);
const unnamed = leavesOut
  ? wanted.filter((name) => !layers.some((layer) => layer.name === name))
  : wanted.filter((part) => named([part]).length === 0);
if (unnamed.length > 0)
  stopWith(`nothing is called ${unnamed.join(', ')}; parts are like keyboard, page/local, kill/main`);
const held = leavesOut
  ? await playLayers(wanted)
  : await playAll(wanted.length === 0 ? catalogue : named(wanted), shell as ShellName, lanes);
process.exit(held ? 0 : 1);
