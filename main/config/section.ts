/** One feature's part of `site.yaml`. */
import type { z } from 'zod';

type Fields = Readonly<Record<string, z.ZodType>>;

export interface ConfigSection<F extends Fields = Fields, D extends object = object> {
  readonly fields: F;
  /** The value of every field when the files do not set it. */
  readonly defaults: D;
}

export const defineSection = <F extends Fields, const D extends { readonly [K in keyof F]: unknown }>(
  section: ConfigSection<F, D>,
): ConfigSection<F, D> => section;
