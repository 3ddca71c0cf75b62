/** What `site.yaml` and `departement.yaml` say to this feature, and what holds when they say nothing. */
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
      })
      .partial()
      .describe('Comment l’agent ouvre sa page'),
    messages: z.array(text('Un message', 140)).max(3).describe('Messages de l’accueil : « Fermé vendredi »'),
  },
  defaults: {
    agentDoor: { gesture: 'hold-corner', holdS: 5, corner: 'bottom-left' },
    messages: [],
  },
});
