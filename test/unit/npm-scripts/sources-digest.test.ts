/** When a copy of the project is built again, on real files. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sourcesDigest } from '../../../main/npm-scripts/sources-digest.ts';

let root: string;
const write = (file: string, text: string): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pn-digest-'));
  write('main/a.ts', 'one');
  write('main/gone.sql', 'one');
  write('renderer/styles/base.css', 'one');
  write('kiosk-config/site.yaml', 'one');
  write('kiosk-config/departement.yaml', 'one');
  write('kiosk-config/bundles.yaml', 'one');
  write('package-lock.json', '{}');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it.each<[string, () => void]>([
  [
    'another text of the same length, with the date of the former one',
    () => {
      const { atime, mtime } = statSync(join(root, 'kiosk-config/bundles.yaml'));
      write('kiosk-config/bundles.yaml', 'two');
      utimesSync(join(root, 'kiosk-config/bundles.yaml'), atime, mtime);
    },
  ],
  [
    'a text that is older than the last build',
    () => {
      write('main/a.ts', 'older');
      utimesSync(join(root, 'main/a.ts'), new Date('2001-01-01'), new Date('2001-01-01'));
    },
  ],
  ['a new source', () => write('renderer/features/New.svelte', '')],
  ['a deleted source', () => rmSync(join(root, 'main/gone.sql'))],
  [
    'a source under another name',
    () => {
      rmSync(join(root, 'main/a.ts'));
      write('main/b.ts', 'one');
    },
  ],
  ['other packages', () => write('package-lock.json', '{ }')],
])('%s is built', (_what, change) => {
  const before = sourcesDigest(root);
  change();
  expect(sourcesDigest(root)).not.toBe(before);
});

it.each<[string, () => void]>([
  ['the same text with another date', () => utimesSync(join(root, 'main/a.ts'), new Date(), new Date('2040-01-01'))],
  ['a setting of the place', () => write('kiosk-config/site.yaml', 'two')],
  ['a setting of the département', () => write('kiosk-config/departement.yaml', 'two')],
  ['what is not built', () => write('test/unit/a.test.ts', 'one')],
  ['the build itself', () => write('dist/main/a.js', 'one')],
])('%s is not', (_what, change) => {
  const before = sourcesDigest(root);
  change();
  expect(sourcesDigest(root)).toBe(before);
});

it('a copy of the project in another folder is the same', () => {
  const copy = `${root}-copy`;
  cpSync(root, copy, { recursive: true });
  try {
    expect(sourcesDigest(copy)).toBe(sourcesDigest(root));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});
