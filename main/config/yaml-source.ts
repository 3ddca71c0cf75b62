/** Parses a YAML file into plain data, with the line and column of everything in it. Pure; never throws on bad text. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type Document, type Node } from 'yaml';
import { fail, ok, type Result } from '../contract/result.ts';
import { complaint, type Complaint, type ConfigMistake } from './mistake.ts';

export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface YamlSource {
  readonly file: string;
  readonly data: unknown;
  /** The place of a value (or of its key). For an absent value, the place where its parent begins. */
  placeOf(path: readonly PropertyKey[], target?: 'key' | 'value'): Place;
}

/** These files are written by hand: a larger one is an accident. */
const MAX_CHARACTERS = 1_000_000;

const REMEDIES: Readonly<Record<string, Complaint>> = {
  DUPLICATE_KEY: complaint('cette clé est écrite deux fois', 'une seule fois la même clé'),
  TAB_AS_INDENT: complaint('tabulation en début de ligne', 'des espaces'),
  BAD_INDENT: complaint('décalage inattendu', 'le même nombre d’espaces que les lignes voisines'),
  MISSING_CHAR: complaint('il manque un signe', 'un guillemet ou un crochet fermé, ou « : » après une clé'),
  MULTIPLE_DOCS: complaint('plusieurs documents dans un fichier', 'un seul, donc pas de ligne « --- » au milieu'),
  BAD_SCALAR_START: complaint('ce signe ne peut pas commencer un texte', 'le texte entre guillemets'),
  BAD_DQ_ESCAPE: complaint('« \\ » suivi d’un signe inconnu', 'des guillemets simples, ou « \\\\ »'),
  BLOCK_AS_IMPLICIT_KEY: complaint('deux « : » sur une ligne', 'le texte entre guillemets'),
  MULTILINE_IMPLICIT_KEY: complaint('clé sur plusieurs lignes', 'une clé suivie de « : » sur une ligne'),
  TAG_RESOLVE_FAILED: complaint('étiquette « ! » inconnue', 'le texte entre guillemets, sans étiquette'),
  UNEXPECTED_TOKEN: complaint('signe inattendu', 'une clé suivie de « : », ou un tiret et une valeur'),
};
const UNREADABLE = complaint('ce n’est pas du YAML', 'des lignes de la forme « clé: valeur »');
const NO_ALIAS = complaint('renvoi « & » ou « * »', 'la valeur écrite en entier, ou le texte entre guillemets');
const NO_TAG = complaint('étiquette « ! »', 'la valeur sans étiquette');
const NOT_UTF8 = complaint('lettres illisibles', 'un fichier enregistré en UTF-8');
const PLAIN_KEY = complaint('une clé est une liste ou un groupe', 'un mot comme clé');

export const parseYaml = (file: string, text: string): Result<YamlSource, readonly ConfigMistake[]> => {
  const lines = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    // For an empty text the line counter returns 0.
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const mistake = (what: Complaint, place: Place): ConfigMistake => ({ file, ...place, ...what });
  if (text.length > MAX_CHARACTERS) {
    return fail([mistake(complaint('fichier trop gros', 'moins d’un million de signes'), { line: 1, column: 1 })]);
  }
  // The replacement character appears where a file in another encoding had an accent.
  const strange = text.indexOf('\ufffd');
  try {
    // Not `silent`: at that level the library ignores a second document in the file.
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
    const found = [
      ...[...document.errors, ...document.warnings].map((error) => ({
        at: error.pos[0],
        what: REMEDIES[error.code] ?? UNREADABLE,
      })),
      ...disallowedYaml(document),
      ...(strange < 0 ? [] : [{ at: strange, what: NOT_UTF8 }]),
    ];
    // One wrong character causes several errors: keep the first on each line.
    const seen = new Set<number>();
    const mistakes = found
      .sort((a, b) => a.at - b.at)
      .map(({ at, what }) => mistake(what, placeAt(at)))
      .filter(({ line }) => !seen.has(line) && seen.add(line));
    if (mistakes.length > 0) return fail(mistakes);
    return ok({
      file,
      data: document.toJS() as unknown,
      placeOf: (path, target = 'value') => placeAt(offsetOf(document.contents, path, target)),
    });
  } catch (error) {
    // The parser recurses at each level of brackets, and thousands of them overflow its stack.
    if (!(error instanceof RangeError)) throw error;
    return fail([mistake(complaint('crochets trop profonds', 'quelques niveaux au plus'), { line: 1, column: 1 })]);
  }
};

/** Valid YAML that nobody needs here and that different people read differently. */
const disallowedYaml = (document: Document): readonly { at: number; what: Complaint }[] => {
  const found: { at: number; what: Complaint }[] = [];
  const note = (node: Node, what: Complaint): void => void found.push({ at: node.range?.[0] ?? 0, what });
  visit(document, {
    Node(_, node) {
      if (isAlias(node) || ('anchor' in node && node.anchor !== undefined)) note(node, NO_ALIAS);
      else if (node.tag !== undefined) note(node, NO_TAG);
    },
    Pair(_, pair) {
      if (pair.key !== null && !isScalar(pair.key) && !isAlias(pair.key)) note(pair.key as Node, PLAIN_KEY);
    },
  });
  return found;
};

const offsetOf = (root: Node | null, path: readonly PropertyKey[], target: 'key' | 'value'): number => {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const [index, segment] of path.entries()) {
    let next: unknown;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => (isScalar(key) ? String(key.value) : '') === String(segment));
      if (pair === undefined) return offset;
      const key = pair.key as Node;
      const isLast = index === path.length - 1;
      offset = key.range?.[0] ?? offset;
      if (isLast && target === 'key') return offset;
      next = pair.value;
    } else if (isSeq(node)) {
      next = node.items[Number(segment)];
    }
    if (next === undefined || next === null) return offset;
    node = next;
    offset = (next as Node).range?.[0] ?? offset;
  }
  return offset;
};
