/** The settings of this feature in `site.yaml` and `departement.yaml`, and their defaults. */
import { z } from 'zod';
import { defineSection } from '../../config/section.ts';

export const documentsSection = defineSection({
  fields: {
    usbKeys: z.boolean().describe('Vrai si les clés USB sont permises'),
    vault: z
      .strictObject({
        maxBytes: z
          .int()
          .min(10_000_000)
          .max(8_000_000_000)
          .describe('Place pour les documents d’une personne, en octets : 300000000 pour 300 Mo'),
      })
      .partial()
      .describe('Les documents de la personne, en mémoire'),
  },
  defaults: {
    usbKeys: false,
    vault: { maxBytes: 300_000_000 },
  },
});
