/** Serialises the list of what a week could count. The database keeps it beside the week's counts. */
import { z } from 'zod';
import type { WeekList } from './publish.ts';

const demarche = z.object({
  id: z.string(),
  title: z.string(),
  theme: z.string(),
  steps: z.int().min(0).max(9),
  stepTitles: z.array(z.string()).readonly().default([]),
  stepTexts: z.array(z.string()).readonly().default([]),
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

export const weekListText = (list: WeekList): string => JSON.stringify(weekList.parse(list));

export const readWeekList = (text: string): WeekList | undefined => {
  try {
    return weekList.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};
