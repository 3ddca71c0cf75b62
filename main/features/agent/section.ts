/** The settings of this feature in `site.yaml` and `departement.yaml`, and their defaults. */
import { z } from 'zod';
import { defineSection } from '../../config/section.ts';
import { text } from '../../config/schema/fields.ts';

export const agentSection = defineSection({
  fields: {
    agentDoor: z
      .strictObject({
        gesture: z.enum(['hold-corner', 'none']).describe('hold-corner : appui long dans un coin ; none : aucun geste'),
        holdS: z.int().min(2).max(30).describe('Secondes d’appui ; 5 en général'),
        corner: z.enum(['top-left', 'top-right', 'bottom-left', 'bottom-right']).describe('Le coin de l’écran'),
        firstPassphrase: z
          .enum(['after-start', 'key-file', 'never'])
          .describe(
            'Qui choisit la première phrase de passe à l’écran. after-start : qui est là dans les cinq minutes après l’allumage du PC ; key-file : seulement si l’installateur a posé le fichier agent-first-passphrase dans le dossier d’état ; never : la commande agent-passphrase seule',
          ),
      })
      .partial()
      .describe('Comment l’agent ouvre sa page'),
    messages: z.array(text('Un message', 140)).max(3).describe('Messages de l’accueil : « Fermé vendredi »'),
  },
  defaults: {
    agentDoor: { gesture: 'hold-corner', holdS: 5, corner: 'bottom-left', firstPassphrase: 'after-start' },
    messages: [],
  },
});
