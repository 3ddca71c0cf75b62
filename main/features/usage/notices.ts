/** What the agent must know about the figures themselves. */
export interface Standing {
  readonly heldBecause: string | undefined;
  readonly movedAside: string | null;
  /** Finished weeks wait for the folder of the Département. */
  readonly undelivered: boolean;
  readonly clockIsWrong: boolean;
}

const HELD: Readonly<Record<string, string>> = {
  full: 'Le disque de la borne est plein.',
  'read-only': 'Le disque de la borne est en lecture seule.',
  newer:
    'Le fichier des chiffres vient d’une version plus récente du programme : il n’a pas été touché. Mettez la borne à jour.',
  clock: 'L’horloge de la borne n’est pas à l’heure.',
};

export const noticesFor = (standing: Standing): readonly string[] => {
  const notices: string[] = [];
  if (standing.clockIsWrong)
    notices.push(`${HELD['clock']} Les passages sont gardés en mémoire jusqu’à ce qu’elle le soit.`);
  else if (standing.heldBecause !== undefined)
    notices.push(
      `${HELD[standing.heldBecause] ?? 'Le fichier des chiffres ne répond pas.'} Les passages sont gardés en mémoire ; un arrêt de la borne les perdrait.`,
    );
  if (standing.movedAside !== null)
    notices.push(
      'Le fichier des chiffres était abîmé. Il a été mis de côté et un nouveau commence ; les semaines déjà envoyées au Département restent bonnes.',
    );
  if (standing.undelivered)
    notices.push(
      'Le dossier du Département ne répond pas\u00a0: les semaines finies attendent ici, et la borne réessaie toutes les cinq minutes.',
    );
  return notices;
};
