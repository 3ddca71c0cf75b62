/** The settings of this feature in `site.yaml` and `departement.yaml`, and their defaults. */
import { z } from 'zod';
import { defineSection } from '../../config/section.ts';
import { departementCode, text } from '../../config/schema/fields.ts';

export const directorySection = defineSection({
  fields: {
    directory: z
      .strictObject({
        departement: departementCode,
        streets: text(
          'Le plan des rues : un fichier PMTiles, dans le dossier de configuration ou ailleurs sur le disque',
          300,
        ).nullable(),
      })
      .partial()
      .describe('L’annuaire « Trouver de l’aide près d’ici »'),
  },
  defaults: {
    directory: { departement: '03', streets: null },
  },
});
