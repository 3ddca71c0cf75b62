/** The settings of this feature in `site.yaml` and `departement.yaml`, and their defaults. */
import { z } from 'zod';
import { defineSection } from '../../config/section.ts';

export const sessionSection = defineSection({
  fields: {
    idle: z
      .strictObject({
        afterS: z.int().min(5).max(3600).describe('Secondes sans rien toucher avant la question ; 180 en général'),
        warningS: z.int().min(5).max(600).describe('Secondes du compte à rebours ; 60 en général'),
        allowanceMinutes: z
          .int()
          .min(2)
          .max(600)
          .nullable()
          .describe('Temps donné à chacun quand d’autres attendent, ou null : pas de limite'),
      })
      .partial()
      .describe('Quand la borne demande si la personne est encore là'),
    pace: z
      .strictObject({
        settleMs: z
          .int()
          .min(0)
          .max(2000)
          .describe(
            'Millisecondes avant qu’un nouvel écran accepte un appui : un double-clic ne presse rien ; 400 en général',
          ),
        farewellS: z.int().min(0).max(30).describe('Secondes pour lire « C’est effacé » ; 6 en général'),
      })
      .partial()
      .describe('Le rythme de la borne'),
  },
  defaults: {
    idle: { afterS: 180, warningS: 60, allowanceMinutes: null },
    pace: { settleMs: 400, farewellS: 6 },
  },
});
