/** `bundles.yaml`: groups of domains that several démarches share. */
import { z } from 'zod';
import { complaint, quoted } from '../mistake.ts';
import { domain, judged, slug } from './fields.ts';

const pin = judged((value) =>
  /^[A-Za-z0-9+/]{43}=$/.test(value)
    ? undefined
    : complaint(`${quoted(value)} n’est pas une empreinte`, 'SHA-256 de la clé publique (SPKI) en base64, 44 signes'),
).meta({ description: 'Empreinte SHA-256 (SPKI, base64) d’une clé acceptée', pattern: '^[A-Za-z0-9+/]{43}=$' });

export const bundleSchema = z
  .strictObject({
    domains: z.array(domain).min(1).describe('Les domaines du groupe ; chacun couvre ses sous-domaines'),
    pins: z
      .array(pin)
      .min(1)
      .default([])
      .describe('Facultatif : seules ces clés sont acceptées. Mettez-en deux, pour survivre à un renouvellement'),
  })
  .describe('Un groupe de domaines');

export const bundlesSchema = z
  .record(slug('Le nom du groupe, repris dans « bundles » d’une démarche'), bundleSchema)
  .describe('Groupes de domaines que plusieurs démarches partagent');

export type Bundle = z.output<typeof bundleSchema>;
