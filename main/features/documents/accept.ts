/** Parses a file input's `accept` attribute into the formats it takes, among the three that we can produce. Pure. */

export const givenFormats = ['pdf', 'jpeg', 'png'] as const;
export type GivenFormat = (typeof givenFormats)[number];

/** By extension, with or without its dot, and by type. */
const FORMATS = new Map<string, readonly GivenFormat[]>([
  ['pdf', ['pdf']],
  ['jpg', ['jpeg']],
  ['jpeg', ['jpeg']],
  ['jpe', ['jpeg']],
  ['jfif', ['jpeg']],
  ['png', ['png']],
  ['application/pdf', ['pdf']],
  ['application/x-pdf', ['pdf']],
  // Not a type, but public forms have it.
  ['image/pdf', ['pdf']],
  ['application/*', ['pdf']],
  ['image/jpeg', ['jpeg']],
  ['image/jpg', ['jpeg']],
  ['image/pjpeg', ['jpeg']],
  ['image/png', ['png']],
  ['image/*', ['jpeg', 'png']],
  ['*/*', givenFormats],
  ['*', givenFormats],
]);

/**
 * Browsers only use `accept` to grey files out, and sites write it loosely ("PDF, jpg", ".PDF;.JPG"), so unknown tokens
 * are skipped. Some sites exclude every format we have, yet take PDF: the démarche's own list wins then, and all our
 * formats where it has none. So the result is never empty.
 */
export const acceptedFormats = (
  accept: string,
  own: readonly GivenFormat[] = givenFormats,
): ReadonlySet<GivenFormat> => {
  const tokens = accept.toLowerCase().split(/[,;\s]+/);
  const named = new Set(tokens.flatMap((token) => FORMATS.get(token.replace(/^\./, '')) ?? []));
  const both = own.filter((one) => named.has(one));
  return new Set(both.length > 0 ? both : own);
};

/**
 * The format to send, preferably the document's own. A PDF is sent as pictures, one for each page, where only pictures
 * are accepted. Undefined when it has several pages and the input takes one file.
 */
export const formatToGive = (
  document: { readonly format: 'pdf' | 'picture'; readonly pages: number },
  accepted: ReadonlySet<GivenFormat>,
  several: boolean,
): GivenFormat | undefined => {
  const picture = (['jpeg', 'png'] as const).find((one) => accepted.has(one));
  if (document.format === 'picture') return picture ?? 'pdf';
  if (accepted.has('pdf')) return 'pdf';
  return document.pages === 1 || several ? picture : undefined;
};
