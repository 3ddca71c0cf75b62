/** Parses a file input's `accept` attribute into the formats it takes, among the three that we can produce. Pure. */

export const givenFormats = ['pdf', 'jpeg', 'png'] as const;
export type GivenFormat = (typeof givenFormats)[number];

const BY_EXTENSION: Readonly<Record<string, GivenFormat>> = {
  '.pdf': 'pdf',
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
  '.jpe': 'jpeg',
  '.jfif': 'jpeg',
  '.png': 'png',
};
const BY_TYPE: Readonly<Record<string, readonly GivenFormat[]>> = {
  'application/pdf': ['pdf'],
  'application/x-pdf': ['pdf'],
  'application/*': ['pdf'],
  'image/jpeg': ['jpeg'],
  'image/jpg': ['jpeg'],
  'image/pjpeg': ['jpeg'],
  'image/png': ['png'],
  'image/*': ['jpeg', 'png'],
  '*/*': givenFormats,
  '*': givenFormats,
};

/**
 * Browsers only use `accept` to grey files out, and sites write it loosely ("PDF, jpg", ".PDF;.JPG"). Skip unknown
 * tokens; like a browser, treat an attribute with no valid token as accepting everything.
 */
export const acceptedFormats = (accept: string): ReadonlySet<GivenFormat> => {
  const tokens = accept
    .toLowerCase()
    .split(/[,;\s]+/)
    .filter((token) => token !== '');
  const formats = new Set<GivenFormat>();
  let understood = tokens.length === 0;
  for (const token of tokens) {
    const byExtension = BY_EXTENSION[token] ?? BY_EXTENSION[`.${token}`];
    const byType = BY_TYPE[token.split(';')[0] ?? ''];
    if (byExtension) formats.add(byExtension);
    for (const one of byType ?? []) formats.add(one);
    if (byExtension || byType || /^\.[a-z0-9]+$/.test(token) || token.includes('/')) understood = true;
  }
  return formats.size === 0 && !understood
    ? new Set(givenFormats)
    : formats.size === 0 && tokens.length === 0
      ? new Set(givenFormats)
      : formats;
};

/**
 * The format to send, preferably the document's own. Undefined when the input takes none of our formats. A PDF of one
 * page may be sent as a picture.
 */
export const formatToGive = (
  document: { readonly format: 'pdf' | 'picture'; readonly pages: number },
  accepted: ReadonlySet<GivenFormat>,
): GivenFormat | undefined => {
  if (document.format === 'pdf') {
    if (accepted.has('pdf')) return 'pdf';
    return document.pages === 1 ? (['jpeg', 'png'] as const).find((one) => accepted.has(one)) : undefined;
  }
  return (['jpeg', 'png', 'pdf'] as const).find((one) => accepted.has(one));
};
