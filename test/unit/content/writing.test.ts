import { describe, expect, it } from 'vitest';
import { readDemarches, sentencesOf, textsOf, tooLong } from './read-content.ts';

const files = readDemarches();
const demarches = files.map(({ demarche }) => demarche);
const texts = files.flatMap(textsOf);

/** Where a text breaks a rule: the message of a red test is the list to correct. */
const breaking = (rule: RegExp, among = texts): readonly string[] =>
  among.filter(({ text }) => rule.test(text)).map(({ where, text }) => `${where}: ${text}`);

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
    const ownNames =
      /«[^»]*»|Mon espace santé|Mon Parcours Handicap|Mes droits sociaux|compte MaPrimeRénov’|compte Ma Sécurité/g;
    const ours = texts
      .filter(({ where }) => !/ ((simple\.)?title|words|steps\.\d+\.press)/.test(where))
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

  it('is simpler still in texte simple: titles of 9 words, at most three sentences of 11', () => {
    const simpler = texts.filter(({ where }) => /simple\./.test(where));
    const titles = simpler.filter(({ where }) => where.endsWith('title'));
    const leads = simpler.filter(({ where }) => !where.endsWith('title'));
    expect(
      tooLong(
        titles.map(({ where, text }) => [where, text]),
        9,
      ),
    ).toEqual([]);
    expect(leads.filter(({ text }) => sentencesOf(text).length > 3).map(({ where }) => where)).toEqual([]);
    expect(
      tooLong(
        leads.flatMap(({ where, text }) => sentencesOf(text).map((part) => [where, part] as const)),
        11,
      ),
    ).toEqual([]);
  });

  it('ends each lead and each step text as a sentence ends, and no title, paper or place with a point', () => {
    const isSentence = / ((simple\.)?sentence|steps\.\d+\.(simple\.)?text)$/;
    const withEnd = texts.filter(({ where }) => isSentence.test(where));
    const withoutEnd = texts.filter(({ where }) => !isSentence.test(where));
    expect(withEnd.filter(({ text }) => !/[.?!](\u00a0»\.?)?$/.test(text))).toEqual([]);
    expect(breaking(/\.$/, withoutEnd)).toEqual([]);
  });

  it('names papers shortly, as one would say them, and never twice', () => {
    expect(
      tooLong(
        demarches.flatMap(({ id, papers, toKnow }) => [...papers, ...toKnow].map((paper) => [id, paper] as const)),
        11,
      ),
    ).toEqual([]);
    expect(demarches.filter(({ papers, toKnow }) => papers.length + toKnow.length > 7).map(({ id }) => id)).toEqual([]);
    const twice = demarches.filter(
      ({ papers, toKnow }) => new Set([...papers, ...toKnow]).size !== papers.length + toKnow.length,
    );
    expect(twice.map(({ id }) => id)).toEqual([]);
  });

  it('keeps what is known apart from what is carried', () => {
    const known = /^(votre numéro|votre mot de passe|votre adresse e-mail|votre identifiant|la date|le numéro|numéro)/i;
    expect(
      demarches.flatMap(({ id, papers }) => papers.filter((one) => known.test(one)).map((one) => [id, one])),
    ).toEqual([]);
  });

  it('gives each démarche at least five words that people say, in lower case, none twice', () => {
    const wrong = demarches.filter(
      ({ words }) =>
        words.length < 5 || new Set(words).size !== words.length || words.some((word) => word !== word.toLowerCase()),
    );
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });
});
