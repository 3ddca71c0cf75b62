import { describe, expect, it } from 'vitest';
import { orFailed, outcomesOfEscape, outcomesOfVitest } from '../../prove/outcomes.ts';
import { provePage } from '../../prove/page.ts';
import { whatToDo } from '../../prove/what-to-do.ts';

/** As the two programs say it. */
const REPORT = JSON.stringify({
  testResults: [
    {
      status: 'failed',
      assertionResults: [
        { fullName: 'inside Electron opens our screens', status: 'passed', failureMessages: [] },
        {
          fullName: 'inside Electron tells a | crash',
          status: 'failed',
          failureMessages: ['Error: no <crash>\n  at x'],
        },
        { fullName: 'inside Electron beside', status: 'skipped', failureMessages: [] },
        { fullName: 'on chromium opens', status: 'passed', failureMessages: [] },
      ],
    },
    { status: 'failed', message: 'SyntaxError: no\nat y', assertionResults: [] },
  ],
});
const ESCAPE = [
  'not applicable account/proxy — one account',
  'held    keyboard/f5 — F5 does nothing (812 ms)',
  'ESCAPED page/local — a page of the local network (2040 ms)',
  '        it was shown',
  'the slowest:',
  '  2040 ms page/local',
  'ESCAPED page/local — a page of the local network (2040 ms)',
  'HUNG    window/open — a window (9000 ms)',
  'escape: 3 attempts, 1 escaped, 1 hung, 1 not applicable, 12 s',
].join('\n');

describe('what a suite says', () => {
  it('of vitest is read test by test, those of Electron alone, and a file that broke', () => {
    expect(outcomesOfVitest('contract', REPORT, 'inside Electron')).toEqual([
      { suite: 'contract', name: 'inside Electron opens our screens', verdict: 'held' },
      { suite: 'contract', name: 'inside Electron tells a | crash', verdict: 'failed', detail: 'Error: no <crash>' },
      { suite: 'contract', name: 'inside Electron beside', verdict: 'not-applicable' },
      { suite: 'contract', name: 'the file itself', verdict: 'failed', detail: 'SyntaxError: no' },
    ]);
  });

  it('of a broken set-up is a failure, not something that does not apply', () => {
    const skipped = { fullName: 'on electron opens', status: 'skipped', failureMessages: [] };
    const report = (status: string): string =>
      JSON.stringify({ testResults: [{ status, message: '', assertionResults: [skipped] }] });
    expect(outcomesOfVitest('main job', report('failed'), 'on electron')).toMatchObject([{ verdict: 'failed' }]);
    expect(outcomesOfVitest('main job', report('passed'), 'on electron')).toMatchObject([
      { verdict: 'not-applicable' },
    ]);
  });

  it('of the escapes is read line by line, each attempt once', () => {
    expect(outcomesOfEscape('escape', ESCAPE).map(({ name, verdict }) => [name, verdict])).toEqual([
      ['account/proxy', 'not-applicable'],
      ['keyboard/f5', 'held'],
      ['page/local', 'failed'],
      ['window/open', 'failed'],
    ]);
  });

  it('nothing is a failure, with what it complained of', () => {
    expect(orFailed('escape', [], 'Error: no display\n at z')).toEqual([
      { suite: 'escape', name: 'the suite', verdict: 'failed', detail: 'Error: no display' },
    ]);
    const printed = 'file:///x/stage.ts:426\n  throw new Error(no);\n        ^\n\nError: the kiosk ended\n    at y';
    expect(orFailed('escape', [], printed)).toMatchObject([{ detail: 'Error: the kiosk ended' }]);
    const skipped = [{ suite: 'escape', name: 'a', verdict: 'not-applicable' }] as const;
    expect(orFailed('escape', skipped, '')).toHaveLength(2);
  });
});

describe('the page', () => {
  const on = { system: 'Linux 6', electron: '45.5.0', program: 'electron', day: '2026-11-27' };
  const outcomes = [...outcomesOfVitest('contract', REPORT, 'inside Electron'), ...outcomesOfEscape('escape', ESCAPE)];

  it('counts each suite, and names failures first', () => {
    const page = provePage(on, outcomes);
    expect(page).toContain('2026-11-27 · Linux 6 · Electron 45.5.0 (electron)');
    expect(page).toContain('| contract | 2 | 1 | 1 |');
    expect(page).toContain('| escape | 2 | 1 | 1 |');
    expect(page).toContain('4 essai(s) ont échoué');
    expect(page.indexOf('## A échoué')).toBeLessThan(page.indexOf('## A tenu'));
    expect(page).toContain('- **contract** – inside Electron tells a \\| crash – Error: no &lt;crash>');
  });

  it('says that all held only where something was played', () => {
    expect(
      provePage(
        on,
        outcomes.filter(({ verdict }) => verdict === 'held'),
      ),
    ).toContain('Tout ce qui a été joué a tenu.');
    expect(provePage(on, [])).not.toContain('a tenu.');
  });
});

describe('without what it needs', () => {
  it('it says what to do, step by step', () => {
    expect(whatToDo({ program: undefined, platform: 'linux' })).toMatch(
      /install\.js[\s\S]*ELECTRON_OVERRIDE_DIST_PATH[\s\S]*electron\.md/,
    );
    expect(whatToDo({ program: '/x/electron.exe', platform: 'win32' })).toContain('resources/os/windows');
    expect(whatToDo({ program: '/x/electron', platform: 'linux' })).toBeUndefined();
  });
});
