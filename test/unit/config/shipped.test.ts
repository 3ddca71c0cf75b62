/** What the project ships: its own folder, its schemas, its command. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkConfig } from '../../../main/config/check.ts';
import { schemaFiles } from '../../../main/config/json-schemas.ts';
import { writeSchemas } from '../../../main/config/write-schemas.ts';
import { ok } from '../../../main/contract/result.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { folder, rightDemarche } from './folder.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const shipped = join(root, 'kiosk-config');

const check = async (
  argv: readonly string[],
  files = folder(),
): Promise<{ code: number; lines: readonly string[] }> => {
  const lines: string[] = [];
  const code = await checkConfig(argv, {
    files: { ...files, readPart: systemFiles.readPart },
    print: (line) => lines.push(line),
  });
  return { code, lines };
};

describe('config:check', () => {
  it('answers 0 and the count for a right folder', async () => {
    const { code, lines } = await check(['cfg']);
    expect(code).toBe(0);
    expect(lines[0]).toBe('1 démarche, 0 erreur');
  });

  it('lists the sheets to read again, the oldest first', async () => {
    const sheet = (id: string, day: string, by: string): string =>
      rightDemarche.replace('caf-rsa', id).replace('2026-11-26', day).replace('verifiedBy: null', `verifiedBy: ${by}`);
    const { lines } = await check(
      ['cfg'],
      folder({
        'demarches/apl.yaml': sheet('apl', '2024-02-29', 'agent d’accueil'),
        'demarches/cmu.yaml': sheet('cmu', '2020-11-01', 'null'),
      }),
    );
    expect(lines.map((line) => line.replaceAll('\u00a0', ' '))).toEqual([
      '3 démarches, 0 erreur',
      'À relire d’abord, la plus ancienne en tête :',
      '  2020-11-01  cmu (personne ne l’a encore suivie sur le vrai site)',
      '  2024-02-29  apl (agent d’accueil)',
      '  2026-11-26  caf-rsa (personne ne l’a encore suivie sur le vrai site)',
    ]);
  });

  it('answers 2, each mistake on its line, and the count', async () => {
    const { code, lines } = await check(
      ['cfg/'],
      folder({ 'demarches/caf-rsa.yaml': `${rightDemarche}aa: 1\nbb: 2\n` }),
    );
    expect(code).toBe(2);
    expect(lines.map((line) => line.split('  ')[0])).toEqual([
      'cfg/demarches/caf-rsa.yaml:15:1',
      'cfg/demarches/caf-rsa.yaml:16:1',
      '2 erreurs',
    ]);
  });

  it('answers 2 and how to call it for an option it does not know, or two folders', async () => {
    for (const argv of [['--fix'], ['a', 'b']]) {
      const { code, lines } = await check(argv);
      expect(code).toBe(2);
      expect(lines.at(-1)).toMatch(/^Usage/);
    }
  });

  it('runs as a command, and its exit code is the answer', () => {
    const script = join(root, 'main', 'config', 'check.ts');
    const right = spawnSync(process.execPath, [script], { cwd: root, encoding: 'utf8', timeout: 30_000 });
    expect(right.stdout).toMatch(/^\d+ démarches?(, \d+ tutoriels?)?, 0 erreur$/m);
    expect(right.status).toBe(0);
    const wrong = spawnSync(process.execPath, [script, 'nowhere'], { cwd: root, encoding: 'utf8', timeout: 30_000 });
    expect(wrong.stdout).toBe('nowhere:1:1  introuvable — un dossier de configuration\n1 erreur\n');
    expect(wrong.status).toBe(2);
  }, 60_000);

  it('finds nothing wrong in the folder that the project ships', async () => {
    const { code, lines } = await check([shipped], systemFiles as ReturnType<typeof folder>);
    expect(lines.some((line) => line.endsWith(', 0 erreur'))).toBe(true);
    expect(code).toBe(0);
  });
});

describe('the schemas for editors', () => {
  it('are those of today (npm run config:schemas writes them)', async () => {
    const written = Object.fromEntries(
      readdirSync(join(shipped, 'schema')).map((name) => [name, readFileSync(join(shipped, 'schema', name), 'utf8')]),
    );
    expect(written).toEqual(await schemaFiles());
  });

  it('are written where they are asked', async () => {
    const written: Record<string, string> = {};
    await writeSchemas({
      dir: 'out',
      files: {
        mkdir: () => Promise.resolve(ok(null)),
        writeAtomic: (path, text) => {
          written[path] = String(text);
          return Promise.resolve(ok(null));
        },
      },
    });
    expect(Object.keys(written).sort()).toEqual(
      ['bundles', 'demarche', 'places', 'site', 'synonyms', 'tutorial-start', 'tutorial', 'urgent-help'].map((name) =>
        join('out', `${name}.json`),
      ),
    );
  });

  it('explain every field', async () => {
    const silent: string[] = [];
    const look = (node: Record<string, unknown>, path: string): void => {
      for (const [key, value] of Object.entries(
        (node['properties'] ?? {}) as Record<string, Record<string, unknown>>,
      )) {
        if ('const' in value) continue; // the name of a kind: the kind itself is explained
        const options = [value, ...((value['anyOf'] ?? value['oneOf'] ?? []) as Record<string, unknown>[])];
        if (!options.some(({ description }) => typeof description === 'string')) silent.push(`${path}.${key}`);
        for (const option of options) look(option, `${path}.${key}`);
      }
      const items = (node['items'] ?? node['additionalProperties']) as Record<string, unknown> | boolean | undefined;
      if (typeof items === 'object') {
        for (const one of [items, ...((items['oneOf'] ?? []) as Record<string, unknown>[])]) look(one, `${path}[]`);
      }
    };
    for (const [name, text] of Object.entries(await schemaFiles()))
      look(JSON.parse(text) as Record<string, unknown>, name);
    expect(silent).toEqual([]);
  });

  it('are named at the top of each file that has one, without a network address', () => {
    for (const name of ['site', 'departement', 'bundles']) {
      const [first = ''] = readFileSync(join(shipped, `${name}.yaml`), 'utf8').split('\n');
      const schema = /^# yaml-language-server: \$schema=(.+)$/.exec(first)?.[1] ?? '';
      expect(existsSync(join(shipped, schema)), `${name}.yaml: ${schema}`).toBe(true);
    }
  });
});
