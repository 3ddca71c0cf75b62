/**
 * `npm run escape`: every attempt of the catalogue, one line each. `npm run escape -- keyboard page/local` plays a part.
 * `npm run escape -- --layers` leaves out one layer after the other and says which attempts then fail.
 */
import { catalogue } from './catalogue/index.ts';
import type { Attempt } from './attempt.ts';
import { layers, type Layer } from './layers.ts';
import { play, type Played } from './play.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const named = (parts: readonly string[]): readonly Attempt[] =>
  catalogue.filter((one) => parts.some((part) => one.name.startsWith(part)));

const lineOf = ({ attempt, verdict, ms, noted }: Played): string => {
  const outcome = verdict.kind === 'held' ? 'held   ' : verdict.kind.toUpperCase().padEnd(7);
  const figure = noted === '' ? '' : `; ${noted}`;
  const why = verdict.kind === 'held' ? '' : `\n        ${verdict.why}`;
  return `${outcome} ${attempt.name} — ${attempt.what} (${ms} ms${figure})${why}`;
};

const playAll = async (attempts: readonly Attempt[]): Promise<boolean> => {
  const startedMs = performance.now();
  const played = await play(attempts, (one) => say(lineOf(one)));
  const count = (kind: string): number => played.filter((one) => one.verdict.kind === kind).length;
  say(`${Math.round((performance.now() - startedMs) / 1000)} s`);
  say(`escape: ${played.length} attempts, ${count('escaped')} escaped, ${count('hung')} hung`);
  return count('held') === played.length && played.length > 0;
};

/** Which attempts fail without this layer. A kiosk that does not even start has shown nothing. */
const failuresWithout = async (layer: Layer): Promise<readonly Played[] | string> => {
  try {
    const played = await play(named(layer.provedBy), () => undefined, layer);
    return played.filter((one) => one.verdict.kind !== 'held');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

const playLayers = async (wanted: readonly string[]): Promise<boolean> => {
  let ornaments = 0;
  const chosen = layers.filter((one) => wanted.length === 0 || wanted.includes(one.name));
  for (const layer of chosen) {
    const failed = await failuresWithout(layer);
    if (typeof failed === 'string' || failed.length === 0) ornaments += 1;
    say(`without ${layer.name} (${layer.what}):`);
    if (typeof failed === 'string') say(`    NOTHING WAS PLAYED: ${failed}`);
    else if (failed.length === 0) say('    NOTHING FAILS');
    else
      for (const { attempt, verdict } of failed)
        say(`    ${attempt.name}: ${verdict.kind === 'held' ? '' : verdict.why}`);
  }
  say(`layers: ${chosen.length} left out one by one, ${ornaments} missed by nobody`);
  return ornaments === 0 && chosen.length > 0;
};

const args = process.argv.slice(2);
const wanted = args.filter((one) => one !== '--layers');
const unknown = args.includes('--layers')
  ? wanted.filter((name) => !layers.some((layer) => layer.name === name))
  : wanted.filter((part) => named([part]).length === 0);
if (unknown.length > 0) {
  process.stderr.write(
    `escape: nothing is called ${unknown.join(', ')}; parts are like keyboard, page/local, kill/main\n`,
  );
  process.exit(2);
}
const held = args.includes('--layers')
  ? await playLayers(wanted)
  : await playAll(wanted.length === 0 ? catalogue : named(wanted));
process.exit(held ? 0 : 1);
