/** Splits a document's text into parts for speech. The first part is short, so that it is heard at once. Pure. */

const FIRST_CHARS = 120;
const GROUP_CHARS = 300;
/** More than an hour of speech; nobody listens longer. */
const MOST_CHARS = 60_000;
/** A line much shorter than the longest one ends a paragraph: a title, a field of a form. */
const SHORT_LINE = 0.6;
/** If all lines are short, they are form fields or addresses, and each is a paragraph. */
const NARROW_CHARS = 40;

/** A pause between two paragraphs without a full stop: the voice pauses at a blank line. */
const PAUSE = '\n\n';

/** Dotted lines, boxes and rules, which the voice would spell out. */
const FILLERS = /([.·…_=*•\-–—|~])(?:\s?\1){3,}/gu;

/** Not a letter of initials: « M.D.P.H. », « H.L.M. Moulins ». */
const MONSIEUR = /(?<![\p{L}.])M\.(?:\s+(?=\p{Lu})|(?=\p{Lu}(?!\.)))/gu;

const clean = (line: string): string =>
  line
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .replace(FILLERS, ' ')
    .replace(MONSIEUR, 'Monsieur ') // the voice would say the letter
    .replace(/\b[nN][°º]\s*/gu, 'numéro ')
    .replace(/\s+/gu, ' ')
    .trim();

/** Joins the lines of a page into paragraphs, guessing from line lengths and capitals. */
const paragraphsOf = (page: string): readonly string[] => {
  const lines = page.split('\n').map(clean);
  const longest = lines.reduce((most, line) => Math.max(most, line.length), 0);
  const full = Math.max(NARROW_CHARS, SHORT_LINE * longest);
  const paragraphs: string[] = [];
  let open = '';
  const close = (): void => {
    if (/[\p{L}\p{N}]/u.test(open)) paragraphs.push(open);
    open = '';
  };
  let before = '';
  for (const line of lines) {
    const begins = /^[\p{Lu}\p{N}•–-]/u.test(line) && before.length < full;
    if (line === '' || begins) close();
    open = open === '' ? line : `${open} ${line}`;
    before = line;
  }
  close();
  return paragraphs;
};

/** The end of a sentence. A full stop after one of these abbreviations does not end one. */
const SENTENCE_END =
  /(?<=[.!?…])(?<!(?:^|[^\p{L}])(?:M|MM|Mme|Dr|St|art|al|cf|réf|tél|av|bd|p|ex|env)\.)\s+(?=[\p{Lu}\p{N}«])/iu;

const sentencesOf = (paragraph: string): readonly string[] => paragraph.split(SENTENCE_END);

/** Cuts a long sentence at the last comma or space that fits, or in the middle of an endless word. */
const cut = (sentence: string, most: number): readonly string[] => {
  const parts: string[] = [];
  let rest = sentence;
  while (rest.length > most) {
    const head = rest.slice(0, most + 1);
    const comma = Math.max(head.lastIndexOf(', '), head.lastIndexOf('; '), head.lastIndexOf(': ')) + 1;
    const at = comma > most / 3 ? comma : head.lastIndexOf(' ');
    const end = at > 0 ? at : most;
    parts.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return rest === '' ? parts : [...parts, rest];
};

/** Parts in order, none empty, each at most 300 characters. No word is lost, up to `MOST_CHARS`. */
export const sentenceGroups = (pages: readonly string[]): readonly string[] => {
  const groups: string[] = [];
  let left = MOST_CHARS;
  let group = '';
  const close = (): void => {
    if (group !== '') groups.push(group);
    group = '';
  };
  const add = (sentence: string, between: string): void => {
    const most = groups.length === 0 ? FIRST_CHARS : GROUP_CHARS;
    if (group !== '' && group.length + between.length + sentence.length > most) close();
    group = group === '' ? sentence : `${group}${between}${sentence}`;
  };
  for (const page of pages) {
    for (const paragraph of paragraphsOf(page)) {
      let between = PAUSE;
      for (const sentence of sentencesOf(paragraph)) {
        for (const part of cut(sentence, groups.length === 0 && group === '' ? FIRST_CHARS : GROUP_CHARS)) {
          left -= part.length;
          if (left < 0) {
            close();
            return groups;
          }
          add(part, between);
          between = ' ';
        }
      }
    }
  }
  close();
  return groups;
};
