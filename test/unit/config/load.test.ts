import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from './any-text.ts';
import { demarcheWith, load, rightBundles, rightDemarche, rightSite, mistakesIn } from './folder.ts';

describe('loading a right folder', () => {
  it('merges defaults, then the département, then the place', async () => {
    const config = await load({
      'departement.yaml': 'opening: de 9 h à 17 h\nidle: { afterS: 240, warningS: 90 }\nmessages: [Bonjour]\n',
      'site.yaml': `${rightSite}idle: { afterS: 300 }\nmessages: [Fermé vendredi]\n`,
    });
    expect(config).toMatchObject({
      ok: true,
      value: {
        site: {
          place: 'MSD de Moulins',
          opening: 'de 9 h à 17 h',
          idle: { afterS: 300, warningS: 90, allowanceMinutes: null },
          messages: ['Fermé vendredi'],
          shell: 'auto',
        },
      },
    });
  });

  it('lets the place take back what the département set, with null', async () => {
    const config = await load({
      'departement.yaml': 'idle: { allowanceMinutes: 30 }\n',
      'site.yaml': `${rightSite}idle: { allowanceMinutes: null }\n`,
    });
    expect(config).toMatchObject({ ok: true, value: { site: { idle: { allowanceMinutes: null } } } });
  });

  it.each([
    ['', true],
    ['printer: { free: false }\n', false],
  ])('promises that printing is free, but not where the place says otherwise: %j', async (printer, free) => {
    const config = await load({ 'site.yaml': rightSite + printer });
    expect(config).toMatchObject({
      ok: true,
      value: { site: { printer: { kind: 'auto', pagesPerSession: 20, free } } },
    });
  });

  it('fills every field that a démarche leaves out, and makes one pattern a list', async () => {
    const steps = 'steps:\n  - { title: Un, text: Deux, when: www.caf.fr/* }\n';
    const config = await load({ 'demarches/caf-rsa.yaml': rightDemarche + steps });
    expect(config).toMatchObject({
      ok: true,
      value: {
        demarches: [
          {
            account: null,
            bundles: [],
            papers: [],
            toKnow: [],
            signInCode: null,
            planB: { phone: null, phoneNote: null, paper: null, place: null },
            steps: [{ title: 'Un', text: 'Deux', when: ['www.caf.fr/*'], press: null, drawing: null, pointAt: null }],
            upload: null,
          },
        ],
        bundles: { franceconnect: { domains: ['franceconnect.gouv.fr'], pins: [] } },
      },
    });
  });

  it('writes domains in their normal form', async () => {
    const config = await load({ 'demarches/caf-rsa.yaml': demarcheWith('domains: [CAF.fr., caf.fr, élan.fr]') });
    expect(config).toMatchObject({
      ok: true,
      value: { demarches: [{ domains: ['caf.fr', 'caf.fr', 'xn--lan-9la.fr'] }] },
    });
  });

  it('reads the proxy of all places, and the machines of one as URLs write them', async () => {
    const config = await load({
      'departement.yaml': 'proxy: http://proxy.exemple.fr:3128\n',
      'site.yaml': `${rightSite}localHosts: [Intranet, 10.1.2.3, 'FD00::4']\n`,
    });
    expect(config).toMatchObject({
      ok: true,
      value: {
        site: {
          proxy: { host: 'proxy.exemple.fr', port: 3128 },
          localHosts: ['intranet', '10.1.2.3', '[fd00::4]'],
        },
      },
    });
  });

  it.each([
    ['http://10.1.2.3:3128', { host: '10.1.2.3', port: 3128 }],
    ['http://[FD00::4]:80/', { host: 'fd00::4', port: 80 }],
  ])('reads a proxy by its address: %s', async (proxy, expected) => {
    const config = await load({ 'site.yaml': `${rightSite}proxy: '${proxy}'\n` });
    expect(config).toMatchObject({ ok: true, value: { site: { proxy: expected } } });
  });

  it('takes a version in each file and keeps it out of the content', async () => {
    const config = await load({
      'site.yaml': `version: 1\n${rightSite}`,
      'bundles.yaml': `version: 1\n${rightBundles}`,
      'synonyms.yaml': 'version: 1\napl: [aide au logement]\n',
      'demarches/caf-rsa.yaml': `version: 1\n${rightDemarche}`,
    });
    expect(config).toMatchObject({ ok: true, value: { synonyms: { apl: ['aide au logement'] } } });
    if (!config.ok) return;
    expect(Object.keys(config.value.bundles)).toEqual(['franceconnect']);
    expect(Object.keys(config.value.synonyms)).toEqual(['apl']);
  });

  it('is frozen to its last leaf', async () => {
    const config = await load();
    expect(config.ok).toBe(true);
    const thawed: string[] = [];
    const look = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      if (!Object.isFrozen(value)) thawed.push(path);
      for (const [key, inner] of Object.entries(value)) look(inner, `${path}.${key}`);
    };
    look(config.ok ? config.value : {}, 'config');
    expect(thawed).toEqual([]);
  });

  it('keeps a README beside the démarches out of the way', async () => {
    expect(
      await mistakesIn({ 'demarches/README.md': 'Bonjour', 'demarches/.old.yaml': '!', 'quick-phrases.yaml': '- a' }),
    ).toEqual([]);
  });
});

describe('files that are not as they should be', () => {
  it('says that the folder is not there, not readable, or no folder', async () => {
    const failures = [
      ['missing', 'introuvable — un dossier de configuration'],
      ['denied', 'lecture interdite — un dossier de configuration que le compte de la borne peut lire'],
      ['not-a-folder', 'ce n’est pas un dossier — un dossier de configuration'],
      ['other', 'lecture impossible (EIO) — un dossier de configuration'],
    ] as const;
    for (const [kind, words] of failures) {
      expect(await mistakesIn({}, { path: 'cfg', kind, code: 'EIO' })).toEqual([`cfg:1:1  ${words}`]);
    }
  });

  it('tells every missing file at once, and the name it may be hidden under', async () => {
    expect(
      await mistakesIn({
        'site.yaml': null,
        'site.yml': rightSite,
        'bundles.yaml': null,
        'demarches/caf-rsa.yaml': null,
      }),
    ).toEqual([
      'cfg/bundles.yaml:1:1  introuvable — ce fichier',
      'cfg/demarches:1:1  introuvable — un dossier, un fichier par démarche',
      'cfg/site.yaml:1:1  introuvable — ce fichier ; renommez « site.yml »',
    ]);
  });

  it('tells a démarche that cannot be read', async () => {
    const path = 'cfg/demarches/caf-rsa.yaml';
    expect(await mistakesIn({}, { path, kind: 'denied', code: 'EACCES' })).toEqual([
      `${path}:1:1  lecture interdite — un fichier que le compte de la borne peut lire`,
    ]);
  });

  it('does not pass over a file whose name has a slip', async () => {
    expect(
      await mistakesIn({ 'departemnt.yaml': 'place: x', 'demarches/a.yml': 'id: a', 'demarches/sub/b.yaml': 'id: b' }),
    ).toEqual([
      'cfg/demarches/a.yml:1:1  « a.yml » n’est pas lu — un nom de fichier en « .yaml »',
      'cfg/demarches/sub:1:1  « sub » n’est pas lu — un nom de fichier en « .yaml »',
      'cfg/departemnt.yaml:1:1  « departemnt.yaml » n’est pas lu — un nom connu (vouliez-vous dire « departement.yaml » ?)',
    ]);
  });

  it('does not pass over a file that Notepad has given a second ending', async () => {
    expect(await mistakesIn({ 'departement.yaml.txt': 'opening: de 9 h à 17 h' })).toEqual([
      'cfg/departement.yaml.txt:1:1  « departement.yaml.txt » n’est pas lu — un nom connu (vouliez-vous dire « departement.yaml » ?)',
    ]);
    const both = { 'departement.yaml': 'opening: de 9 h à 17 h', 'departement.yaml.txt': 'a copy' };
    expect(await mistakesIn(both)).toEqual([]);
  });

  it('wants one démarche at least', async () => {
    expect(await mistakesIn({ 'demarches/caf-rsa.yaml': null, 'demarches/README.md': '' })).toEqual([
      'cfg/demarches:1:1  aucune démarche — un fichier « .yaml » par démarche',
    ]);
  });

  it('tells the mistakes of all files at once, in reading order', async () => {
    const lines = await mistakesIn({
      'site.yaml': 'plce: x\ncommune: Moulins\nkioskId: MSD\n',
      'bundles.yaml': 'franceconnect:\n  domains: []\n',
      'demarches/caf-rsa.yaml': demarcheWith('theme: sociale', 'bundles: [franceconect]\npriorit: 1\n'),
      'demarches/x.yaml': 'id: [\n',
    });
    expect(lines.map((line) => line.slice(0, line.indexOf('  ')))).toEqual([
      'cfg/bundles.yaml:2:12',
      'cfg/demarches/caf-rsa.yaml:4:8',
      'cfg/demarches/caf-rsa.yaml:15:11',
      'cfg/demarches/caf-rsa.yaml:16:1',
      'cfg/demarches/x.yaml:2:1',
      'cfg/site.yaml:1:1',
      'cfg/site.yaml:1:1',
      'cfg/site.yaml:3:10',
    ]);
  });
});

describe('garbage', () => {
  const yamlLike = fc.array(
    fc.constantFrom(
      'a',
      'id',
      'site',
      ': ',
      '- ',
      '\n',
      '  ',
      '\t',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '&a',
      '*a',
      '!!map ',
      '|',
      '>',
      '#',
      '%YAML 9\n',
      '---\n',
      '? ',
      '<<',
      '__proto__',
      'constructor',
      '~',
      '1e999',
      '0x',
      '\u0000',
      '\u2028',
      '😀',
      'steps',
      'domains',
      'bundles',
      'url',
      'version',
    ),
    { maxLength: 60 },
  );
  const garbage = fc.oneof(
    yamlLike.map((pieces) => pieces.join('')),
    anyText(),
    fc.json(),
  );

  it('never throws, and every mistake is one line with a place inside its file', async () => {
    await fc.assert(
      fc.asyncProperty(garbage, garbage, garbage, async (site, bundles, demarche) => {
        const files = {
          'cfg/site.yaml': site,
          'cfg/bundles.yaml': bundles,
          'cfg/demarches/caf-rsa.yaml': demarche,
          'cfg/synonyms.yaml': bundles,
        };
        const config = await load({
          'site.yaml': site,
          'bundles.yaml': bundles,
          'demarches/caf-rsa.yaml': demarche,
          'synonyms.yaml': bundles,
        });
        if (config.ok) throw new Error('garbage was taken for a configuration');
        for (const { file, line, column } of config.error) {
          const lineCount = (files[file as keyof typeof files] ?? '').split('\n').length;
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lineCount);
          expect(column).toBeGreaterThanOrEqual(1);
        }
      }),
      { numRuns: 100 },
    );
  }, 30_000);

  it('keeps any text on one line and short', async () => {
    await fc.assert(
      fc.asyncProperty(anyText(3000), async (word) => {
        for (const line of await mistakesIn({ 'site.yaml': `${rightSite}placeType: ${JSON.stringify(word)}\n` })) {
          expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
          expect(line.length).toBeLessThan(1200);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('survives ten thousand open brackets', async () => {
    expect(await mistakesIn({ 'synonyms.yaml': '['.repeat(10_000) })).toHaveLength(1);
  });

  it('keeps a key named like an inherited property from being taken for a bundle', async () => {
    expect(await mistakesIn({ 'demarches/caf-rsa.yaml': `${rightDemarche}bundles: [constructor]\n` })).toEqual([
      'cfg/demarches/caf-rsa.yaml:15:11  le groupe « constructor » n’existe pas — un de bundles.yaml : franceconnect',
    ]);
  });
});
