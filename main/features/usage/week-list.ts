/** The list of what a week could count, kept in the database beside the week's counts. */
import { z } from 'zod';
import type { ListOfWeek } from './counts-file.ts';
import { joinKnown } from './known-keys.ts';
import type { WeekList } from './publish.ts';

const demarche = z.object({
  id: z.string(),
  title: z.string(),
  theme: z.string(),
  steps: z.int().min(0).max(9),
  stepTitles: z.array(z.string()).readonly().default([]),
  stepTexts: z.array(z.string()).readonly().default([]),
  guideChanged: z.boolean().optional(),
  mailbox: z.boolean().optional(),
});
const weekList = z.object({
  known: z.object({
    demarches: z.array(demarche).readonly(),
    tutorials: z
      .array(z.object({ id: z.string(), title: z.string(), screens: z.int().min(0).max(99).default(0) }))
      .readonly(),
    organismDomains: z.array(z.string()).readonly(),
  }),
  openHalfDays: z.array(z.string()).readonly(),
});

/** What could be counted in a week whose configuration changed: all of both lists. */
const joinLists = (kept: WeekList, today: WeekList): WeekList => ({
  known: joinKnown(kept.known, today.known),
  openHalfDays: [...new Set([...kept.openHalfDays, ...today.openHalfDays])],
});

export const weekListText = (list: WeekList): string => JSON.stringify(weekList.parse(list));

/**
 * The list to keep with a week that is being counted, given the one that it has. It starts with today's, and grows when
 * the configuration changed since.
 */
export const createListOfWeek = (today: WeekList): ListOfWeek => {
  let todayText: string | undefined;
  return (kept) => {
    todayText ??= weekListText(today);
    const list = kept === null || kept === todayText ? undefined : readWeekList(kept);
    return list ? weekListText(joinLists(list, today)) : todayText;
  };
};

export const readWeekList = (text: string): WeekList | undefined => {
  try {
    return weekList.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};
