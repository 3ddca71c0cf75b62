/**
 * Finds the page's own label of a file input, so that the person is asked for that document rather than for "a file".
 */
import type { FileWanted } from '../port.ts';
import type { CdpSession } from './cdp-session.ts';

/** Runs on the input, in our own world. Labels of more than 60 characters are sentences, so they are dropped. */
function nameOfInput(this: HTMLInputElement): { label: string; at: number; of: number } | null {
  const named = this.getAttribute('aria-labelledby')?.split(/\s+/) ?? [];
  const words = [
    ...named.map((id) => document.getElementById(id)?.innerText),
    this.getAttribute('aria-label'),
    ...[...(this.labels ?? [])].map((one) => one.innerText),
    this.title,
  ];
  const inputs = [...document.querySelectorAll('input[type=file]')];
  const label = words.find((one) => one !== undefined && one !== null && one.trim() !== '') ?? '';
  const plain = label.replace(/\s+/g, ' ').trim();
  const at = inputs.indexOf(this) + 1;
  return at === 0 ? null : { label: plain.length > 60 ? '' : plain, at, of: inputs.length };
}

/** Undefined: the input is not in the document, or the result is invalid. */
export const fieldOf = async (session: CdpSession, objectId: string): Promise<FileWanted['field']> => {
  const { result } = await session.send('Runtime.callFunctionOn', {
    objectId,
    functionDeclaration: nameOfInput.toString(),
    returnByValue: true,
  });
  // A compromised page process controls the result, so validate it like any outside data.
  const said = result.value as { label?: unknown; at?: unknown; of?: unknown } | null | undefined;
  const isCount = (one: unknown): one is number => Number.isInteger(one) && Number(one) > 0 && Number(one) < 100;
  if (typeof said?.label !== 'string' || said.label.length > 60 || !isCount(said.at) || !isCount(said.of))
    return undefined;
  return { label: said.label.replace(/[\p{Cc}\p{Cf}]/gu, ''), at: said.at, of: said.of };
};
