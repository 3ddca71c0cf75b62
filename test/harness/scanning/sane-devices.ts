/** Reads and validates the published options of real drivers (`fixtures/scanners/sane-devices.yaml`). */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const common = {
  /** The current value, as printed. */
  is: z.union([z.string(), z.number()]).optional(),
  state: z.enum(['inactive', 'advanced', 'hardware', 'read-only']).optional(),
  auto: z.literal(true).optional(),
};
const number = z.coerce.number();

const fact = z.union([
  z.strictObject({ words: z.array(z.string()), ...common }),
  z.strictObject({ list: z.array(z.number()), unit: z.string().optional(), ...common }),
  z.strictObject({
    range: z.tuple([z.number(), z.number()]),
    unit: z.string().optional(),
    step: number.optional(),
    ...common,
  }),
  z.strictObject({ switch: z.enum(['yes', 'no']), ...common }),
  z.strictObject({ free: z.string(), ...common }),
  z.strictObject({ button: z.literal(true), ...common }),
]);
export type SaneFact = z.output<typeof fact>;

const facts = z.record(z.string(), fact);
export type SaneFacts = z.output<typeof facts>;

const device = z.strictObject({
  make: z.string(),
  model: z.string(),
  driver: z.string(),
  source: z.string(),
  options: facts,
  under: z.array(z.strictObject({ when: z.record(z.string(), z.array(z.string())), options: facts })).default([]),
  expect: z.partialRecord(z.enum(['flatbed', 'feeder', 'feeder-duplex']), z.string()),
});
export type SaneDevice = z.output<typeof device>;

export const saneDevices: readonly SaneDevice[] = z
  .array(device)
  .parse(parse(readFileSync(new URL('../../fixtures/scanners/sane-devices.yaml', import.meta.url), 'utf8')));
