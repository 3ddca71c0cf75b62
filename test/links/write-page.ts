/** The page for the agent: what is dead, moved or changed, and in which sheets it is put right. */
import type { Finding } from './compare.ts';

export interface LinksPage {
  readonly findings: readonly Finding[];
  readonly stars: readonly string[];
  readonly today: string;
}

type Of<K extends Finding['kind']> = Extract<Finding, { kind: K }>;

const escape = (text: string): string => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);
const link = (address: string): string => `<a href="${escape(address)}" rel="noreferrer">${escape(address)}</a>`;
const sheets = ({ asked }: Finding): string =>
  asked.ids.map((id) => `<code>demarches/${escape(id)}.yaml</code>`).join(', ');
const list = (items: readonly string[]): string => items.map((item) => `<q>${escape(item)}</q>`).join(', ');

const lastSeen = (day: string | null): string =>
  day === null ? 'Jamais vue.' : `Vue pour la dernière fois le ${escape(day)}.`;

const changes = ({ title, gone, come }: Of<'changed'>): string =>
  [
    ...(title === null ? [] : [`Le titre était <q>${escape(title[0])}</q>, il est <q>${escape(title[1])}</q>.`]),
    ...(gone.length === 0 ? [] : [`Parti : ${list(gone)}.`]),
    ...(come.length === 0 ? [] : [`Venu : ${list(come)}.`]),
  ].join(' ');

const whatOf = (finding: Finding): string => {
  switch (finding.kind) {
    case 'dead':
    case 'wall':
      return `${escape(finding.why)}. ${lastSeen(finding.lastSeenOn)}`;
    case 'moved': {
      const closed = finding.stopped
        ? ' <strong>La fiche ne laisse pas passer cette adresse : la borne s’y arrête.</strong>'
        : '';
      return `Elle menait à ${link(finding.from)}, elle mène à ${link(finding.to)}.${closed}`;
    }
    case 'changed':
      return changes(finding);
    default:
      return '';
  }
};

const section = (title: string, help: string, findings: readonly Finding[]): string =>
  findings.length === 0
    ? ''
    : `<h2>${title} (${findings.length})</h2>
<p>${help}</p>
<ul>
${findings.map((one) => `<li><p>${link(one.asked.address)}</p><p>${whatOf(one)}</p><p class="sheets">${sheets(one)}</p></li>`).join('\n')}
</ul>
`;

export const linksPage = ({ findings, stars, today }: LinksPage): string => {
  const of = (kind: Finding['kind']): readonly Finding[] => findings.filter((one) => one.kind === kind);
  const toDo = [...of('dead'), ...of('moved'), ...of('changed')];
  return `<!doctype html>
<html lang="fr">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Point numérique : les adresses des fiches</title>
<style>
  body { max-width: 1000px; margin: 40px auto; padding: 0 24px; background: #fbf8f2; color: #14213d; font: 18px/1.45 'Atkinson Hyperlegible Next', sans-serif; }
  h1 { font-size: 36px; } h2 { margin-top: 48px; }
  ul { padding: 0; list-style: none; } li { margin: 0 0 16px; padding: 8px 20px; background: #fff; border: 1px solid #d9d2c4; border-radius: 14px; }
  li p { margin: 6px 0; overflow-wrap: anywhere; } .sheets { color: #5b6274; }
</style>
<h1>Les adresses des fiches, le ${escape(today)}</h1>
<p>${findings.length} adresses ouvertes une à une. ${
    toDo.length === 0 ? 'Rien à corriger.' : `${toDo.length} à regarder.`
  } Après une correction, changez <code>verifiedOn</code> dans la fiche.</p>
${section('Mortes', 'La page ne s’ouvre plus. Cherchez la nouvelle adresse sur le site de l’organisme.', of('dead'))}${section(
    'Déplacées',
    'La page s’ouvre ailleurs. Suivez le lien : si c’est la bonne page, recopiez son adresse dans la fiche.',
    of('moved'),
  )}${section(
    'Changées',
    'Le titre ou les grandes parties ne sont plus les mêmes. Suivez la démarche et relisez ses étapes.',
    of('changed'),
  )}${section(
    'À ouvrir à la main',
    'Le site n’a pas ouvert à un robot. Il marche peut-être très bien : ouvrez-le vous-même.',
    of('wall'),
  )}<h2>Le reste</h2>
<p>Comme la dernière fois : ${of('same').length}. Vues pour la première fois : ${of('first').length}.</p>
${stars.length === 0 ? '' : `<p>Jamais ouverts, parce que leur nom n’est pas écrit en entier : ${list(stars)}.</p>\n`}</html>
`;
};
