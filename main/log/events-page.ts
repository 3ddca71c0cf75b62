/**
 * Generates the page of events, for people who read a kiosk's log, from the catalogue, so that the two always agree.
 */
import { catalogue } from './catalogue.ts';
import { kinds, type EventSpec, type Field } from './fields.ts';

const said = (field: Field): string =>
  typeof field === 'string' ? kinds[field] : field.map((sentence) => `« ${sentence} »`).join(', ');

const row = ([id, { means, fields, byPerson }]: readonly [string, EventSpec]): string =>
  `| \`${id}\` | ${byPerson ? 'demi-journée' : 'exacte'} | ${means} | ${Object.entries(fields)
    .map(([name, field]) => `\`${name}\` : ${said(field)}`)
    .join('<br>')} |`;

export const eventsPage = (): string => `# Le journal de la borne

Page écrite par le programme à partir de la liste de ce qu’il peut noter (\`main/log/catalogue.ts\`). Un test vérifie qu’elle dit la même
chose que lui. Chaque ligne du journal est un objet JSON : \`at\` (le moment), \`event\`, et les champs ci-dessous. Aucun champ
n’accepte de texte libre : ce qui n’a pas la forme prévue est remplacé par \`[redacted]\`. Le sens est en anglais, comme le programme.

Ce que la machine fait garde son heure exacte. Ce qui vient d’une personne (« demi-journée ») est écrit quand la demi-journée est
finie : les lignes semblables n’en font qu’une, avec leur nombre (\`times\`), dans l’ordre de l’alphabet, et \`at\` est le début de la
demi-journée (heure de France). On ne peut donc y lire ni l’heure d’un passage, ni l’ordre de deux passages. Ce qui va bien n’est pas noté.

| Événement | Heure | Sens | Champs |
| --- | --- | --- | --- |
${Object.entries(catalogue)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(row)
  .join('\n')}
`;
