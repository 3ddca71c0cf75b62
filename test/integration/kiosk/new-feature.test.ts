/**
 * Checks what adding a feature takes: adds one to a copy of the kiosk, in the few files named by `main/README.md`, and
 * runs it there with all the others.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { edits } from '../../fixtures/new-feature/edits.ts';
import { openScreens } from '../../harness/screens/open-screens.ts';

const root = join(import.meta.dirname, '../../..');
const fixture = join(root, 'test/fixtures/new-feature');
const COPIED = [
  'main',
  'renderer',
  'resources',
  'test/fakes',
  'test/harness',
  'test/fixtures/demo',
  'test/fixtures/new-feature',
  'package.json',
  'tsconfig.json',
  'svelte.config.js',
  'vite.config.ts',
];
let copy: string;
const bin = (name: string): string => join(copy, 'node_modules/.bin', name);

/** Adds the lines after the given places. Throws unless each place occurs exactly once. */
const edit = (file: string, lines: Readonly<Record<string, string>>): void => {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8').split('\n');
  for (const [line, before] of Object.entries(lines)) {
    const at = text.flatMap((one, index) => (one === before ? [index] : []));
    if (at.length !== 1) throw new Error(`${file}: "${before}" is there ${at.length} times`);
    text.splice(at[0] ?? 0, 0, line);
  }
  writeFileSync(path, text.join('\n'));
};

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'pn-new-feature-'));
  for (const name of COPIED) {
    mkdirSync(dirname(join(copy, name)), { recursive: true });
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const room of ['main', 'renderer'])
    cpSync(join(fixture, room), join(copy, room), { recursive: true, force: false });
  for (const { file, lines } of edits) edit(file, lines);
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

it('is one line in each of at most six files, which main/README.md names', () => {
  const named = readFileSync(join(root, 'main/README.md'), 'utf8');
  const files = edits.map(({ file }) => file);
  expect(files.length).toBeLessThanOrEqual(6);
  expect(files.filter((file) => !named.includes(`\`${file.replace(/^main\//, '')}\``))).toEqual([]);
});

it('does not compile when a part is missing', { timeout: 180_000 }, () => {
  const check = (): string => {
    const { stdout } = spawnSync(bin('tsc'), ['-p', 'tsconfig.copy.json'], { cwd: copy, encoding: 'utf8' });
    return stdout;
  };
  const include = ['main', 'renderer', 'test/fixtures/new-feature/play.ts'];
  writeFileSync(
    join(copy, 'tsconfig.copy.json'),
    JSON.stringify({
      extends: './tsconfig.json',
      compilerOptions: { incremental: true, tsBuildInfoFile: './.tsbuildinfo' },
      include,
      exclude: ['node_modules'],
    }),
  );
  expect(check()).toBe('');
  // Leave out the screens: the compiler must report it.
  const screens = join(copy, 'renderer/features/index.ts');
  const whole = readFileSync(screens, 'utf8');
  writeFileSync(screens, whole.replace('\n  reminderScreens,', ''));
  expect(check()).toContain('reminder.too-long');
  writeFileSync(screens, whole);
});

interface Played {
  readonly [what: string]: unknown;
  readonly state: string;
}

it('is validated, called, shown, counted, logged and wiped like the others', { timeout: 90_000 }, () => {
  const played = execFileSync(process.execPath, ['test/fixtures/new-feature/play.ts'], {
    cwd: copy,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  const { state, ...became } = JSON.parse(played) as Played;
  rmSync(state, { recursive: true, force: true });
  expect(became).toEqual({
    fresh: { text: '' },
    before: { ok: false, error: { code: 'session.not-ready' } },
    tooLong: { ok: false, error: { code: 'reminder.too-long' } },
    written: { ok: true, value: null },
    shown: { text: 'acheter du pain' },
    after: { text: '' },
    late: { ok: false, error: { code: 'session.not-ready' } },
    erased: [expect.objectContaining({ event: 'reminder.erased', letters: 15 })],
    counted: [{ measure: 'reminder.written', key: '', n: 1 }],
  });
});

it('has its button, its screen and its sentence', { timeout: 120_000 }, async () => {
  execFileSync(bin('vite'), ['build', '--config', 'vite.config.ts', '--logLevel', 'error'], { cwd: copy });
  const screens = await openScreens(join(copy, 'dist/renderer'));
  try {
    const page = await screens.browser.newPage();
    await page.goto(screens.address);
    await page.evaluate(() => {
      const kiosk = window.fakeKiosk as unknown as { set(feature: string, state: unknown): void };
      kiosk.set('reminder', { text: 'acheter du pain' });
      window.fakeKiosk?.phase({ name: 'active' });
    });
    await page.getByRole('button', { name: 'Mon pense-bête' }).click();
    await page.getByRole('heading', { name: 'Mon pense-bête' }).waitFor();
    expect(await page.locator('.written').textContent()).toBe('acheter du pain');
  } finally {
    await screens.close();
  }
});
