/**
 * `site.yaml` (one place) and `departement.yaml` (all places): the same fields, each optional.
 * Defaults live in `../kiosk-config.ts`, because a default here would hide what the other file says.
 */
import { z } from 'zod';
import { halfDays } from '../../measures/half-days.ts';
import { departementCode, frameSource, localHost, phoneNumber, slug, text } from './fields.ts';

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
    printer: z
      .strictObject({
        kind: z.enum(['auto', 'ipp', 'cups-lp', 'system', 'virtual', 'none']).describe('Comment parler à l’imprimante'),
        uri: text(
          'ipp : adresse ipp:// ; cups-lp : nom de la file ; system : nom donné par Windows ; virtual : dossier',
          300,
        ).nullable(),
        pagesPerSession: z.int().min(0).max(500).describe('Pages que chacun peut imprimer'),
      })
      .partial()
      .describe('L’imprimante'),
    scanner: z
      .strictObject({
        kind: z.enum(['auto', 'sane', 'escl', 'virtual', 'none']).describe('Comment parler au scanner'),
        address: text('sane : nom de l’appareil ; escl : adresse http(s) ; virtual : dossier', 300).nullable(),
      })
      .partial()
      .describe('Le scanner'),
    usbKeys: z.boolean().describe('Vrai si les clés USB sont permises'),
    localHosts: z.array(localHost).describe('Les machines du réseau local que les démarches peuvent atteindre'),
    frames: z
      .array(frameSource)
      .describe(
        'Les sites que les démarches montrent dans un cadre : contrôle « je ne suis pas un robot », vidéo, paiement',
      ),
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
    agentDoor: z
      .strictObject({
        gesture: z.enum(['hold-corner', 'none']).describe('hold-corner : appui long dans un coin ; none : aucun geste'),
        holdS: z.int().min(2).max(30).describe('Secondes d’appui ; 5 en général'),
        corner: z.enum(['top-left', 'top-right', 'bottom-left', 'bottom-right']).describe('Le coin de l’écran'),
        firstPassphrase: z
          .enum(['after-start', 'key-file', 'never'])
          .describe(
            'Qui choisit la première phrase de passe à l’écran. after-start : qui est là dans les cinq minutes après l’allumage du PC ; key-file : seulement si l’installateur a posé le fichier agent-first-passphrase dans le dossier d’état ; never : la commande agent-passphrase seule',
          ),
      })
      .partial()
      .describe('Comment l’agent ouvre sa page'),
    directory: z
      .strictObject({ departement: departementCode })
      .partial()
      .describe('L’annuaire « Trouver de l’aide près d’ici »'),
    messages: z.array(text('Un message', 140)).max(3).describe('Messages de l’accueil : « Fermé vendredi »'),
  })
  .partial()
  .describe('Un lieu, ou ce que tous les lieux partagent');

export type SiteFile = z.output<typeof siteSchema>;
