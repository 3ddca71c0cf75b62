/**
 * Tells whether another kiosk delivers weeks under the name of this one. A copied disk has the same id and the same
 * key, and only the Département can open a delivered week, so nothing in the folder tells the two apart. Each kiosk
 * therefore remembers which weeks it wrote itself. A week that is in the folder when it ends, and that it did not
 * write, is another kiosk's.
 */
import { z } from 'zod';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Files } from '../../platform/files.ts';
import { parseWeek, shiftWeek, type Week } from './iso-week.ts';

const week = z.custom<Week>((text) => typeof text === 'string' && parseWeek(text) !== undefined);
const recordSchema = z.strictObject({
  kiosk: z.string(),
  /** The weeks that this kiosk wrote. */
  own: z.array(week).readonly(),
  /** The weeks that were already there when they ended. */
  others: z.array(week).readonly(),
});
type WeeksRecord = z.output<typeof recordSchema>;

/** Enough to find two kiosks that write first in turn. */
const WEEKS_REMEMBERED = 8;

/** The record after the delivery of the week that ended last. `isThere`: the folder has it before the delivery. */
const withWeek = (before: WeeksRecord | undefined, kiosk: string, last: Week, isThere: boolean): WeeksRecord => {
  // A version without this record wrote the weeks that are there, or IT gave the kiosk another name.
  if (before?.kiosk !== kiosk) return { kiosk, own: [last], others: [] };
  if (before.own.includes(last)) return before;
  const recent = (weeks: readonly Week[]) =>
    weeks.filter((one) => one !== last && one > shiftWeek(last, -WEEKS_REMEMBERED));
  const [own, others] = [recent(before.own), recent(before.others)];
  return isThere ? { kiosk, own, others: [...others, last] } : { kiosk, own: [...own, last], others };
};

/**
 * A single week proves nothing: a kiosk whose state was restored from a backup has forgotten the last week that it
 * wrote, but it writes the next one itself.
 */
const isNameShared = ({ others }: WeeksRecord, last: Week): boolean => others.length > 1 && others.includes(last);

const read = async (files: Files, file: string): Promise<Result<WeeksRecord | undefined, string>> => {
  const text = await files.readText(file);
  if (!text.ok) return text.error.kind === 'missing' ? ok(undefined) : fail(text.error.kind);
  try {
    return ok(recordSchema.parse(JSON.parse(text.value)));
  } catch {
    // Damaged. Begun anew, the record only needs two more weeks to notice another kiosk.
    return ok(undefined);
  }
};

/** Records the week before the kiosk writes it: after a power cut in between, it must not look like another's. */
export const recordWeek = async (
  { files, recordFile, kiosk }: { readonly files: Files; readonly recordFile: string; readonly kiosk: string },
  last: Week,
  isThere: boolean,
): Promise<Result<{ readonly nameShared: boolean }, string>> => {
  const before = await read(files, recordFile);
  if (!before.ok) return before;
  const record = withWeek(before.value, kiosk, last, isThere);
  const text = `${JSON.stringify(record)}\n`;
  if (text !== `${JSON.stringify(before.value)}\n`) {
    const written = await files.writeAtomic(recordFile, text, { mode: 0o600 });
    if (!written.ok) return fail(written.error.kind);
  }
  return ok({ nameShared: isNameShared(record, last) });
};
