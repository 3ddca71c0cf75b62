/** "Cette liste sur papier": the papers that a démarche needs, as a checklist to take home. */
import type { DemarcheSheet } from '../../contract/catalogue.ts';
import { inFrench as t } from '../../contract/i18n/translate.ts';
import { papersMessages as m } from './messages.ts';
import type { Sheet } from './pdf/sheet.ts';

const accountLine = ({ name, franceConnect }: NonNullable<DemarcheSheet['account']>): string =>
  franceConnect === false
    ? t(m.account, { account: name })
    : t(m.accountOrFranceConnect, {
        account: name,
        franceConnect: franceConnect === 'plus' ? 'FranceConnect+' : 'FranceConnect',
      });

export const papersSheet = (
  demarche: DemarcheSheet,
  place: { readonly place: string; readonly opening: string },
  /** What the person already has: indices into `papers` followed by `toKnow`. */
  leaveOut: readonly number[] = [],
): Sheet => {
  const { account, planB, signInCode } = demarche;
  const isWanted = (_line: string, at: number): boolean => !leaveOut.includes(at);
  const { length } = demarche.papers;
  const papers = demarche.papers.filter(isWanted);
  const toKnow = demarche.toKnow.filter((line, at) => isWanted(line, length + at));
  const otherWays = [
    planB.phone === null
      ? null
      : [t(m.byPhone, { phone: planB.phone }), planB.phoneNote].filter((part) => part !== null).join(' '),
    planB.paper === null ? null : t(m.onPaper, { paper: planB.paper }),
    planB.place === null ? null : t(m.atPlace, { place: planB.place }),
  ].filter((line) => line !== null);
  const also = [
    account && accountLine(account),
    signInCode && t(signInCode === 'sms' ? m.smsCode : m.emailCode),
    demarche.minutes === null ? null : t(m.minutes, { n: demarche.minutes }),
  ].filter((line) => line !== null);
  return {
    title: demarche.title,
    sentence: demarche.sentence,
    sections: [
      ...(papers.length > 0
        ? [
            {
              kind: 'checklist' as const,
              heading: t(leaveOut.length > 0 ? m.bringRest : m.bring),
              items: papers,
            },
          ]
        : []),
      ...(toKnow.length > 0 ? [{ kind: 'checklist' as const, heading: t(m.toKnow), items: toKnow }] : []),
      { kind: 'text', heading: t(m.also), paragraphs: also },
      ...(otherWays.length > 0 ? [{ kind: 'text' as const, heading: t(m.otherWays), paragraphs: otherWays }] : []),
      { kind: 'text', heading: t(m.site), paragraphs: [demarche.siteName] },
    ],
    footer: `${place.place} · ${place.opening}`,
  };
};
