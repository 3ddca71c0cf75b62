/** What `site.yaml` and `departement.yaml` say to this feature, and what holds when they say nothing. */
import { z } from 'zod';
import { defineSection } from '../../config/section.ts';
import { departementCode } from '../../config/schema/fields.ts';

export const directorySection = defineSection({
  fields: {
    directory: z
      .strictObject({ departement: departementCode })
      .partial()
      .describe('L’annuaire « Trouver de l’aide près d’ici »'),
  },
  defaults: {
    directory: { departement: '03' },
  },
});
