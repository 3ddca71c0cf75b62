/** Applies the agent's corrections to imported and configured places. */
import type { Correction } from '../../contract/directory.ts';
import { failure, ok, type Failure, type Result } from '../../contract/result.ts';
import { onePhone, plainText } from './import/mend-values.ts';
import { fromWeeklyHours, writePlainWeek } from './hours/plain-week.ts';
import type { Place } from './place.ts';
import type { Corrections } from './store.ts';

/**
 * Validates and normalises a correction. An invalid phone number or opening time is refused while the agent is there.
 */
export const checkCorrection = (
  given: Correction,
): Result<Correction, Failure<'directory.phone' | 'directory.hours'>> => {
  let kept: Correction = { ...given };
  if (given.phone !== undefined && given.phone !== null && given.phone.trim() !== '') {
    const phone = onePhone(given.phone);
    if (phone === undefined) return failure('directory.phone');
    kept = { ...kept, phone };
  }
  if (given.hours) {
    const read = fromWeeklyHours(given.hours);
    if (!read.ok) return failure('directory.hours', { day: read.error });
  }
  const text = (value: string | null | undefined): string | null | undefined =>
    value === undefined ? undefined : value === null ? null : plainText(value) || null;
  return ok({
    ...kept,
    ...(given.phone !== undefined && !kept.phone ? { phone: null } : {}),
    ...(given.hoursNote === undefined ? {} : { hoursNote: text(given.hoursNote) }),
    ...(given.address === undefined ? {} : { address: text(given.address) }),
    ...(given.directions === undefined ? {} : { directions: text(given.directions) }),
  });
};

/** Undefined when the agent marked the place as gone. */
export const correctedPlace = (place: Place, corrections: Corrections): Place | undefined => {
  const made = Object.hasOwn(corrections, place.id) ? corrections[place.id] : undefined;
  if (!made) return place;
  const { phone, hours, hoursNote, address, directions, gone } = made.correction;
  if (gone === true) return undefined;
  const week = hours ? fromWeeklyHours(hours) : undefined;
  return {
    ...place,
    updatedOn: made.on > place.updatedOn ? made.on : place.updatedOn,
    ...(phone === undefined ? {} : { phone }),
    ...(hours === undefined
      ? {}
      : { hours: week?.ok ? writePlainWeek(week.value) || null : null, hoursAsWritten: null }),
    ...(hoursNote === undefined ? {} : { hoursNote }),
    ...(address === undefined ? {} : { street: address, complement: null }),
    ...(directions === undefined ? {} : { directions }),
  };
};

export const correctedFields = (id: string, corrections: Corrections): readonly string[] =>
  Object.hasOwn(corrections, id) ? Object.keys(corrections[id]?.correction ?? {}) : [];
