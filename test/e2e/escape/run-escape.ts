/** `npm run escape`: every attempt of the catalogue, one line each. `npm run escape -- keyboard` plays a part. */
import { catalogue } from './catalogue/index.ts';
import { play } from './play.ts';

const wanted = process.argv.slice(2);
const attempts = catalogue.filter((one) => wanted.length === 0 || wanted.some((part) => one.name.startsWith(part)));
const played = await play(attempts, ({ attempt, verdict, ms }) => {
  const outcome = verdict.kind === 'held' ? 'held   ' : verdict.kind.toUpperCase().padEnd(7);
  process.stdout.write(
    `${outcome} ${attempt.name} — ${attempt.what} (${ms} ms)${verdict.kind === 'held' ? '' : `\n        ${verdict.why}`}\n`,
  );
});
const count = (kind: string): number => played.filter((one) => one.verdict.kind === kind).length;
process.stdout.write(`escape: ${played.length} attempts, ${count('escaped')} escaped, ${count('hung')} hung\n`);
process.exit(count('held') === played.length && played.length > 0 ? 0 : 1);
