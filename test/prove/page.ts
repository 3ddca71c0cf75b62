/** The one page of `npm run electron:prove`: what held, what failed, what does not apply. Pure. */
import type { Outcome, Verdict } from './outcomes.ts';

export interface ProvedOn {
  readonly system: string;
  readonly electron: string;
  readonly program: string;
  readonly day: string;
}

const WORDS: Readonly<Record<Verdict, string>> = {
  failed: 'A échoué',
  held: 'A tenu',
  'not-applicable': 'Sans objet',
};
const ORDER: readonly Verdict[] = ['failed', 'held', 'not-applicable'];

/** A bar or an angle would break the table. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replace(/\s+/g, ' ').trim();

const count = (outcomes: readonly Outcome[], verdict: Verdict): number =>
  outcomes.filter((one) => one.verdict === verdict).length;

const summary = (outcomes: readonly Outcome[]): readonly string[] => {
  const suites = [...new Set(outcomes.map(({ suite }) => suite))];
  const rows = suites.map((suite) => {
    const mine = outcomes.filter((one) => one.suite === suite);
    return `| ${cell(suite)} | ${ORDER.map((verdict) => count(mine, verdict)).join(' | ')} |`;
  });
  return [`| Suite | ${ORDER.map((one) => WORDS[one]).join(' | ')} |`, '| --- | --- | --- | --- |', ...rows];
};

const section = (outcomes: readonly Outcome[], verdict: Verdict): readonly string[] => {
  const mine = outcomes.filter((one) => one.verdict === verdict);
  if (mine.length === 0) return [];
  return [
    '',
    `## ${WORDS[verdict]}\u00a0: ${mine.length}`,
    '',
    ...mine.map(
      ({ suite, name, detail }) => `- **${cell(suite)}** – ${cell(name)}${detail ? ` – ${cell(detail)}` : ''}`,
    ),
  ];
};

export const provePage = (on: ProvedOn, outcomes: readonly Outcome[]): string => {
  const failed = count(outcomes, 'failed');
  const verdict =
    failed === 0 && count(outcomes, 'held') > 0
      ? 'Tout ce qui a été joué a tenu.'
      : `${failed} essai(s) ont échoué\u00a0: cette version n’est pas à mettre devant le public sur Electron.`;
  return `${[
    '# La borne sur Electron, éprouvée',
    '',
    `${on.day} · ${on.system} · Electron ${on.electron} (${on.program})`,
    '',
    verdict,
    '',
    ...summary(outcomes),
    ...ORDER.flatMap((one) => section(outcomes, one)),
  ].join('\n')}\n`;
};
