/** Converts the places of our own YAML files to places of the directory. */
import type { DeepReadonly } from '../../config/kiosk-config.ts';
import type { PlacesFile } from '../../config/schema/places.ts';
import { mendHours } from './import/mend-hours.ts';
import { mendPhone } from './import/mend-values.ts';
import type { HoursReader } from './hours/reader.ts';
import { barePlace, type Place } from './place.ts';

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

export const placesFromFile = (file: DeepReadonly<PlacesFile>, reader: HoursReader): readonly Place[] =>
  file.places.map((one): Place => {
    const { hours, asWritten } = mendHours(one.hours ?? '', reader);
    return {
      ...barePlace({
        id: one.id,
        name: one.name,
        commune: one.town,
        postcode: one.postcode,
        source: one.source ?? file.source,
        updatedOn: one.checkedOn ?? file.checkedOn,
      }),
      insee: one.commune,
      street: one.address,
      complement: one.complement,
      lat: one.point?.lat ?? null,
      lon: one.point?.lon ?? null,
      exact: one.point?.door ?? false,
      typologies: one.typologies,
      phone: one.phone === null ? null : (mendPhone(one.phone).value ?? null),
      emails: one.email === null ? [] : [one.email],
      websites: one.website === null ? [] : [one.website],
      hours,
      hoursAsWritten: asWritten,
      hoursNote: one.hoursNote,
      services: one.services,
      audiences: one.audiences,
      cares: one.cares,
      costs: one.costs,
      accesses: one.accesses,
      detail: one.presentation,
      byAppointment: one.byAppointment,
      moves: one.moves,
      closures: one.closed,
      stops: one.stops.map((stop) => ({ ...stop, from: minutes(stop.from), to: minutes(stop.to) })),
      directions: one.directions,
      accessibility: one.accessibility,
      bring: one.bring,
    };
  });
