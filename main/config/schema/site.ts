/**
 * `site.yaml` (one place) and `departement.yaml` (all places) have the same fields, all optional. The fields of one
 * feature are in its `section.ts`. Defaults are in `../kiosk-config.ts` and in each section: a default in the schema
 * would hide the value of the other file.
 */
import { z } from 'zod';
import { sectionFields } from '../sections.ts';
import { frameSource, localHost, phoneNumber, proxyAddress, slug, text } from './fields.ts';

export const siteSchema = z
  .strictObject({
    place: text('Le nom du lieu, en haut de chaque écran', 60),
    commune: text('La commune du lieu', 60),
    coordinates: z
      .strictObject({
        lat: z.number().min(-90).max(90).describe('Latitude en degrés : 46.56'),
        lon: z.number().min(-180).max(180).describe('Longitude en degrés : 3.33'),
      })
      .nullable()
      .describe('Où se trouve le lieu, pour l’aide près d’ici'),
    opening: text('Les horaires d’ouverture, en clair', 200),
    kioskId: slug('L’identifiant de la borne, différent pour chacune : les chiffres de chaque borne le portent'),
    placeType: z
      .enum(['msd', 'mediatheque', 'france-services', 'autre'])
      .describe('Le genre de lieu, pour comparer les chiffres'),
    agent: z
      .strictObject({
        contact: text('La phrase qui dit à qui demander de l’aide', 140),
        phone: phoneNumber('Le téléphone de l’accueil, entre guillemets').nullable(),
      })
      .partial()
      .describe('Qui aide la personne'),
    shell: z.enum(['auto', 'chromium', 'electron']).describe('Le navigateur de la borne'),
    ...sectionFields,
    localHosts: z.array(localHost).describe('Les machines du réseau local que les démarches peuvent atteindre'),
    proxy: proxyAddress.nullable().describe('Le serveur mandataire (proxy) du lieu : la borne ne sort que par lui'),
    frames: z
      .array(frameSource)
      .describe(
        'Les sites que les démarches montrent dans un cadre : contrôle « je ne suis pas un robot », vidéo, paiement',
      ),
  })
  .partial()
  .describe('Un lieu, ou ce que tous les lieux partagent');

export type SiteFile = z.output<typeof siteSchema>;
