/** Converts any file to a PDF or picture that can be shown, printed and sent, or returns the reason of the refusal. */
import type { DocumentRefusal } from '../../../contract/documents.ts';
import { fail, ok, type Result } from '../../../contract/result.ts';
import type { DecoderClient, DecoderProblem } from '../../../platform/decoders/client.ts';
import { sniff, type Convertible, type Shown, type WordsOf } from '../sniff.ts';
import type { DocumentOperations, Inspected } from '../work/operations.ts';
import type { Office } from './office.ts';
import { textOf } from './plain-text.ts';

export interface Showable extends Omit<Inspected, 'converted'> {
  readonly content: Uint8Array;
  readonly madeIntoPdf: boolean;
}

/** `wants-password`, `wrong-password`: the file is a PDF with a password. */
export type ShowableFault = DocumentRefusal | 'wants-password' | 'wrong-password';

export interface ShowableDeps {
  readonly documentDecoder: DecoderClient<DocumentOperations>;
  /** Undefined where this system has no sandbox for it. */
  readonly office: Office | undefined;
}

const FAULTS: Readonly<Record<string, ShowableFault>> = {
  locked: 'wants-password',
  'wrong-password': 'wrong-password',
  xfa: 'xfa',
  portfolio: 'portfolio',
  'too-long': 'too-heavy',
  'too-large': 'too-complex',
  slow: 'too-complex',
  died: 'too-complex',
};
const faultOf = (problem: DecoderProblem): ShowableFault => FAULTS[problem] ?? 'damaged';

/** Always UTF-8 with a byte order mark, so that LibreOffice does not guess the encoding. */
const inUtf8 = (text: string): Uint8Array => new TextEncoder().encode(`\ufeff${text}`);

export const makeShowable = async (
  deps: ShowableDeps,
  {
    name,
    bytes,
    password,
    later = false,
  }: {
    readonly name: string;
    readonly bytes: Uint8Array;
    readonly password?: string | undefined;
    /** A site sent it: it waits while something that the person asked for is being opened. */
    readonly later?: boolean | undefined;
  },
): Promise<Result<Showable, ShowableFault>> => {
  const ask = later ? deps.documentDecoder.askLater : deps.documentDecoder.ask;
  const look = async (
    content: Uint8Array,
    take: Shown,
    madeIntoPdf: boolean,
  ): Promise<Result<Showable, ShowableFault>> => {
    const file = { bytes: content, take, ...(password === undefined ? {} : { password }) };
    const looked = await ask('inspect', file);
    if (!looked.ok) return fail(faultOf(looked.error));
    const { converted, ...facts } = looked.value;
    return ok({ ...facts, content: converted ?? content, madeIntoPdf });
  };
  const convert = async (kind: Convertible, of?: WordsOf): Promise<Result<Showable, ShowableFault>> => {
    if (!deps.office) return fail('no-converter');
    const text = kind === 'txt' ? (textOf(bytes) ?? '') : undefined;
    const words = text !== undefined && of !== undefined ? await ask('words', { text, of }) : ok(text);
    if (!words.ok) return fail(faultOf(words.error));
    const pdf = await deps.office.toPdf(kind, words.value === undefined ? bytes : inUtf8(words.value));
    return pdf.ok ? look(pdf.value, 'pdf', true) : pdf;
  };
  const kind = sniff(bytes, name);
  if ('refuse' in kind) return fail(kind.refuse);
  return 'convert' in kind ? convert(kind.convert, kind.of) : look(bytes, kind.take, false);
};
