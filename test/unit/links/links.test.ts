import { mkdtempSync, readFileSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../../main/config/load.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { addressesOf, starHosts, type Asked } from '../../links/addresses.ts';
import { checkLinks } from '../../links/check-links.ts';
import { compare, keep, type Kept, type Sight } from '../../links/compare.ts';
import { linksPage } from '../../links/write-page.ts';

const steps = (...when: string[]): never => [{ when }] as unknown as never;
const start: Asked = { address: 'https://www.a.fr/', kind: 'start', ids: ['a'] };
const door: Asked = { address: 'https://compte.a.fr/', kind: 'host', ids: ['a'] };
const page = (address: string, title = 'A', landmarks = ['main', 'h1 Bonjour']): Sight => ({
  kind: 'page',
  address,
  title,
  landmarks,
});
const kept = (address: string): Kept => ({
  seenOn: '2026-10-01',
  address,
  title: 'A',
  landmarks: ['main', 'h1 Bonjour'],
});

describe('what is opened', () => {
  const sheets = [
    { id: 'a', url: 'https://a.fr/x', steps: steps('a.fr/*', 'compte.b.fr/y*', '*.hub.fr/*') },
    { id: 'b', url: 'https://b.fr/#/z', steps: steps('compte.b.fr/#/y', 'compte.b.fr/x') },
    { id: 'c', url: 'https://a.fr/x', steps: steps('*.hub.fr') },
  ];

  it('is each start page and each other host once, with the sheets that speak of it', () => {
    expect(addressesOf(sheets)).toEqual([
      { address: 'https://a.fr/x', kind: 'start', ids: ['a', 'c'] },
      { address: 'https://b.fr/#/z', kind: 'start', ids: ['b'] },
      { address: 'https://compte.b.fr/', kind: 'host', ids: ['a', 'b'] },
    ]);
  });

  it('is not a name that nobody wrote in full', () => expect(starHosts(sheets)).toEqual(['*.hub.fr']));
});

describe('what a visit says beside the last', () => {
  it.each<[string, Asked, Sight, Kept | undefined, object]>([
    ['the same', start, page('https://www.a.fr/'), kept('https://www.a.fr/'), { kind: 'same' }],
    [
      'the same with another ticket',
      start,
      page('https://a.fr/;jsessionid=12?t=3'),
      kept('https://www.a.fr/'),
      { kind: 'same' },
    ],
    ['the first time', start, page('https://www.a.fr/accueil'), undefined, { kind: 'first' }],
    [
      'another host the first time',
      start,
      page('https://b.fr/'),
      undefined,
      { kind: 'moved', from: 'https://www.a.fr/', to: 'https://b.fr/' },
    ],
    ['a bare host that leads anywhere', door, page('https://b.fr/'), undefined, { kind: 'first' }],
    [
      'another path than last time',
      door,
      page('https://b.fr/new'),
      kept('https://b.fr/old'),
      { kind: 'moved', to: 'https://b.fr/new' },
    ],
    [
      'stopped by the sheet',
      start,
      { kind: 'stopped', address: 'https://b.fr/' },
      kept('https://www.a.fr/'),
      { kind: 'moved', stopped: true },
    ],
    [
      'another title',
      start,
      page('https://www.a.fr/', 'B'),
      kept('https://www.a.fr/'),
      { kind: 'changed', title: ['A', 'B'], gone: [], come: [] },
    ],
    [
      'other parts',
      start,
      page('https://www.a.fr/', 'A', ['main', 'h1 Salut']),
      kept('https://www.a.fr/'),
      { kind: 'changed', title: null, gone: ['h1 Bonjour'], come: ['h1 Salut'] },
    ],
    [
      'a robot kept out',
      start,
      { kind: 'wall', why: '403' },
      kept('https://www.a.fr/'),
      { kind: 'wall', lastSeenOn: '2026-10-01' },
    ],
    [
      'nothing there',
      start,
      { kind: 'dead', why: '404' },
      kept('https://www.a.fr/'),
      { kind: 'dead', lastSeenOn: '2026-10-01' },
    ],
    ['a name that is gone', start, { kind: 'unreachable', why: '' }, undefined, { kind: 'dead', lastSeenOn: null }],
  ])('%s', (_what, asked, sight, before, expected) => expect(compare(asked, sight, before)).toMatchObject(expected));

  it('remembers a page that was not seen today as it was', () => {
    const before = kept('https://www.a.fr/');
    expect(keep({ kind: 'wall', why: '' }, '2026-11-01', before)).toBe(before);
    expect(keep({ kind: 'dead', why: '' }, '2026-11-01', before)).toBe(before);
    expect(keep(page('https://www.a.fr/b'), '2026-11-01', before)?.address).toBe('https://www.a.fr/b');
  });
});

describe('a run', () => {
  let out: string;
  beforeEach(() => void (out = mkdtempSync(join(tmpdir(), 'links-'))));
  afterEach(() => rmSync(out, { recursive: true, force: true }));

  const run = async (visit: (address: string) => Promise<Sight>, most = Infinity) => {
    const config = await loadConfig({ files: systemFiles, dir: join(import.meta.dirname, '../../fixtures/demo') });
    if (!config.ok) throw new Error('the demonstration has a mistake');
    const acts: string[] = [];
    const findings = await checkLinks({
      config: { ...config.value, demarches: config.value.demarches.slice(0, most) },
      out,
      today: '2026-11-26',
      print: () => undefined,
      pause: async () => void acts.push('pause'),
      visit: async (address) => {
        acts.push('visit');
        return visit(address);
      },
    });
    return { findings, acts };
  };

  it('visits one at a time, with a pause between two', async () => {
    const { acts, findings } = await run(async (address) => page(address));
    expect(acts.length).toBeGreaterThan(4);
    expect(acts).toEqual(acts.map((_, at) => (at % 2 === 0 ? 'visit' : 'pause')));
    expect(findings?.every(({ kind }) => kind === 'first')).toBe(true);
    expect((await run(async (address) => page(address))).findings?.every(({ kind }) => kind === 'same')).toBe(true);
  });

  it('of a machine without a network stops early and leaves the last run alone', async () => {
    const { acts, findings } = await run(async () => ({ kind: 'unreachable', why: '' }));
    expect(findings).toBeUndefined();
    expect(acts.filter((act) => act === 'visit')).toHaveLength(3);
    expect((await run(async () => ({ kind: 'unreachable', why: '' }), 1)).findings).toBeUndefined();
    expect(existsSync(join(out, 'last-run.json'))).toBe(false);
  });

  it('does not call dead what a fault of ours kept from being seen', async () => {
    const { findings } = await run(async () => Promise.reject(new Error('no browser')));
    expect(findings?.every(({ kind }) => kind === 'wall')).toBe(true);
    expect(readFileSync(join(out, 'index.html'), 'utf8')).toContain('no browser');
  });
});

describe('the page for the agent', () => {
  it('runs nothing that a site wrote, and names the sheets', () => {
    const html = linksPage({
      findings: [{ asked: start, kind: 'changed', title: ['A', '<script>'], gone: [], come: ['h1 "<b>'] }],
      stars: ['*.hub.fr'],
      today: '2026-11-26',
    });
    expect(html).not.toMatch(/<script>|<b>/);
    expect(html).toContain('demarches/a.yaml');
    expect(html).toContain('*.hub.fr');
    expect(html).toContain('1 à regarder');
  });
});
