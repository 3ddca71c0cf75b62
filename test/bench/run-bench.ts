/**
 * `npm run bench [NAME…] [--json]`: measures ratios in one run and compares them with their targets. It is not a test,
 * because timings are noisy.
 */
import { parseArgs } from 'node:util';
import type { BenchRow } from './bench-row.ts';

const benches: Readonly<Record<string, () => Promise<readonly BenchRow[]>>> = {
  start: async () => (await import('./start.ts')).benchStart(),
  open: async () => (await import('./open.ts')).benchOpen(),
  mailbox: async () => (await import('./mailbox.ts')).benchMailbox(),
  pages: async () => (await import('./pages.ts')).benchPages(),
  search: async () => (await import('./search.ts')).benchSearch(),
  memory: async () => (await import('./memory.ts')).benchMemory(),
  scan: async () => (await import('./scan.ts')).benchScan(),
  sharp: async () => (await import('./sharp-wasm.ts')).benchSharp(),
  print: async () => (await import('./print.ts')).benchPrint(),
  reset: async () => (await import('./reset.ts')).benchReset(),
  figures: async () => (await import('./figures.ts')).benchFigures(),
  directory: async () => (await import('./directory.ts')).benchDirectory(),
  vault: async () => (await import('./vault.ts')).benchVault(),
  screens: async () => (await import('./screens.ts')).benchScreens(),
};

const main = async (): Promise<number> => {
  const {
    values: { json },
    positionals: names,
  } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean', default: false } } });
  const unknown = names.filter((name) => !Object.hasOwn(benches, name));
  if (unknown.length > 0) {
    process.stderr.write(`unknown bench: ${unknown.join(', ')}; known: ${Object.keys(benches).join(', ')}\n`);
    return 2;
  }
  const rows: BenchRow[] = [];
  for (const name of names.length > 0 ? names : Object.keys(benches)) {
    if (!json) process.stderr.write(`bench ${name}…\n`);
    rows.push(...((await benches[name]?.()) ?? []));
  }
  if (json) process.stdout.write(`${JSON.stringify(rows)}\n`);
  else console.table(rows.map(({ ok, ...row }) => ({ ...row, verdict: ok ? 'ok' : 'MISSED' })));
  return 0;
};

process.exit(await main());
