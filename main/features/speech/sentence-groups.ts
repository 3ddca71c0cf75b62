/** Splits texts into parts for speech. The first part is short, so that it is heard at once. Pure. */
import type { SpokenText } from '../../contract/speech.ts';
import { spokenForeign, spokenFrench } from './spoken-words.ts';

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

const clean = (line: string, tag: string): string => {
  const spoken = line.replace(/[\p{Cc}\p{Cf}]/gu, ' ').replace(FILLERS, ' ');
  return (tag === 'fr' ? spokenFrench(spoken) : spokenForeign(spoken)).replace(/\s+/gu, ' ').trim();
};

/** Joins the lines of a text into paragraphs, guessing from line lengths and capitals. */
const paragraphsOf = ({ words, tag }: SpokenText): readonly string[] => {
  const lines = words.split('\n').map((line) => clean(line.slice(0, MOST_CHARS), tag));
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

/** One part: what is said at a time, and the index of the text that it is from. */
export interface SentenceGroup extends SpokenText {
  readonly of: number;
}

/**
 * Parts in order, none empty, each at most 300 characters and of one text. No word is lost, up to `MOST_CHARS`. The
 * first part of each text is short.
 */
export const sentenceGroups = (texts: readonly SpokenText[]): readonly SentenceGroup[] => {
  let left = MOST_CHARS;
  const ofText = (text: SpokenText, of: number): readonly SentenceGroup[] => {
    if (left < 0) return []; // the pages after the last one that is read cost nothing
    const groups: string[] = [];
    let group = '';
    const close = (): void => {
      if (group !== '') groups.push(group);
      group = '';
    };
    const most = (): number => (groups.length === 0 ? FIRST_CHARS : GROUP_CHARS);
    for (const paragraph of paragraphsOf(text)) {
      let between = PAUSE;
      for (const sentence of sentencesOf(paragraph)) {
        for (const part of cut(sentence, group === '' ? most() : GROUP_CHARS)) {
          left -= part.length;
          if (left < 0) continue;
          if (group !== '' && group.length + between.length + part.length > most()) close();
          group = group === '' ? part : `${group}${between}${part}`;
          between = ' ';
        }
      }
    }
    close();
    return groups.map((words) => ({ words, tag: text.tag, of }));
  };
  return texts.flatMap(ofText);
};
