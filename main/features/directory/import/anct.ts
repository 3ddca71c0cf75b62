/** Converts a row of the ANCT's list of France services to the columns of the national schema. */
import type { Span } from '../../../contract/directory.ts';
import { fail, ok, type Result } from '../../../contract/result.ts';
import { spansOfDay } from '../../../contract/typed-hours.ts';
import { writePlainWeek } from '../hours/plain-week.ts';
import { mendHours, withMonthlyDay } from './mend-hours.ts';
import { readNational, type RowContext, type Taken } from './national.ts';
import type { Refused, Repair } from './report.ts';
import { plainText } from './mend-values.ts';

const DAYS = ['h_lundi', 'h_mardi', 'h_mercredi', 'h_jeudi', 'h_vendredi', 'h_samedi'] as const;
export const ANCT_COLUMNS = ['id_fs', 'lib_fs', 'code_postal', 'lib_com', ...DAYS] as const;

const COLUMNS: Readonly<Record<string, string>> = {
  nom: 'lib_fs',
  commune: 'lib_com',
  code_insee: 'insee_com',
  adresse: 'adresse',
  complement_adresse: 'complement_adresse',
  code_postal: 'code_postal',
  latitude: 'latitude',
  longitude: 'longitude',
  courriels: 'mail',
  telephone: 'telephone',
};

interface Week {
  readonly hours: string | null;
  readonly asWritten: string | null;
  readonly repairs: readonly Repair[];
}

const weekOf = (cells: Readonly<Record<string, string>>, line: number, { reader }: RowContext): Week => {
  const repairs: Repair[] = [];
  const note = (column: string, what: string, small = false): void => void repairs.push({ line, column, what, small });
  const unread: string[] = [];
  const week = DAYS.map((column): readonly Span[] => {
    const text = plainText(cells[column] ?? '');
    const read = spansOfDay(text);
    if (!read) unread.push(`${column.slice(2)} ${text}`);
    if (read?.twice) note(column, `« ${text} » : une plage écrite deux fois, gardée une fois`);
    if (read && /0?0:00 - 0?0:00/.test(text)) note(column, '« 00:00 - 00:00 » veut dire « pas d’horaires »', true);
    return read?.spans ?? [];
  });
  // A week parsed in part would say "closed" for the days that we could not parse.
  if (unread.length > 0) {
    const asWritten = unread.join(' ; ');
    note('horaires', `« ${asWritten} » : horaires qu’aucun programme ne lit, montrés tels quels`);
    return { hours: null, asWritten, repairs };
  }
  const plain = writePlainWeek(week);
  const monthly = withMonthlyDay(plain, plainText(cells['commentaire'] ?? ''));
  if (monthly) note('commentaire', monthly.how);
  return { hours: mendHours(monthly?.hours ?? plain, reader).hours, asWritten: null, repairs };
};

/** The label requires every France services to help with démarches, free of charge. */
export const readAnct = (
  cells: Readonly<Record<string, string>>,
  line: number,
  context: RowContext & { readonly listedOn: string },
): Result<Taken, Refused> => {
  const moves = /bus|itin/i.test(cells['format_fs'] ?? '') || /itinéran/i.test(cells['lib_fs'] ?? '');
  const read = readNational(
    {
      ...Object.fromEntries(Object.entries(COLUMNS).map(([national, own]) => [national, cells[own] ?? ''])),
      id: `france-services-${cells['id_fs'] ?? ''}`,
      typologie: 'RFS',
      services: 'Aide aux démarches administratives',
      frais_a_charge: 'Gratuit',
      dispositif_programmes_nationaux: 'France Services',
      itinerance: moves ? 'Itinérant' : '',
      date_maj: context.listedOn,
      source: 'ANCT – France services',
    },
    line,
    context,
  );
  if (!read.ok) {
    return fail({ ...read.error, column: COLUMNS[read.error.column] ?? read.error.column });
  }
  const week = weekOf(cells, line, context);
  const appointment = /^(oui|non)$/i.exec((cells['prise_rdv'] ?? '').trim());
  const repairs = read.value.repairs.map((one) => ({ ...one, column: COLUMNS[one.column] ?? one.column }));
  return ok({
    repairs: [...repairs, ...week.repairs],
    place: {
      ...read.value.place,
      hours: week.hours,
      hoursAsWritten: week.asWritten,
      hoursNote: plainText(cells['commentaire'] ?? '') || null,
      byAppointment: appointment ? appointment[1]?.toLowerCase() === 'oui' : null,
    },
  });
};
