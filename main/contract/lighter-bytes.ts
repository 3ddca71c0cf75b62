/** A document above this size can be given to a site in a lighter version, of about this size. */
export const LIGHTER_BYTES = 1_000_000;
