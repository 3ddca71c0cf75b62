/** The data-protection page, generated from the catalogue of measures so that it always matches the program. */
import { NO_KEYS } from './known-keys.ts';
import { keyLabel, unitWords } from './labels.ts';
import type { KeySource } from '../../measures/measure.ts';
import { measureOf, writtenIds, type MeasureId } from '../../measures/measures.ts';

const detail = (id: MeasureId, keys: KeySource): string => {
  switch (keys.from) {
    case 'none':
      return 'aucun';
    case 'list':
      return keys.keys.map((key) => keyLabel(id, key, NO_KEYS)).join(', ');
    case 'demarches':
      return 'la démarche, dans la liste de la borne';
    case 'demarche-steps':
      return 'la démarche et le numéro de l’étape du guide';
    case 'tutorials':
      return 'le tutoriel, dans la liste de la borne';
    case 'tutorial-screens':
      return 'le tutoriel et le numéro de l’écran';
    case 'organism-domains':
      return 'le site d’un organisme, dans la liste de la borne';
  }
};

export const dpoPage = (): string => `# Les chiffres de fréquentation et les données personnelles

Page écrite par le programme à partir de la liste de ce qu’il compte. Un test vérifie qu’elle dit la même chose que lui.

## En bref

- La borne **compte**, elle ne note pas. Il n’existe aucune ligne par personne, par passage ou par moment.
- Un compteur est un nombre pour une **semaine**, une borne, une mesure et, parfois, un détail pris dans une liste fermée.
- Aucune heure, aucun nom, aucune adresse de page, aucun titre de document, aucun mot tapé, aucun numéro de passage.
- Pendant le passage, les comptes sont en mémoire. À la fin ils sont ajoutés, mélangés, en une fois.
- Le fichier est ensuite réécrit dans l’ordre de ses clés : ses octets ne dépendent que des nombres. On ne peut pas y lire quel passage a précédé l’autre.
- Une personne compte **une fois** par démarche, par étape, par langue, par chose faite, quel que soit le nombre de fois ; les pages et les documents sont comptés par classes. Une seule personne ne fait jamais une ligne.
- Chaque nombre montré est **changé un peu au hasard** (de 4 au plus pour une semaine, ni plus ni moins en moyenne), par une méthode des instituts de statistique (« cell key »). Le même nombre se lit pareil partout et toujours ; une somme a son propre hasard, donc aucune différence ne le défait. Un 1 ou un 2 peut n’être personne.
- Quand très peu de personnes sont passées, la façon dont elles se partagent n’est pas montrée.
- Les mêmes personnes se partagent de plusieurs façons (durée, langue, aide reçue…) : les parts montrées font ensemble le total montré, pour que dix façons de compter les mêmes personnes n’en disent pas plus qu’une.
- Un programme attaque ces pages à chaque essai, avec le code, le tableau du hasard, les horaires et toutes les pages d’une année, sur des lieux inventés. Il ne doit presque jamais être sûr à plus de 60 % d’un nombre de 1 à 4 : au plus un nombre sur deux cents. Aucune méthode de cette sorte ne l’exclut tout à fait.
- Qui connaîtrait déjà tous les autres passages et parierait sur une personne de plus gagnerait au plus 67 paris sur 100 (50 sans rien savoir). Qui ne connaît pas les autres n’est jamais sûr à plus de 60 % qu’une personne est venue.
- Un seuil (« moins de 11 ») peut s’ajouter, là où une loi le demande.
- Les compteurs de plus de **25 mois** sont effacés, d’après les semaines comptées : une horloge fausse n’efface rien.
- Le Département reçoit un fichier signé par semaine et par borne. Ce dossier lui est réservé : les nombres y sont entiers, et ne sont changés qu’au moment de faire une page.
- Une région peut réunir ces fichiers dans un magasin (commande « collect »). Les nombres y sont entiers aussi, et y restent jusqu’à ce qu’on efface le dossier du mois : les 25 mois des bornes n’y valent pas.
- La page de la semaine en cours ne montre que les passages des demi-journées finies. Le reste vient quand la semaine est finie : l’agent ne voit pas arriver ce qu’a fait une personne qu’il vient de voir.

## Ce qui est compté

| Mesure | Unité | Détail possible | Pourquoi cela ne dit rien de personne |
| --- | --- | --- | --- |
${writtenIds
  .map((id) => {
    const measure = measureOf(id);
    if (!measure) throw new Error(`no measure ${id}`);
    return `| ${measure.sentence} (\`${id}\`) | ${unitWords[measure.unit]} | ${detail(id, measure.keys)} | ${measure.harmless} |`;
  })
  .join('\n')}

## Ce que la base de données refuse

La liste du tableau est aussi dans le fichier de la base, remise à jour à chaque ouverture : une autre mesure, ou un autre détail, ne peut pas y être écrit, même par erreur.

## Droits des personnes

Aucune donnée ne se rapporte à une personne identifiable : il n’y a rien à consulter, à corriger ou à effacer pour une personne en particulier.
`;
