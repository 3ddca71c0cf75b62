/** Validates a guest page's dialog request. The page is not trusted, so its shape and length are checked. */
import { z } from 'zod';

/** More than a screen can show. A page may send megabytes. */
const MAX_MESSAGE = 2_000;
const MAX_DEFAULT = 1_000;

const dialogRequest = z.strictObject({
  type: z.enum(['alert', 'confirm', 'prompt']),
  message: z.string().transform((text) => text.slice(0, MAX_MESSAGE)),
  defaultText: z.string().transform((text) => text.slice(0, MAX_DEFAULT)),
});

export type DialogRequest = z.output<typeof dialogRequest>;

export const readDialogRequest = (raw: unknown): DialogRequest | undefined => dialogRequest.safeParse(raw).data;
