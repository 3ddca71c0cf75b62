/** The settings of this feature in `site.yaml` and `departement.yaml`, with their defaults. */
import { z } from 'zod';
import { defineSection } from '../../config/section.ts';
import { text } from '../../config/schema/fields.ts';
import { halfDays } from '../../measures/half-days.ts';

export const usageSection = defineSection({
  fields: {
    figures: z
      .strictObject({
        thresholdInside: z
          .int()
          .min(1)
          .max(100)
          .describe('Si la loi le demande : en dessous, l’agent lit « moins de… ». 1 : tout est montré'),
        thresholdPublished: z.int().min(1).max(100).describe('Le même seuil pour ce qui est publié ; 11 en général'),
        openHalfDays: z
          .array(z.enum(halfDays))
          .describe('Les demi-journées d’ouverture, de mon-am (lundi matin) à sun-pm (dimanche après-midi)'),
        recipient: z
          .string()
          .regex(/^[A-Za-z0-9+/]{43}=$/)
          .nullable()
          .describe('La clé publique du Département (figures-register --init) : sans elle rien ne sort de la borne'),
        bundleFolder: text('Le dossier où la borne dépose ses chiffres de la semaine', 300).nullable(),
      })
      .partial()
      .describe('Les chiffres de fréquentation'),
  },
  defaults: {
    figures: {
      // The noise protects people. A threshold is only needed where the law requires one.
      thresholdInside: 1,
      thresholdPublished: 11,
      // Monday to Friday.
      openHalfDays: halfDays.slice(0, 10),
      recipient: null,
      bundleFolder: null,
    },
  },
});
