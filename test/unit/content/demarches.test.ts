import { describe, expect, it } from 'vitest';
import { themeIds } from '../../../main/contract/catalogue.ts';
import { covers, journeyDomains } from '../../../main/config/domains.ts';
import { parseUrlPattern, urlMatches } from '../../../main/config/url-pattern.ts';
import { decide, type Journey } from '../../../main/features/browsing/journey-policy.ts';
import { readBundles, readDemarches, sentencesOf, textsOf, tooLong } from './read-content.ts';

const files = readDemarches();
const demarches = files.map(({ demarche }) => demarche);
const mailboxes = demarches.filter(({ mailbox }) => mailbox !== null);

describe('the catalogue as a whole', () => {
  it('holds at least 115 démarches', () => {
    expect(files.length).toBeGreaterThanOrEqual(115);
  });

  it('names each file after its id', () => {
    expect(demarches.map(({ id }) => id)).toEqual(files.map(({ stem }) => stem));
  });

  it('never gives two démarches the same title', () => {
    const titles = demarches.map(({ title }) => title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  it('is told in texte simple whole, and in English where it is asked most', () => {
    expect(demarches.filter(({ simple }) => simple === null).map(({ id }) => id)).toEqual([]);
    expect(demarches.filter(({ priority, en }) => priority === 1 && en === null).map(({ id }) => id)).toEqual([]);
    const retold = demarches.flatMap(({ id, priority, steps: list }) =>
      list.map(({ title, simple, en }) => ({ step: `${id}: ${title}`, priority, simple, en })),
    );
    expect(retold.filter(({ simple }) => simple === null).map(({ step }) => step)).toEqual([]);
    expect(retold.filter(({ priority, en }) => priority === 1 && en === null).map(({ step }) => step)).toEqual([]);
  });

  it('leaves no theme empty', () => {
    expect(themeIds.filter((theme) => !demarches.some((demarche) => demarche.theme === theme))).toEqual([]);
  });

  it('says in each long theme what is asked most', () => {
    const flat = themeIds.filter((theme) => {
      const priorities = demarches.filter((demarche) => demarche.theme === theme).map(({ priority }) => priority);
      return priorities.length > 5 && new Set(priorities).size === 1;
    });
    expect(flat).toEqual([]);
  });

  it('opens with the schema, so that an editor completes and underlines', () => {
    const line = '# yaml-language-server: $schema=../schema/demarche.json\n';
    expect(files.filter(({ text }) => !text.startsWith(line)).map(({ stem }) => stem)).toEqual([]);
  });
});

describe('the guidance', () => {
  const steps = demarches.flatMap(({ id, steps: list }) => list.map((step) => ({ id, step })));

  it('has 3 to 7 steps for every démarche', () => {
    expect(demarches.filter(({ steps: list }) => list.length < 3 || list.length > 7).map(({ id }) => id)).toEqual([]);
  });

  it('speaks of the code of the sign-in as the sheet does', () => {
    const ways = { email: /e-mail/, sms: /SMS/ };
    const silent = demarches.filter(
      ({ signInCode, steps: list }) =>
        signInCode !== null &&
        !list.some(({ title, text }) => title.includes(' code') && ways[signInCode].test(`${title} ${text}`)),
    );
    expect(silent.map(({ id }) => id)).toEqual([]);
    const promised = demarches.filter(
      ({ signInCode, steps: list }) =>
        signInCode === null && list.some(({ title }) => /code reçu par (e-mail|SMS)/.test(title)),
    );
    expect(promised.map(({ id }) => id)).toEqual([]);
  });

  it('tells what to do in at most 7 words, in the imperative', () => {
    expect(
      tooLong(
        steps.map(({ id, step }) => [id, step.title]),
        7,
      ),
    ).toEqual([]);
    const imperative = /(^|\s)(\p{L}+ez|Dites)([\s,-]|$)/u;
    expect(
      steps.filter(({ step }) => !imperative.test(step.title)).map(({ id, step }) => `${id}: ${step.title}`),
    ).toEqual([]);
  });

  it('says where to find it in at most two sentences of 14 words', () => {
    const parts = steps.map(({ id, step }) => ({ id, list: sentencesOf(step.text) }));
    expect(parts.filter(({ list }) => list.length > 2).map(({ id, list }) => `${id}: ${list.join(' ')}`)).toEqual([]);
    expect(
      tooLong(
        parts.flatMap(({ id, list }) => list.map((part) => [id, part] as const)),
        14,
      ),
    ).toEqual([]);
  });

  it('names the button in at most 5 words', () => {
    expect(
      tooLong(
        steps.flatMap(({ id, step }) => (step.press === null ? [] : [[id, step.press] as const])),
        5,
      ),
    ).toEqual([]);
  });

  it('never has two steps of the same title in one démarche', () => {
    const doubled = demarches.filter(({ steps: list }) => new Set(list.map(({ title }) => title)).size !== list.length);
    expect(doubled.map(({ id }) => id)).toEqual([]);
  });

  it('has a way through the FranceConnect page wherever that account is announced', () => {
    const page = (host: string): URL => new URL(`https://${host}.franceconnect.gouv.fr/api/v2/authorize`);
    const without = demarches.filter(
      ({ account, steps: list }) =>
        account !== null &&
        account.franceConnect !== false &&
        !list.some(({ when }) =>
          when.some((text) => {
            const pattern = parseUrlPattern(text);
            return pattern.ok && urlMatches(pattern.value, page(account.franceConnect === 'plus' ? 'auth' : 'oidc'));
          }),
        ),
    );
    expect(without.map(({ id }) => id)).toEqual([]);
  });

  /** FranceConnect+ refuses the taxes, ameli and MSA accounts. A person without the others would be stuck there. */
  it('says what FranceConnect+ asks for, and the other way in, wherever it is announced', () => {
    const plus = files.filter(({ demarche }) => demarche.account?.franceConnect === 'plus');
    expect(plus.length).toBeGreaterThanOrEqual(10);
    const plain = /FranceConnect(?!\+)/;
    const promises = plus.filter((file) => {
      const english = file.demarche.steps.flatMap(({ en }) => (en === null ? [] : [en.title, en.text]));
      return [...textsOf(file).map(({ text }) => text), ...english].some((text) => plain.test(text));
    });
    expect(promises.map(({ stem }) => stem)).toEqual([]);
    const wanted = /France Identité ou L’Identité Numérique La Poste.*Sinon, .*mot de passe/;
    const inEnglish = /France Identité or L’Identité Numérique La Poste.*password/;
    const untold = plus.filter(({ demarche }) => {
      const step = demarche.steps.find(({ drawing }) => drawing === 'franceconnect');
      const french = [step?.text ?? '', step?.simple?.text ?? ''];
      return !french.every((text) => wanted.test(text)) || (step?.en && !inEnglish.test(step.en.text));
    });
    expect(untold.map(({ stem }) => stem)).toEqual([]);
  });
});

describe('the mailboxes', () => {
  const owners = (address: string): readonly string[] =>
    mailboxes
      .filter(({ mailbox }) => mailbox?.endings.includes(address.slice(address.indexOf('@') + 1)))
      .map(({ id }) => id);

  it('have no ending in common', () => {
    const endings = mailboxes.flatMap(({ mailbox }) => mailbox?.endings ?? []);
    expect(endings.filter((ending, index) => endings.indexOf(ending) !== index)).toEqual([]);
  });

  it.each([
    ['a@wanadoo.fr', 'mail-orange'],
    ['a@gmail.com', 'mail-gmail'],
    ['a@hotmail.fr', 'mail-outlook'],
    ['a@live.fr', 'mail-outlook'],
    ['a@msn.com', 'mail-outlook'],
    ['a@free.fr', 'mail-free'],
    ['a@club-internet.fr', 'mail-sfr'],
    ['a@laposte.net', 'mail-laposte'],
    ['a@ymail.com', 'mail-yahoo'],
    ['a@bbox.fr', 'mail-bouygues'],
    ['a@me.com', 'mail-icloud'],
    ['a@yahoo.co.uk', 'mail-yahoo'],
    ['a@yahoo.es', 'mail-yahoo'],
    ['a@proton.me', 'mail-proton'],
    ['a@protonmail.com', 'mail-proton'],
    ['a@pm.me', 'mail-proton'],
  ])('open %s with %s', (address, id) => {
    expect(owners(address)).toEqual([id]);
  });

  it('are guided in three steps: sign in, open the message, come back', () => {
    expect(mailboxes.filter(({ steps }) => steps.length !== 3).map(({ id }) => id)).toEqual([]);
    expect(mailboxes.filter(({ sources }) => sources.length === 0).map(({ id }) => id)).toEqual([]);
  });

  it('leave out the hosts where anybody publishes pages', () => {
    const anybodys = [
      'jaf.free.fr',
      'lh3.googleusercontent.com',
      'sites.google.com',
      'x.abo.bbox.fr',
      'x.pages.live.net',
      'answers.microsoft.com',
      'drive.proton.me',
    ];
    const open = mailboxes.flatMap(({ id, domains }) =>
      anybodys.filter((host) => domains.some((domain) => covers(domain, host))).map((host) => `${id}: ${host}`),
    );
    expect(open).toEqual([]);
  });

  it('reach the hosts through which their sign-in and their links lead', () => {
    const through: readonly (readonly [string, string])[] = [
      ['mail-gmail', 'accounts.youtube.com'],
      ['mail-gmail', 'accounts.google.fr'],
      ['mail-gmail', 'www.google.com'],
      ['mail-outlook', 'www.microsoft.com'],
      ['mail-outlook', 'privacynotice.account.microsoft.com'],
      ['mail-outlook', 'login.microsoft.com'], // passkeys: the page with « Autre façon de se connecter »
      ['mail-outlook', 'eur01.safelinks.protection.outlook.com'],
    ];
    for (const [id, host] of through)
      expect(mailboxes.find((one) => one.id === id)?.domains.some((domain) => covers(domain, host))).toBe(true);
  });

  /** Without them, the check that a person is there stays an empty frame, and nobody gets any further. */
  it.each([
    ['mail-yahoo', 'https://login.yahoo.net/account/challenge/recaptcha/recaptcha-script'],
    ['mail-outlook', 'https://iframe.hsprotect.net/index.html'],
    ['mail-proton', 'https://account-api.proton.me/core/v4/captcha'],
    ['mail-proton', 'https://mail-api.proton.me/core/v4/captcha'],
    ['mail-proton', 'https://verify.proton.me/'],
  ])('%s shows the frame %s of its sign-in', (id, url) => {
    const found = mailboxes.find((one) => one.id === id);
    expect(found).toBeDefined();
    const journey: Journey = { domains: found?.domains ?? [], localHosts: [], frames: found?.frames ?? [] };
    expect(decide({ kind: 'frame', url }, journey)).toEqual({ allow: true });
    expect(decide({ kind: 'main-frame', url }, journey).allow).toBe(false);
  });
});

describe('what must be true', () => {
  it('shows the name of the site that really opens', () => {
    const wrong = demarches.filter(({ url, siteName }) => !covers(siteName, new URL(url).hostname));
    expect(wrong.map(({ id, siteName }) => `${id}: ${siteName}`)).toEqual([]);
    expect(demarches.filter(({ siteName }) => siteName.length > 34).map(({ siteName }) => siteName)).toEqual([]);
  });

  /**
   * Each number was weighed by a person: a wrong one sends someone to a paying line. Add here what you have dialled.
   */
  it('gives only telephone numbers of this list, each to one kind of organism', () => {
    const known: Readonly<Record<string, RegExp>> = {
      '32 30': /^Caf$/,
      '32 38': /Aripa/,
      '36 46': /Assurance Maladie/,
      '34 22': /Assurance Maladie/,
      '39 49': /^France Travail$/,
      '39 60': /Assurance retraite|Carsat/,
      '09 70 66 06 60': /Agirc-Arrco/,
      '0 809 401 401': /^Impôts$/,
      '0 805 204 805': /Chèque énergie/,
      '34 00': /ANTS/,
      '39 39': /Service Public/,
      '0 805 805 817': /17Cyber|Thesee/,
      '39 19': /Arrêtons les violences/,
      '0 805 160 075': /loyers impayés/,
      '09 70 82 35 51': /Caisse des Dépôts/,
      '09 70 80 08 00': /Action Logement/,
      '0 808 800 700': /France Rénov/,
      '30 39': /Justice/,
      '09 69 39 00 00': /Défenseur des droits/,
      '34 14': /Banque de France/,
      '0 809 540 550': /SignalConso/,
      '0 800 400 070': /Enseignement supérieur/,
      '0 806 001 620': /ANEF/,
      '0 800 11 10 35': /Parlera/,
      '36 31': /^La Poste$/,
      '0 800 97 00 33': /Crit’Air/,
    };
    const wrong = demarches.filter(
      ({ organism, planB }) => planB.phone !== null && known[planB.phone]?.test(organism) !== true,
    );
    expect(wrong.map(({ id, planB }) => `${id}: ${planB.phone ?? ''}`)).toEqual([]);
    expect(
      demarches.filter(({ planB }) => (planB.phone === null) !== (planB.phoneNote === null)).map(({ id }) => id),
    ).toEqual([]);
  });

  /** « 15 minutes » told by us is taken for a promise of the site. */
  it('says no minutes, hours or days that a source of the sheet does not say', () => {
    const spans = (text: string): readonly string[] =>
      [...text.matchAll(/(\d+|quelques|few)[\s\u00a0]*(minute|heure|hour|jour|day)/g)].map(([, n, unit]) =>
        `${n} ${unit}`.replace('hour', 'heure').replace('day', 'jour').replace('few', 'quelques'),
      );
    const unsaid = files.flatMap((file) => {
      const said = file.demarche.sources.map((source) => (typeof source === 'string' ? source : (source.says ?? '')));
      const english = file.demarche.steps.flatMap(({ en }) => (en === null ? [] : [en.title, en.text]));
      return [...textsOf(file).map(({ text }) => text), ...english]
        .flatMap(spans)
        .filter((span) => !said.some((text) => spans(text).includes(span)))
        .map((span) => `${file.stem}: ${span}`);
    });
    expect(unsaid).toEqual([]);
  });

  /** impots.gouv.fr has renamed its button « Connexion à l’espace Finances publiques » (January 2026). */
  it('looks for no « espace particulier »', () => {
    expect(files.flatMap(textsOf).filter(({ text }) => /espace particulier/i.test(text))).toEqual([]);
  });

  /** Decree 2025-185: since March 2025 they count the fourth, third and second months before, not the last one. */
  it('asks for no month that the RSA and the prime d’activité no longer count', () => {
    const counting = files.filter(({ stem }) => /^(caf|msa)-(rsa|prime-activite|declaration-trim)/.test(stem));
    expect(counting).toHaveLength(4);
    const wrong = counting.filter(({ text }) => /(3|trois) derniers mois|last (3|three) months/.test(text));
    expect(wrong.map(({ stem }) => stem)).toEqual([]);
  });

  /** Without it, the bank's confirmation stays an empty frame. */
  it('lets one pay wherever a text asks for money, and asks for the card beforehand', () => {
    const money = /carte bancaire|€|timbre fiscal/i;
    /** A card as big as a bank card; a card that was robbed. */
    const isNoPayment = (stem: string, text: string): boolean =>
      text.includes('format carte bancaire') || stem === 'fraude-carte-bancaire';
    const paying = files.filter((file) =>
      textsOf(file).some(
        ({ where, text }) => !/ (words|planB)\./.test(where) && money.test(text) && !isNoPayment(file.stem, text),
      ),
    );
    expect(paying.filter(({ demarche }) => !demarche.payByCard).map(({ stem }) => stem)).toEqual([]);
    const cardless = paying.filter(({ demarche }) => !demarche.papers.some((paper) => /carte bancaire/i.test(paper)));
    expect(cardless.map(({ stem }) => stem)).toEqual([]);
    // Some banks confirm on a whole page instead.
    const frameOnly = demarches.filter(({ payByCard, bundles }) => payByCard && !bundles.includes('banques'));
    expect(frameOnly.map(({ id }) => id)).toEqual([]);
  });

  /** Otherwise the kiosk stops the person at a sign-in that its own guide told them to choose. */
  it('opens the sign-in that a step names', () => {
    const signIns = [
      [/ÉduConnect/, 'educonnect.education.gouv.fr'],
      [/FranceConnect/, 'oidc.franceconnect.gouv.fr'],
    ] as const;
    const bundles = readBundles();
    const closed = demarches.flatMap((one) =>
      signIns
        .filter(([name, host]) => {
          const named = one.steps.some(({ title, text }) => name.test(`${title} ${text}`));
          return named && !journeyDomains(one, bundles).some((domain) => covers(domain, host));
        })
        .map(([, host]) => `${one.id}: ${host}`),
    );
    expect(closed).toEqual([]);
  });

  it('never says « sans créer de compte » where a step asks for one', () => {
    const asking = demarches.filter(
      ({ account, steps }) =>
        account === null && steps.some(({ title }) => /créez un compte|connectez-vous/i.test(title)),
    );
    expect(asking.map(({ id }) => id)).toEqual([]);
  });

  it('always says where to go when the screen is not the way', () => {
    expect(demarches.filter(({ planB }) => planB.place === null).map(({ id }) => id)).toEqual([]);
  });
});
