/** The settings of this feature in `site.yaml` and `departement.yaml`, and their defaults. */
import { z } from 'zod';
import { defineSection } from '../../config/section.ts';
import { text } from '../../config/schema/fields.ts';

export const scanningSection = defineSection({
  fields: {
    scanner: z
      .strictObject({
        kind: z.enum(['auto', 'sane', 'escl', 'virtual', 'none']).describe('Comment parler au scanner'),
        address: text('sane : nom de l’appareil ; escl : adresse http(s) ; virtual : dossier', 300).nullable(),
      })
      .partial()
      .describe('Le scanner'),
  },
  defaults: {
    scanner: { kind: 'auto', address: null },
  },
});
