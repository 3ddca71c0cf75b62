/** The settings of this feature in `site.yaml` and `departement.yaml`, and their defaults. */
import { z } from 'zod';
import { defineSection } from '../../config/section.ts';
import { text } from '../../config/schema/fields.ts';

export const printingSection = defineSection({
  fields: {
    printer: z
      .strictObject({
        kind: z.enum(['auto', 'ipp', 'cups-lp', 'system', 'virtual', 'none']).describe('Comment parler à l’imprimante'),
        uri: text(
          'ipp : adresse ipp:// ; cups-lp : nom de la file ; system : nom donné par Windows ; virtual : dossier',
          300,
        ).nullable(),
        pagesPerSession: z.int().min(0).max(500).describe('Pages que chacun peut imprimer'),
        free: z.boolean().describe('Imprimer est gratuit : l’écran d’impression le dit'),
      })
      .partial()
      .describe('L’imprimante'),
  },
  defaults: {
    printer: { kind: 'auto', uri: null, pagesPerSession: 20, free: true },
  },
});
