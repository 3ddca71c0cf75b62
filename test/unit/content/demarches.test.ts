import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { themeIds } from '../../../main/contract/catalogue.ts';
import { covers } from '../../../main/config/domains.ts';
import { parseUrlPattern, urlMatches } from '../../../main/config/url-pattern.ts';
import { readDemarches, sentencesOf, textsOf, wordCount } from './read-content.ts';

const files = readDemarches();
const demarches = files.map(({ demarche }) => demarche);
const texts = files.flatMap(textsOf);
const guided = demarches.filter(({ priority }) => priority === 1);

/** Where a text breaks a rule: the message of a red test is the list to correct. */
const breaking = (rule: RegExp, among = texts): readonly string[] =>
  among.filter(({ text }) => rule.test(text)).map(({ where, text }) => `${where}: ${text}`);

const tooLong = (pairs: readonly (readonly [string, string])[], most: number): readonly string[] =>
  pairs.filter(([, text]) => wordCount(text) > most).map(([where, text]) => `${where} (${wordCount(text)}): ${text}`);

describe('the catalogue as a whole', () => {
  it('holds 86 démarches, 27 of them guided', () => {
    expect(files).toHaveLength(86);
    expect(guided).toHaveLength(27);
  });

  it('names each file after its id', () => {
    expect(demarches.map(({ id }) => id)).toEqual(files.map(({ stem }) => stem));
  });

  it('never gives two démarches the same title', () => {
    const titles = demarches.map(({ title }) => title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
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

describe('how it is written', () => {
  it('uses the curly apostrophe', () => {
    expect(breaking(/['´`]/)).toEqual([]);
  });

  it('puts a non-breaking space before ? ! : ; and inside « »', () => {
    expect(breaking(/[^\u00a0][?!:;]|«(?!\u00a0)|[^\u00a0]»/)).toEqual([]);
  });

  it('has no double space, no space at an end, no straight quotes, no three dots', () => {
    expect(breaking(/[ \u00a0]{2}|^\s|\s$|"|\.\.\./)).toEqual([]);
  });

  it('says "vous", never "tu"; "mon" is for titles, where the person speaks', () => {
    const ownNames = /«[^»]*»|Mon espace santé|Mes droits sociaux|compte MaPrimeRénov’|compte Ma Sécurité/g;
    const ours = texts
      .filter(({ where }) => !/ (title|words|steps\.\d+\.press)/.test(where))
      .map(({ where, text }) => ({ where, text: text.replace(ownNames, '') }));
    expect(breaking(/(?<![\p{L}’])(tu|ton|ta|tes|toi|je|j’|mon|ma|mes|moi)(?!\p{L})/iu, ours)).toEqual([]);
  });

  it('starts each title with a verb', () => {
    const verb = /^(M’|Me )?\p{L}+(er|ir|re)$/u;
    const first = (title: string): string => title.split(' ')[0] ?? '';
    expect(demarches.map(({ title }) => title).filter((title) => !verb.test(first(title)))).toEqual([]);
  });

  it('keeps a title within 10 words and the lead within two sentences of 14 words', () => {
    expect(
      tooLong(
        demarches.map(({ id, title }) => [id, title]),
        10,
      ),
    ).toEqual([]);
    const leads = demarches.map(({ id, sentence }) => ({ id, parts: sentencesOf(sentence) }));
    expect(leads.filter(({ parts }) => parts.length > 2).map(({ id }) => id)).toEqual([]);
    expect(
      tooLong(
        leads.flatMap(({ id, parts }) => parts.map((part) => [id, part] as const)),
        14,
      ),
    ).toEqual([]);
  });

  it('ends each lead and each step text as a sentence ends, and no title, paper or place with a point', () => {
    const isSentence = / (sentence|steps\.\d+\.text)$/;
    const withEnd = texts.filter(({ where }) => isSentence.test(where));
    const withoutEnd = texts.filter(({ where }) => !isSentence.test(where));
    expect(withEnd.filter(({ text }) => !/[.?!](\u00a0»\.?)?$/.test(text))).toEqual([]);
    expect(breaking(/\.$/, withoutEnd)).toEqual([]);
  });

  it('names papers shortly, as one would say them, and never twice', () => {
    expect(
      tooLong(
        demarches.flatMap(({ id, papers }) => papers.map((paper) => [id, paper] as const)),
        11,
      ),
    ).toEqual([]);
    expect(demarches.filter(({ papers }) => papers.length > 7).map(({ id }) => id)).toEqual([]);
    expect(demarches.filter(({ papers }) => new Set(papers).size !== papers.length).map(({ id }) => id)).toEqual([]);
  });

  it('gives each démarche at least five words that people say, in lower case, none twice', () => {
    const wrong = demarches.filter(
      ({ words }) =>
        words.length < 5 || new Set(words).size !== words.length || words.some((word) => word !== word.toLowerCase()),
    );
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });
});

describe('the guidance', () => {
  const steps = guided.flatMap(({ id, steps: list }) => list.map((step) => ({ id, step })));

  it('has 3 to 7 steps where the démarche is asked most, and none elsewhere', () => {
    expect(guided.filter(({ steps: list }) => list.length < 3 || list.length > 7).map(({ id }) => id)).toEqual([]);
    expect(demarches.filter((one) => one.priority > 1 && one.steps.length > 0).map(({ id }) => id)).toEqual([]);
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
    const doubled = guided.filter(({ steps: list }) => new Set(list.map(({ title }) => title)).size !== list.length);
    expect(doubled.map(({ id }) => id)).toEqual([]);
  });

  it('has a way through the FranceConnect page wherever that account is announced', () => {
    const page = new URL('https://oidc.franceconnect.gouv.fr/api/v2/authorize');
    const without = guided.filter(
      ({ account, steps: list }) =>
        account?.franceConnect === true &&
        !list.some(({ when }) =>
          when.some((text) => {
            const pattern = parseUrlPattern(text);
            return pattern.ok && urlMatches(pattern.value, page);
          }),
        ),
    );
    expect(without.map(({ id }) => id)).toEqual([]);
  });

  it('follows only addresses that a source has seen: a whole host, its first page, the start page, or one listed here', () => {
    const seen = new Set([
      'connect.caf.fr/*#/login*',
      'cfspart.impots.gouv.fr/LoginMDP*',
      'moncompte.ants.gouv.fr/connexion*',
      'monespaceprive.msa.fr/lfy/web/msa/accueil*',
    ]);
    const guessed = guided.flatMap(({ id, url, steps: list }) =>
      list
        .flatMap(({ when }) => when)
        .filter((text) => {
          const pattern = parseUrlPattern(text);
          if (seen.has(text) || /^[^/]+\/\*?$/.test(text)) return false;
          return !(pattern.ok && urlMatches(pattern.value, new URL(url)));
        })
        .map((text) => `${id}: ${text}`),
    );
    expect(guessed).toEqual([]);
  });
});

describe('what must be true', () => {
  it('shows the name of the site that really opens', () => {
    const wrong = demarches.filter(({ url, siteName }) => !covers(siteName, new URL(url).hostname));
    expect(wrong.map(({ id, siteName }) => `${id}: ${siteName}`)).toEqual([]);
    expect(demarches.filter(({ siteName }) => siteName.length > 34).map(({ siteName }) => siteName)).toEqual([]);
  });

  /** Each number was weighed by a person: a wrong one sends someone to a paying line. Add here what you have dialled. */
  it('gives only telephone numbers of this list, each to one kind of organism', () => {
    const known: Readonly<Record<string, RegExp>> = {
      '32 30': /^Caf$/,
      '32 38': /Aripa/,
      '36 46': /Assurance Maladie/,
      '34 22': /Assurance Maladie/,
      '39 49': /^France Travail$/,
      '39 60': /Retraite|retraite|Carsat/,
      '09 70 66 06 60': /Agirc-Arrco/,
      '0 809 401 401': /^Impôts$/,
      '0 805 204 805': /Chèque énergie/,
      '34 00': /ANTS/,
      '39 39': /Service Public/,
      '0 805 805 817': /Cybermalveillance/,
      '09 70 82 35 51': /Caisse des Dépôts/,
      '09 70 80 08 00': /Action Logement/,
      '0 808 800 700': /France Rénov/,
      '30 39': /Justice/,
      '09 69 39 00 00': /Défenseur des droits/,
      '34 14': /Banque de France/,
      '0 809 540 550': /SignalConso/,
      '0 800 400 070': /Enseignement supérieur/,
      '0 806 001 620': /ANEF/,
    };
    const wrong = demarches.filter(
      ({ organism, planB }) => planB.phone !== null && known[planB.phone]?.test(organism) !== true,
    );
    expect(wrong.map(({ id, planB }) => `${id}: ${planB.phone ?? ''}`)).toEqual([]);
    expect(
      demarches.filter(({ planB }) => (planB.phone === null) !== (planB.phoneNote === null)).map(({ id }) => id),
    ).toEqual([]);
  });

  it('always says where to go when the screen is not the way', () => {
    expect(demarches.filter(({ planB }) => planB.place === null).map(({ id }) => id)).toEqual([]);
  });
});

const source = join(import.meta.dirname, '../../../../shared/data/demarches.json');
const sourceRow = z.object({
  id: z.string(),
  url: z.string(),
  domains: z.array(z.string()),
  urlDate: z.string().nullable(),
  priority: z.number(),
  durationMinutes: z.number(),
  needsAccount: z.boolean(),
  franceConnect: z.union([z.boolean(), z.literal('plus')]),
});

const present = existsSync(source);
if (!present) console.warn('SKIPPED: ../shared/data/demarches.json is absent, the facts were not compared with it');

describe.skipIf(!present)('against the data it was written from', () => {
  const rows = present
    ? z.object({ demarches: z.array(sourceRow) }).parse(JSON.parse(readFileSync(source, 'utf8'))).demarches
    : [];
  const pairs = rows.map((row) => ({ row, demarche: demarches.find(({ id }) => id === row.id) }));
  const differing = (
    same: (row: (typeof rows)[number], demarche: (typeof demarches)[number]) => boolean,
  ): readonly string[] =>
    pairs.filter(({ row, demarche }) => demarche === undefined || !same(row, demarche)).map(({ row }) => row.id);

  it('has the same ids', () => {
    expect(demarches.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort());
  });

  it('keeps every address as it was recorded', () => {
    expect(differing((row, demarche) => demarche.url === row.url)).toEqual([]);
  });

  it('opens no domain that the journey does not need, and loses none of the organism’s own', () => {
    const shared = [
      'franceconnect.gouv.fr',
      'impots.gouv.fr',
      'ameli.fr',
      'lidentitenumerique.laposte.fr',
      'msa.fr',
      'france-identite.gouv.fr',
      'yris.eu',
    ];
    const renamed = ['service-public.fr', 'service-public.gouv.fr'];
    expect(
      differing((row, { domains, bundles }) => {
        const journey = [
          ...domains,
          ...(bundles.includes('franceconnect') ? shared : []),
          ...(bundles.includes('service-public') ? renamed : []),
        ];
        const lost = row.domains.filter((host) => !journey.some((domain) => covers(domain, host)));
        const added = journey.filter((host) => !row.domains.some((domain) => covers(domain, host)));
        return lost.length === 0 && added.length === 0;
      }),
    ).toEqual([]);
  });

  it('keeps the minutes, the account, FranceConnect and which démarches are asked most', () => {
    expect(differing((row, { minutes }) => minutes === row.durationMinutes)).toEqual([]);
    expect(differing((row, { account }) => (account !== null) === row.needsAccount)).toEqual([]);
    expect(
      differing((row, { account }) => account === null || account.franceConnect === (row.franceConnect !== false)),
    ).toEqual([]);
    expect(differing((row, { priority }) => (priority === 1) === (row.priority === 1))).toEqual([]);
  });

  it('never claims that an address was checked later than it was', () => {
    expect(
      differing((row, { checkedOn }) => checkedOn.slice(0, row.urlDate?.length ?? 4) <= (row.urlDate ?? '2019')),
    ).toEqual([]);
  });
});
