/**
 * `npm run residue [-- --short] [--ending=WORDS] [--leak=disk|log|clipboard]`: sessions that leave a canary everywhere
 * a person can, ended in every way; then every byte that they could have left is searched for every canary.
 */
import { parseArgs } from 'node:util';
import { endings } from './endings.ts';
import type { Leak } from './kiosk-run.ts';
import { play } from './play.ts';

const LEAKS: readonly Leak[] = ['disk', 'log', 'clipboard'];
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const { values } = parseArgs({
  options: { short: { type: 'boolean' }, ending: { type: 'string' }, leak: { type: 'string' } },
});
const leak = LEAKS.find((one) => one === values.leak);
if (values.leak !== undefined && leak === undefined) throw new Error(`--leak=${LEAKS.join('|')}`);
const chosen = endings.filter((one) => values.ending === undefined || one.name.includes(values.ending));
if (chosen.length === 0) throw new Error(`no such ending; there are: ${endings.map((one) => one.name).join('; ')}`);

if (leak) say(`with a leak made on purpose (${leak}): this must find something`);
const played = await play({
  endings: values.short ? chosen.slice(0, 2) : chosen,
  form: values.short ? 'short' : 'long',
  ...(leak ? { leak } : {}),
  tell: say,
});
const total = (of: (one: (typeof played)[number]) => number): number => played.reduce((sum, one) => sum + of(one), 0);
const mb = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
say(
  `searched: ${mb(total((one) => one.looked.disk.bytes))} of raw disk, deleted blocks included (${total((one) => one.looked.disk.streams)} compressed streams opened), ` +
    `${total((one) => one.looked.memoryFiles)} files in memory (${mb(total((one) => one.looked.memory.bytes))}), ` +
    `the command line and environment of ${total((one) => one.looked.processes)} processes, files held open, X selections and windows, the log, and what the next person reaches`,
);
const found = total((one) => one.looked.found.length);
say(`residue: ${Math.max(...played.map((one) => one.planted))} canaries × ${played.length} endings, ${found} found`);
process.exit(found === 0 ? 0 : 1);
