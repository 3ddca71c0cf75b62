/** Warnings for the agent about the figures: the clock, the disk, the delivery to the Département. */
import type { Verdict } from './clock-trust.ts';

/**
 * The outcome of delivering the finished weeks. `away`: the folder could not be written. `no-recipient`: there is no
 * public key to seal them with. `other-key`: they were delivered, but the folder knows this kiosk under another key.
 * `name-shared`: another kiosk delivers under the same name, and its weeks are there instead of ours.
 */
export type Delivery = 'delivered' | 'away' | 'no-recipient' | 'other-key' | 'name-shared';

const DELIVERY: Readonly<Record<Delivery, string | undefined>> = {
  delivered: undefined,
  away: 'Le dossier du Département ne répond pas\u00a0: les semaines finies attendent ici, et partent dès qu’il répond.',
  'no-recipient':
    'La clé publique du Département manque (figures.recipient)\u00a0: les semaines finies attendent ici. Prévenez le service informatique.',
  'other-key':
    'Le dossier du Département connaît cette borne sous une autre clé\u00a0: ses semaines ne seront pas crues tant que la nouvelle clé n’est pas au registre. Donnez au service informatique la fin de clé écrite sur cette page.',
  'name-shared':
    'Deux bornes portent le même nom (kioskId)\u00a0: l’autre dépose ses semaines dans le dossier du Département, et celles de cette borne ne partent plus. Prévenez le service informatique\u00a0: un disque a sans doute été copié, et chaque borne doit avoir son propre nom.',
};

export interface FiguresState {
  readonly heldBecause: string | undefined;
  readonly movedAside: string | null;
  readonly delivery: Delivery;
  readonly clock: Verdict;
}

const HELD: Readonly<Record<string, string>> = {
  full: 'Le disque de la borne est plein.',
  'read-only': 'Le disque de la borne est en lecture seule.',
  newer:
    'Le fichier des chiffres vient d’une version plus récente du programme\u00a0: il n’a pas été touché. Mettez la borne à jour.',
};

const CLOCK = {
  implausible: 'L’horloge de la borne n’est pas à l’heure.',
  behind: 'L’horloge de la borne a reculé de plusieurs jours.',
  ahead: 'L’horloge de la borne a avancé de plusieurs jours.',
} as const;

/** For a clock that the counts trust, and that sites show to be behind. */
export const BEHIND_SITES =
  'L’horloge de la borne est en retard\u00a0: le certificat d’un site est plus récent qu’elle. Des sites ne s’ouvrent plus, et les passages comptent à une date fausse. Vérifiez la date du PC avec le service informatique.';

export const noticesFor = (state: FiguresState): readonly string[] => {
  const notices: string[] = [];
  if (state.clock.kind === 'wrong')
    notices.push(
      `${CLOCK[state.clock.why]} Rien n’est perdu\u00a0: les passages attendent. Vérifiez la date du PC avec le service informatique.`,
    );
  if (state.heldBecause !== undefined)
    notices.push(
      `${HELD[state.heldBecause] ?? 'Le fichier des chiffres ne répond pas.'} Les passages sont gardés en mémoire ; un arrêt de la borne les perdrait.`,
    );
  if (state.movedAside !== null)
    notices.push(
      'Le fichier des chiffres était abîmé. Il a été mis de côté et un nouveau commence ; les semaines déjà envoyées au Département restent bonnes.',
    );
  const sent = DELIVERY[state.delivery];
  if (sent !== undefined) notices.push(sent);
  return notices;
};
