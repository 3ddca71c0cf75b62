/** Wraps the national library, which validates each row and provides the lists of labels. */
import library from '@gouvfr-anct/lieux-de-mediation-numerique';
import type { SchemaLieuMediationNumerique } from '@gouvfr-anct/lieux-de-mediation-numerique';
import type { Place } from '../place.ts';

export const TYPOLOGIES: readonly string[] = Object.values(library.Typologie);
export const PROGRAMMES: readonly string[] = Object.values(library.DispositifProgrammeNational);
export const LABELS: readonly string[] = Object.values(library.FormationLabel);

/** What other tools write when the SIRET is not known. */
const NO_PIVOT = '00000000000000';

export type NationalRow = SchemaLieuMediationNumerique;

const bars = (values: readonly string[]): string | undefined => (values.length > 0 ? values.join('|') : undefined);

/** Converts a place to a row of the national schema, which requires a street. */
export const toNational = (place: Place & { readonly street: string }): NationalRow => {
  const row: { [Column in keyof NationalRow]: NationalRow[Column] | null | undefined } = {
    id: place.id,
    pivot: place.pivot ?? NO_PIVOT,
    nom: place.name,
    commune: place.commune,
    code_postal: place.postcode,
    code_insee: place.insee,
    adresse: place.street,
    complement_adresse: place.complement,
    // Export the point only if it is at the door, not if it is a town centre.
    latitude: place.exact ? place.lat : undefined,
    longitude: place.exact ? place.lon : undefined,
    typologie: bars(place.typologies),
    // The schema does not allow short numbers.
    telephone: place.phone?.startsWith('+') === true ? place.phone : undefined,
    courriels: bars(place.emails),
    site_web: bars(place.websites),
    horaires: place.hours,
    presentation_resume: place.summary,
    presentation_detail: place.detail,
    source: place.source,
    itinerance: place.moves ? 'Itinérant' : undefined,
    structure_parente: place.parent,
    date_maj: place.updatedOn.length === 10 ? place.updatedOn : `${place.updatedOn}-01-01`.slice(0, 10),
    services: bars(place.services),
    publics_specifiquement_adresses: bars(place.audiences),
    prise_en_charge_specifique: bars(place.cares),
    frais_a_charge: bars(place.costs),
    dispositif_programmes_nationaux: bars(place.programmes),
    formations_labels: bars(place.labels),
    autres_formations_labels: bars(place.otherLabels),
    modalites_acces: bars(place.accesses),
    modalites_accompagnement: bars(place.supports),
    fiche_acces_libre: place.accessLibre,
    prise_rdv: place.booking,
  };
  return Object.fromEntries(
    Object.entries(row).filter(([, value]) => value !== null && value !== undefined),
  ) as unknown as NationalRow;
};

const REMEDIES: Readonly<Record<string, string>> = {
  voie: 'adresse',
  code_postal: 'code_postal',
  code_insee: 'code_insee',
  commune: 'commune',
};

/** Why the library refuses a place; undefined when it accepts it. A missing street does not count here. */
export const libraryRefusal = (place: Place): { readonly column: string; readonly why: string } | undefined => {
  try {
    library.fromSchemaLieuDeMediationNumerique(toNational({ ...place, street: place.street ?? 'inconnue' }));
    return undefined;
  } catch (error) {
    if (!(error instanceof Error) || !('key' in error) || typeof error.key !== 'string') throw error;
    return { column: REMEDIES[error.key] ?? error.key, why: `refusé par le schéma national (${error.message})` };
  }
};
