import { describe, expect, it } from 'vitest';
import { demarche, demarcheWith, rightDemarche, rightSite, mistakesIn } from './folder.ts';

const FILE = 'cfg/demarches/caf-rsa.yaml';

describe('what is wrong in a démarche, with its line and column', () => {
  it.each([
    ['titel: x', '15:1  clé inconnue « titel » — une clé connue (vouliez-vous dire « title » ?)'],
    ['zzz: x', '15:1  clé inconnue « zzz » — une clé connue'],
    [
      'title: 3230',
      '2:8  « title » est le nombre « 3230 » — un texte, donc entre guillemets (Ce que la personne vient faire, avec un verbe)',
    ],
    ['title: [a]', '2:8  « title » est une liste — un texte (Ce que la personne vient faire, avec un verbe)'],
    ["title: ' '", '2:8  texte vide — Ce que la personne vient faire, avec un verbe'],
    [`title: ${'x'.repeat(91)}`, '2:8  texte de 91 signes — 90 signes au plus'],
    ['title: "a\\tb"', '2:8  signe invisible dans le texte — Ce que la personne vient faire, avec un verbe'],
    [
      'theme:',
      '4:7  « theme » est vide — un de : papiers, social, sante, travail, logement, transports, impots, famille, apprendre',
    ],
    [
      'theme: santé',
      '4:8  « theme » ne peut pas être « santé » — un de : papiers, social, sante, travail, logement, transports, impots, famille, apprendre (vouliez-vous dire « sante » ?)',
    ],
    ['priority: 4', '7:11  « priority » vaut « 4 » — au plus 3 (1 : demandée le plus souvent ; 3 : rarement)'],
    [
      'minutes: 40',
      '11:10  « minutes » est le nombre « 40 » — un groupe de clés (Le temps que le site annonce, et où ; sans source, rien)',
    ],
    ["minutes: { about: 40, seenOn: '2026' }", '11:10  il manque « address » — La page qui l’annonce'],
    ['checkedOn: 2026-13', '9:12  « 2026-13 » n’est pas un mois — une année et un mois : 2026-08'],
    [
      'url: http://wwwd.caf.fr/rsa',
      '8:6  adresse en http:// (non protégée) — https:// ; si le site ne répond pas en https, la borne ne peut pas l’ouvrir',
    ],
    ['url: ftp://caf.fr/', '8:6  adresse en ftp: — une adresse en https://'],
    ['url: caf.fr', '8:6  « caf.fr » n’est pas une adresse — une adresse complète en https://'],
    ['url: https://a:b@caf.fr/', '8:6  mot de passe dans l’adresse — l’adresse seule'],
    [
      'url: https://notcaf.fr/',
      '8:6  aucun domaine ne couvre « notcaf.fr » — ce nom, ou son domaine, dans « domains » (vouliez-vous dire « caf.fr » ?)',
    ],
    ['verifiedOn: 2026-02-30', '12:13  « 2026-02-30 » n’est pas une date — une année, un mois, un jour : 2026-11-26'],
    [
      "sources: [{ address: 'caf.fr/', seenOn: hier, say: x }]",
      '14:22  « caf.fr/ » n’est pas une adresse — une adresse complète : https://www.caf.fr/…',
      '14:41  « hier » n’est pas une date — ce qui est connu : 2024, 2024-12 ou 2024-12-05, entre guillemets',
      '14:47  clé inconnue « say » — une de : address, seenOn, says (vouliez-vous dire « says » ?)',
    ],
    ['signInCode: fax', '15:13  « signInCode » ne peut pas être « fax » — un de : sms, email'],
    [
      'papers: un RIB',
      '15:9  « papers » est le texte « un RIB » — une liste, une ligne par élément avec un tiret devant (Les papiers à avoir avec soi)',
    ],
    [
      'words: [apl, 3939]',
      '15:14  un élément de « words » est le nombre « 3939 » — un texte, donc entre guillemets (Un mot)',
    ],
    [
      'domains: []',
      '10:10  « domains » compte 0 élément — au moins 1 (Les domaines où la démarche se passe ; chacun couvre ses sous-domaines)',
    ],
    [
      'bundles: [franceconnet]',
      '15:11  le groupe « franceconnet » n’existe pas — un de bundles.yaml : franceconnect (vouliez-vous dire « franceconnect » ?)',
    ],
    [
      'beside: [ma-banque]',
      '15:10  « ma-banque » ne peut pas s’ouvrir à côté — l’identifiant d’une autre démarche de ce dossier',
    ],
    [
      'account: { name: Caf, franceConnect: true }',
      '15:38  FranceConnect est annoncé mais serait bloqué — « franceconnect » dans « bundles »',
    ],
    [
      'account: { name: Caf, franceConnect: plus }',
      '15:38  FranceConnect est annoncé mais serait bloqué — « franceconnect » dans « bundles »',
    ],
    [
      'account: { name: Caf, franceConnect: oui }',
      '15:38  « franceConnect » ne peut pas être « oui » — un de : true, false, plus',
    ],
    ['account: { franceConnect: false }', '15:10  il manque « name » — Le nom du compte : compte Caf'],
    [
      'upload: { formats: [jpg], maxBytes: 2000000 }',
      '15:21  un élément de « formats » ne peut pas être « jpg » — un de : pdf, jpeg, png (vouliez-vous dire « jpeg » ?)',
    ],
    [
      'upload: { formats: [pdf], maxBytes: 2 }',
      '15:37  « maxBytes » vaut « 2 » — au moins 10000 (La taille la plus grande que le site accepte, en octets : 2000000 pour 2 Mo)',
    ],
    [
      'upload: { formats: [], maxBytes: 9000000000 }',
      '15:20  « formats » compte 0 élément — au moins 1 (Les formats que le site accepte)',
      '15:34  « maxBytes » vaut « 9000000000 » — au plus 500000000 (La taille la plus grande que le site accepte, en octets : 2000000 pour 2 Mo)',
    ],
    [
      'planB: { phone: 32-30 }',
      '15:17  « 32-30 » n’est pas un numéro — des chiffres et des espaces, comme 32 30 ou 04 70 00 00 00',
    ],
    ['version: 2', '15:10  la version « 2 » est plus récente que ce programme — 1 au plus ; mettez la borne à jour'],
    ['version: un', '15:10  « un » n’est pas une version — 1'],
  ])('%s', async (line, ...expected) => {
    expect(await demarche(line)).toEqual(expected.map((one) => `${FILE}:${one}`));
  });

  it.each([
    ["'https://caf.fr'", 'https://caf.fr', 'le nom seul, sans « https:// »'],
    ['caf.fr/x', 'caf.fr/x', 'le nom seul, sans ce qui suit « / »'],
    ["'caf.fr:443'", 'caf.fr:443', 'le nom seul, sans numéro de port'],
    ["'*.caf.fr'", '*.caf.fr', 'le nom sans étoile : un domaine couvre déjà ses sous-domaines'],
    ['192.168.1.4', '192.168.1.4', 'un nom de site, pas une adresse IP'],
    ["'[::1]'", '[::1]', 'un nom de site, pas une adresse IP'],
    ['gouv.fr', 'gouv.fr', 'un nom plus précis : celui-ci couvrirait des sites sans rapport'],
    ['fr', 'fr', 'un nom plus précis : celui-ci couvrirait des sites sans rapport'],
    ['ca f.fr', 'ca f.fr', 'un nom de site comme « caf.fr »'],
  ])('refuses the domain %s with its remedy', async (written, shown, remedy) => {
    expect(await demarche(`domains: [caf.fr, ${written}]`)).toEqual([
      `${FILE}:10:19  « ${shown} » n’est pas un domaine — ${remedy}`,
    ]);
  });

  it('says which field is missing, where the file begins', async () => {
    const text = `# commentaire\n${rightDemarche.replace('organism: Caf\n', '')}`;
    expect(await mistakesIn({ 'demarches/caf-rsa.yaml': text })).toEqual([
      `${FILE}:2:1  il manque « organism » — L’organisme, comme les gens le nomment`,
    ]);
  });

  it.each(['verifiedOn', 'verifiedBy', 'sources'])('wants %s in every sheet', async (field) => {
    const text = rightDemarche.replace(new RegExp(`^${field}: .*\n`, 'm'), '');
    expect(await mistakesIn({ 'demarches/caf-rsa.yaml': text })).toMatchObject([
      expect.stringContaining(`:1:1  il manque « ${field} »`),
    ]);
    expect(await demarche('sources: []')).toHaveLength(1);
  });

  it('wants the file named after the id, and says who has the id already', async () => {
    expect(await mistakesIn({ 'demarches/rsa.yaml': rightDemarche })).toEqual([
      'cfg/demarches/rsa.yaml:1:5  « caf-rsa » n’est pas le nom du fichier — « rsa », ou le fichier renommé',
      `cfg/demarches/rsa.yaml:1:5  « caf-rsa » est déjà pris — un autre que dans ${FILE}`,
    ]);
  });

  it('lets a domain be written twice', async () => {
    expect(await demarche('domains: [caf.fr, caf.fr]')).toEqual([]);
  });

  it('wants a port that is not that of https to be named, on a domain of its own', async () => {
    expect(await demarche('url: https://caf.fr:8443/')).toEqual([
      `${FILE}:8:6  « caf.fr:8443 » a un port — ce nom et ce port dans « ports »`,
    ]);
    expect(await demarche('url: https://caf.fr:8443/', "ports: ['caf.fr:8443']\n")).toEqual([]);
    expect(await demarche('domains: [caf.fr]', "ports: ['impots.gouv.fr:8443']\n")).toEqual([
      `${FILE}:15:9  aucun domaine ne couvre « impots.gouv.fr » — ce nom, ou son domaine, dans « domains »`,
    ]);
    expect(await demarche('domains: [caf.fr]', "ports: ['caf.fr']\n")).toEqual([
      `${FILE}:15:9  « caf.fr » n’a pas de port — un nom et son port : portail.exemple.fr:8443 ; 443 va sans dire`,
    ]);
  });

  it('lets a bundle cover the start', async () => {
    expect(await demarche('url: https://app.franceconnect.gouv.fr/', 'bundles: [franceconnect]\n')).toEqual([]);
  });
});

describe('the guidance steps', () => {
  const step = '  - { title: a, text: b }\n';

  it('are three at least in a démarche of priority 1, seven at most anywhere', async () => {
    const few = (count: number): string => (count === 0 ? '' : `steps:\n${step.repeat(count)}`);
    expect(await demarche('priority: 1')).toEqual([
      `${FILE}:1:1  aucune étape pour une démarche de priorité 1 — de 3 à 7 étapes dans « steps »`,
    ]);
    expect(await demarche('priority: 1', few(2))).toEqual([
      `${FILE}:16:3  2 étapes pour une démarche de priorité 1 — de 3 à 7 étapes dans « steps »`,
    ]);
    expect(await demarche('priority: 1', few(3))).toEqual([]);
    expect(await demarche('priority: 1', few(7))).toEqual([]);
    expect(await demarche('priority: 1', few(8))).toEqual([
      `${FILE}:16:3  « steps » compte 8 éléments — au plus 7 (Les étapes du guide : de 3 à 7 pour une démarche de priorité 1)`,
    ]);
  });

  it.each([
    [
      "when: 'https://caf.fr/x'",
      '18:11  « https://caf.fr/x » n’est pas un motif d’adresse — sans « https:// » : connect.caf.fr/*#/login*',
    ],
    [
      "when: ['caf.fr/a', '/b']",
      '18:24  « /b » n’est pas un motif d’adresse — le nom du site d’abord : connect.caf.fr/*',
    ],
    ["when: 'caf.fr:80/'", '18:11  « caf.fr:80/ » n’est pas un motif d’adresse — le nom du site sans numéro de port'],
    ["when: 'caf.fr/a b'", '18:11  « caf.fr/a b » n’est pas un motif d’adresse — un motif sans espace'],
    [
      "when: 'caf.fr/#'",
      '18:11  « caf.fr/# » n’est pas un motif d’adresse — quelque chose après « # », ou rien du tout',
    ],
    [
      'when: caf',
      '18:11  « caf » n’est pas un motif d’adresse — un nom de site avant le premier « / » : connect.caf.fr/*',
    ],
    [
      'when: 5',
      '18:11  « when » est le nombre « 5 » — un texte, donc entre guillemets (Quand la page a une de ces adresses, cette étape s’affiche d’elle-même)',
    ],
    [
      'when: [caf.fr/a, 5]',
      '18:22  un élément de « when » est le nombre « 5 » — un texte, donc entre guillemets (Motif d’adresse : site/chemin#fragment, « * » remplace n’importe quoi)',
    ],
    [
      "when: ['caf.fr/a', 'impots.gouv.fr/']",
      '18:24  la démarche ne va jamais sur « impots.gouv.fr » — un site couvert par : caf.fr',
    ],
    [
      'drawing: vital',
      '18:14  « drawing » ne peut pas être « vital » — un de : vitale, rib, telephone, email, mot-de-passe, identite, adresse, imprimer, document, calendrier, franceconnect, courrier (vouliez-vous dire « vitale » ?)',
    ],
    ["pointAt: 'a['", '18:14  « a[ » n’est pas un sélecteur CSS — un sélecteur comme « #login »'],
  ])('%s', async (line, expected) => {
    const text = `${rightDemarche}steps:\n  - title: a\n    text: b\n    ${line}\n`;
    const lines = await mistakesIn({ 'demarches/caf-rsa.yaml': text });
    expect(lines).toEqual([`${FILE}:${expected}`]);
  });
});

describe('text that is not the YAML we want', () => {
  it.each([
    ['a: [b\nc: d\n', ['2:1']],
    ['\ta: b\n', ['1:1']],
    ['a: b\na: c\n', ['2:1']],
    ['a: @x\n', ['1:4']],
    ['a: b\n---\nc: d\n', ['2:1']],
    ['a: !x b\n', ['1:4']],
    ['a: !!str b\n', ['1:10']],
    ['a: &x [b]\nc: *x\n', ['1:7', '2:4']],
    ['? [a]\n: b\n', ['1:3']],
    ['', ['1:1']],
    ['# rien\n', ['1:1']],
    ['- a\n', ['1:1']],
    ['juste un texte\n', ['1:1']],
  ])('%j', async (text, places) => {
    const lines = await mistakesIn({ 'synonyms.yaml': text });
    expect(lines.map((line) => /^cfg\/synonyms\.yaml:(\d+:\d+) {2}/.exec(line)?.[1])).toEqual(places);
  });
});

describe('files from another machine', () => {
  it('reads Windows line ends and a byte order mark, with the same places', async () => {
    const text = `\ufeff${demarcheWith('theme: logment')}`.replaceAll('\n', '\r\n');
    expect((await mistakesIn({ 'demarches/caf-rsa.yaml': text }))[0]).toMatch(/^cfg\/demarches\/caf-rsa\.yaml:4:8 {2}/);
    expect(await mistakesIn({ 'demarches/caf-rsa.yaml': `\ufeff${rightDemarche.replaceAll('\n', '\r\n')}` })).toEqual(
      [],
    );
  });

  it('says that accents were lost, and where', async () => {
    const latin1 = new TextDecoder().decode(Buffer.from(demarcheWith('sentence: Une aide versée.'), 'latin1'));
    expect(await mistakesIn({ 'demarches/caf-rsa.yaml': latin1 })).toEqual([
      `${FILE}:3:24  lettres illisibles — un fichier enregistré en UTF-8`,
    ]);
  });
});

describe('what is wrong in the other files', () => {
  it.each([
    ['shell: firefox', 'shell', '4:8  « shell » ne peut pas être « firefox » — un de : auto, chromium, electron'],
    [
      'idle: { afterMs: 3 }',
      'idle',
      '4:9  clé inconnue « afterMs » — une de : afterS, warningS, allowanceMinutes (vouliez-vous dire « afterS » ?)',
    ],
    [
      'idle: { afterS: 1 }',
      'idle',
      '4:17  « afterS » vaut « 1 » — au moins 5 (Secondes sans rien toucher avant la question ; 180 en général)',
    ],
    ['coordinates: { lat: 91, lon: 3 }', 'lat', '4:21  « lat » vaut « 91 » — au plus 90 (Latitude en degrés : 46.56)'],
    [
      'printer: { kind: ipp }',
      'uri',
      '4:18  il manque « uri » à l’imprimante — une adresse comme ipp://imprimante.local/ipp/print',
    ],
    [
      'printer: { kind: ipp, uri: Bureau }',
      'uri',
      '4:28  « Bureau » n’est pas une adresse d’imprimante — une adresse comme ipp://imprimante.local/ipp/print',
    ],
    [
      'scanner: { kind: escl, address: HP }',
      'address',
      '4:33  « HP » n’est pas une adresse de scanner — une adresse comme http://scanner.local/eSCL',
    ],
    [
      'figures: { thresholdInside: 20 }',
      'figures',
      '4:10  le seuil publié (11) est sous le seuil de l’agent (20) — 20 ou plus',
    ],
    [
      "localHosts: [intranet, 10.1.2.3, 'http://x']",
      'hosts',
      '4:34  « http://x » n’est pas un nom de machine — un nom ou une adresse IP, sans https:// ni port',
    ],
    [
      'proxy: proxy.exemple.fr:3128',
      'proxy-url',
      '4:8  « proxy.exemple.fr:3128 » n’est pas l’adresse d’un proxy — le nom ou l’adresse du serveur et son port : http://proxy.exemple.fr:3128',
    ],
    [
      'proxy: http://proxy.exemple.fr',
      'proxy-port',
      '4:8  « http://proxy.exemple.fr » n’est pas l’adresse d’un proxy — le nom ou l’adresse du serveur et son port : http://proxy.exemple.fr:3128',
    ],
    [
      'proxy: http://proxy.exemple.fr/x:3128',
      'proxy-path',
      '4:8  « http://proxy.exemple.fr/x:3128 » n’est pas l’adresse d’un proxy — le nom ou l’adresse du serveur et son port : http://proxy.exemple.fr:3128',
    ],
    [
      'proxy: http://proxy\\exemple.fr:3128',
      'proxy-backslash',
      '4:8  « http://proxy\\exemple.fr:3128 » n’est pas l’adresse d’un proxy — le nom ou l’adresse du serveur et son port : http://proxy.exemple.fr:3128',
    ],
    [
      'proxy: http://proxy%2Eexemple.fr:3128',
      'proxy-percent',
      '4:8  « http://proxy%2Eexemple.fr:3128 » n’est pas l’adresse d’un proxy — le nom ou l’adresse du serveur et son port : http://proxy.exemple.fr:3128',
    ],
    [
      'proxy: http://10.1.3:3128',
      'proxy-short-address',
      '4:8  « http://10.1.3:3128 » n’est pas l’adresse d’un proxy — une adresse IP en entier, quatre nombres sans zéro devant : http://10.1.2.3:3128',
    ],
    [
      'proxy: http://010.1.2.3:3128',
      'proxy-octal-address',
      '4:8  « http://010.1.2.3:3128 » n’est pas l’adresse d’un proxy — une adresse IP en entier, quatre nombres sans zéro devant : http://10.1.2.3:3128',
    ],
    [
      "proxy: 'http://borne:secret@proxy.exemple.fr:3128'",
      'proxy-password',
      '4:8  mot de passe dans l’adresse — le nom ou l’adresse du serveur et son port : http://proxy.exemple.fr:3128 ; le proxy doit laisser passer ce PC sans',
    ],
    [
      'usbKeys: oui',
      'usb',
      '4:10  « usbKeys » est le texte « oui » — true ou false (Vrai si les clés USB sont permises)',
    ],
  ])('site.yaml, %s', async (line, _what, expected) => {
    expect(await mistakesIn({ 'site.yaml': `${rightSite}${line}\n` })).toEqual([`cfg/site.yaml:${expected}`]);
  });

  it('points at the file that holds the value, when the two files only disagree together', async () => {
    expect(
      await mistakesIn({
        'departement.yaml': 'printer:\n  uri: Bureau\n',
        'site.yaml': `${rightSite}printer: { kind: ipp }\n`,
      }),
    ).toEqual([
      'cfg/departement.yaml:2:8  « Bureau » n’est pas une adresse d’imprimante — une adresse comme ipp://imprimante.local/ipp/print',
    ]);
  });

  it('wants the place, the commune and the kiosk’s own name from either file', async () => {
    expect(await mistakesIn({ 'site.yaml': 'place: MSD\n', 'departement.yaml': 'commune: Moulins\n' })).toEqual([
      'cfg/site.yaml:1:1  il manque « kioskId » — L’identifiant de la borne, différent pour chacune : les chiffres de chaque borne le portent',
    ]);
  });

  it('checks bundles, their names and their pins', async () => {
    const bundles = 'Mauvais nom:\n  domains: [caf.fr]\nbon:\n  domains: [http://x.fr]\n  pins: [abc]\n  domain: x\n';
    expect(await mistakesIn({ 'bundles.yaml': bundles })).toEqual([
      'cfg/bundles.yaml:1:1  « Mauvais nom » n’est pas un identifiant — des minuscules sans accent, des chiffres, des tirets',
      'cfg/bundles.yaml:4:13  « http://x.fr » n’est pas un domaine — le nom seul, sans « https:// »',
      'cfg/bundles.yaml:5:10  « abc » n’est pas une empreinte — SHA-256 de la clé publique (SPKI) en base64, 44 signes',
      'cfg/bundles.yaml:6:3  clé inconnue « domain » — une de : domains, pins (vouliez-vous dire « domains » ?)',
    ]);
  });

  it('does not blame a démarche for a bundle that is refused for something else', async () => {
    const changes = {
      'bundles.yaml': 'franceconnect:\n  domains: [fr]\n',
      'demarches/caf-rsa.yaml': demarcheWith('bundles: [franceconnect, autre]'),
    };
    expect((await mistakesIn(changes)).map((line) => line.split('  ')[0])).toEqual([
      'cfg/bundles.yaml:2:13',
      `${FILE}:15:26`,
    ]);
  });

  it('checks the places of the directory, and its département', async () => {
    const places = `source: essai
checkedOn: '2026'
places:
  - id: un
    name: Un lieu
    commune: '03190'
    town: Moulins
    postcode: '3000'
    services: [Aide aux démarche administratives]
    stops: [{ date: 2026-02-30, from: 9h, to: '12:00', town: Moulins }]
`;
    expect(
      await mistakesIn({ 'directory/a.yaml': places, 'departement.yaml': 'directory: { departement: Allier }\n' }),
    ).toEqual([
      'cfg/departement.yaml:1:27  « Allier » n’est pas un département — son numéro, entre guillemets : 03',
      'cfg/directory/a.yaml:8:15  « 3000 » n’est pas un code postal — comme 03000, entre guillemets',
      expect.stringMatching(/^cfg\/directory\/a\.yaml:9:16 {2}.*« Aide aux démarches administratives »/) as string,
      'cfg/directory/a.yaml:10:21  « 2026-02-30 » n’est pas une date — une année, un mois, un jour : 2026-11-26',
      'cfg/directory/a.yaml:10:39  « 9h » n’est pas une heure — comme 09:30, entre guillemets',
    ]);
  });

  it('checks synonyms', async () => {
    expect(await mistakesIn({ 'synonyms.yaml': 'apl: aide\nsécu: [1]\n' })).toEqual([
      'cfg/synonyms.yaml:1:6  « apl » est le texte « aide » — une liste, une ligne par élément avec un tiret devant (Les mots du catalogue que cela veut dire)',
      'cfg/synonyms.yaml:2:8  un élément de « sécu » est le nombre « 1 » — un texte, donc entre guillemets (Un mot du catalogue)',
    ]);
  });
});
