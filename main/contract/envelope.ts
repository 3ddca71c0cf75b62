/** The messages between our screens and the main process: JSON text, nothing else. */
import { z } from 'zod';

export const request = z.strictObject({
  id: z.int().positive(),
  feature: z.string(),
  message: z.string(),
  input: z.record(z.string(), z.unknown()),
});
export type RequestEnvelope = z.output<typeof request>;

export const failureEnvelope = z.strictObject({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** The reference that links what the person sees to a line of the log. */
  ref: z.string().optional(),
});

/**
 * From the main process. `seq` grows by one with each event or change: a gap means that the snapshot must be requested
 * again.
 */
export const outgoing = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('reply'), id: z.int(), ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ kind: z.literal('failed'), id: z.int(), ok: z.literal(false), error: failureEnvelope }),
  z.strictObject({ kind: z.literal('snapshot'), seq: z.int().nonnegative(), state: z.record(z.string(), z.unknown()) }),
  z.strictObject({ kind: z.literal('changed'), seq: z.int().positive(), feature: z.string(), state: z.unknown() }),
  z.strictObject({
    kind: z.literal('event'),
    seq: z.int().positive(),
    feature: z.string(),
    name: z.string(),
    value: z.unknown(),
  }),
]);
export type Outgoing = z.output<typeof outgoing>;

/** The one message outside the features: the screens request the whole state. */
export const SNAPSHOT_REQUEST = 'snapshot';
