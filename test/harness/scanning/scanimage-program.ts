/**
 * A `scanimage` to run: `node scanimage-program.ts MODEL SHEETS [arguments of scanimage]`. It lists the published
 * options of that model and scans as its driver would: pages in the size of the options that were really set, then the
 * feeder's end message.
 */
import { openSync, writeSync, closeSync } from 'node:fs';
import { saneDevices } from './sane-devices.ts';
import { standIn } from './scanimage-stand-in.ts';

const MM_PER_INCH = 25.4;
const NO_DOCS = 7;

const [model = '', sheets = '1', ...args] = process.argv.slice(2);
const device = saneDevices.find((one) => one.model === model);
if (!device) throw new Error(`no such model: ${model}`);

const own = (arg: string): string | undefined => args.find((one) => one.startsWith(`--${arg}=`))?.slice(arg.length + 3);
const forDriver = args.filter(
  (arg, at) =>
    arg !== '-d' && args[at - 1] !== '-d' && !/^--(?:all-options|progress|format|batch$|batch=|batch-count)/.test(arg),
);
const { listing, complaints, values } = standIn(device, forDriver);
for (const complaint of complaints) process.stderr.write(`scanimage: ${complaint}\n`);
if (complaints.some((complaint) => /failed|unrecognized|attempted/.test(complaint))) process.exit(1);

if (args.includes('--all-options')) {
  process.stdout.write(listing);
  process.exit(0);
}

const numberOf = (...names: readonly string[]): number =>
  Number.parseFloat(names.map((name) => values.get(name)).find((value) => value !== undefined) ?? '0');
const dots = (millimetres: number): number => Math.round((millimetres / MM_PER_INCH) * numberOf('resolution'));
const width = dots(numberOf('x', 'page-width'));
const height = dots(numberOf('y', 'page-height'));
const isColour = /colou?r/i.test(values.get('mode') ?? '');
const source = values.get('source') ?? '';
const fromFeeder = /adf|feeder|duplex/i.test(source);
const bothSides =
  /duplex/i.test(source) ||
  values.get('duplex') === 'yes' ||
  [values.get('adf-mode'), values.get('adf_mode')].includes('Duplex');
const inFeeder = Number(sheets) * (bothSides ? 2 : 1);
// When the feeder is empty, hpaio goes on scanning the empty glass unless `batch-scan` is set.
const neverEnds = fromFeeder && values.get('batch-scan') === 'no';
const most = Math.min(Number(own('batch-count')), fromFeeder ? (neverEnds ? Infinity : inFeeder) : Infinity);

const page = Buffer.concat([
  Buffer.from(`P${isColour ? 6 : 5}\n${width} ${height}\n255\n`),
  Buffer.alloc(width * height * (isColour ? 3 : 1), 200),
]);
for (let number = 1; number <= most; number += 1) {
  const pipe = openSync(`${(own('batch') ?? '').replace('%d', String(number))}.part`, 'w');
  for (let at = 0; at < page.length;) at += writeSync(pipe, page, at);
  closeSync(pipe);
}
if (most < Number(own('batch-count'))) {
  process.stderr.write('scanimage: sane_start: Document feeder out of documents\n');
  process.exit(NO_DOCS);
}
