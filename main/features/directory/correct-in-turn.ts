/** The agent's form on a terminal, one place after another, to enter the results of a cartopartie in one session. */
import type { Correction, WeeklyHours } from '../../contract/directory.ts';
import { weekdays } from '../../contract/directory.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { rangeOf, spansOfDay } from '../../contract/typed-hours.ts';
import { checkCorrection } from './corrections.ts';
import { reviewList } from './agent-handlers.ts';
import { comparable, onePhone } from './import/mend-values.ts';
import type { Place } from './place.ts';
import type { Corrections, DirectoryStore, Doubts } from './store.ts';

interface CorrectionDeps {
  readonly words: readonly string[];
  readonly places: readonly Place[];
  readonly corrections: Corrections;
  readonly doubts: Doubts;
  readonly today: string;
  readonly store: Pick<DirectoryStore, 'saveCorrections' | 'saveDoubts'>;
  readonly io: { readonly out: { write(text: string): void }; readonly readLine: () => Promise<string | undefined> };
}

interface CorrectionResult {
  readonly changed: readonly string[];
  readonly confirmed: number;
  readonly corrections: Corrections;
}

const DAYS = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'] as const;
const NOT_KEPT = 'Le disque n’a pas gardé cette correction. Celles d’avant le sont.';

export const correctInTurn = async (deps: CorrectionDeps): Promise<Result<CorrectionResult, string>> => {
  const { io, store, today } = deps;
  let { corrections, doubts } = deps;
  const changed: string[] = [];
  let confirmed = 0;
  const wanted = deps.words.map(comparable);
  const list = reviewList(deps.places, corrections, doubts).filter((place) =>
    wanted.every((word) => comparable(`${place.name} ${place.town}`).includes(word)),
  );
  if (list.length === 0) return fail('Aucun lieu de ce nom.');
  const ask = async (question: string): Promise<string | undefined> => {
    io.out.write(question);
    return (await io.readLine())?.trim();
  };
  const saveCorrection = async (id: string, correction: Correction): Promise<boolean> => {
    const next = {
      ...corrections,
      [id]: { on: today, correction: { ...(corrections[id]?.correction ?? {}), ...correction } },
    };
    if (!(await store.saveCorrections(next))) return false;
    corrections = next;
    const { [id]: _, ...others } = doubts;
    if (Object.hasOwn(doubts, id) && (await store.saveDoubts(others))) doubts = others;
    return true;
  };
  for (const [at, place] of list.entries()) {
    io.out.write(
      `\n${at + 1}/${list.length}  ${place.name}, ${place.town}${place.doubts > 0 ? ` — signalé ${place.doubts} fois` : ''}\n` +
        `  téléphone : ${place.phone ?? 'inconnu'}\n  adresse : ${place.address ?? 'inconnue'}\n` +
        `  horaires : ${hoursText(place.hours) ?? place.hoursAsWritten ?? 'inconnus'}\n  vérifié : ${place.checkedOn || 'jamais'}\n`,
    );
    const answer = await ask('v = tout est vrai, c = corriger, f = n’existe plus, Entrée = suivant, q = arrêter : ');
    if (answer === undefined || /^q$/i.test(answer)) break;
    if (/^[vf]$/i.test(answer)) {
      const gone = /^f$/i.test(answer);
      if (!(await saveCorrection(place.id, gone ? { gone } : {}))) return fail(NOT_KEPT);
      if (gone) changed.push(place.id);
      else confirmed += 1;
    } else if (/^c$/i.test(answer)) {
      const given = await form(ask);
      if (given === undefined) break;
      const checked = checkCorrection(given);
      // The form repeats the questions for phone and hours until the answers are valid, so this is a bug.
      if (!checked.ok) throw new Error(`correction refused: ${checked.error.code}`);
      if (Object.keys(checked.value).length > 0) {
        if (!(await saveCorrection(place.id, checked.value))) return fail(NOT_KEPT);
        changed.push(place.id);
      }
    }
  }
  return ok({ changed, confirmed, corrections });
};

const hoursText = (hours: WeeklyHours | null): string | undefined =>
  hours === null
    ? undefined
    : weekdays
        .map((day, at) => (hours[day].length > 0 ? `${DAYS[at] ?? ''} ${hours[day].join(' ')}` : ''))
        .filter((text) => text !== '')
        .join(', ') || 'fermé toute la semaine';

type Ask = (question: string) => Promise<string | undefined>;

/** Undefined at the end of the input. */
const form = async (ask: Ask): Promise<Correction | undefined> => {
  const given: { -readonly [Field in keyof Correction]: Correction[Field] } = {};
  for (const [field, question] of [
    ['phone', '  Téléphone'],
    ['address', '  Adresse'],
    ['directions', '  Comment s’y rendre'],
    ['hoursNote', '  À savoir sur les horaires'],
  ] as const) {
    for (let again = ''; ; again = '    Écrivez un seul numéro français, par exemple 04 70 00 00 00.\n') {
      const typed = await ask(`${again}${question} (Entrée = inchangé, - = aucun) : `);
      if (typed === undefined) return undefined;
      if (field === 'phone' && !/^-?$/.test(typed) && onePhone(typed) === undefined) continue;
      if (typed !== '') given[field] = typed === '-' ? null : typed;
      break;
    }
  }
  const wanted = await ask('  Changer les horaires ? (o / Entrée = non) : ');
  if (wanted === undefined) return undefined;
  if (!/^o/i.test(wanted)) return given;
  const hours = await weekForm(ask);
  return hours && { ...given, hours };
};

const weekForm = async (ask: Ask): Promise<WeeklyHours | undefined> => {
  const hours: Partial<Record<(typeof weekdays)[number], readonly string[]>> = {};
  for (const [at, day] of weekdays.entries()) {
    for (let again = ''; ; again = '    Pas compris, par exemple 9h-12h 14h-17h30.\n') {
      const typed = await ask(`${again}    ${DAYS[at] ?? ''} (9h-12h 14h-17h30, Entrée = fermé) : `);
      if (typed === undefined) return undefined;
      const read = spansOfDay(typed);
      if (read) {
        hours[day] = read.spans.map(rangeOf);
        break;
      }
    }
  }
  return hours as WeeklyHours;
};
