/** The cards that kiosks put in a share. Anyone can write one, so they are only compared with the register. */
import type { Entry, Files } from '../../platform/files.ts';
import type { FolderProblem } from './folder-part.ts';
import { READ_AT_ONCE, safeName, type CardFault } from './read-bundle.ts';
import type { CardKeys, KioskCard, TrustedKiosk } from './register.ts';
import { readCard } from './write-bundles.ts';

export const isCard = (name: string): boolean => name.endsWith('.borne');

/** Further keys of a kiosk are reported, but not tried: each would cost a verification for every refused week. */
const KEYS_TRIED = 4;

export const readCards = async (
  files: Files,
  folder: string,
  entries: readonly Entry[],
  kiosks: readonly TrustedKiosk[],
): Promise<{ readonly keys: CardKeys; readonly problems: readonly FolderProblem[] }> => {
  const registered = new Map(kiosks.map(({ kiosk, keys }) => [kiosk, new Set(keys.map((one) => one.publicKey))]));
  const keys = new Map<string, string[]>();
  const problems: FolderProblem[] = [];
  const faultOf = (name: string, card: KioskCard | undefined): CardFault | undefined => {
    if (!card || card.kiosk !== name.split('.', 1)[0]) return 'card-unreadable';
    const known = registered.get(card.kiosk);
    if (!known) return 'card-unknown-kiosk';
    if (known.has(card.publicKey)) return undefined;
    const others = keys.get(card.kiosk) ?? [];
    if (others.length < KEYS_TRIED) keys.set(card.kiosk, [...others, card.publicKey]);
    return 'card-other-key';
  };
  const named = entries.filter(({ name }) => isCard(name));
  for (let from = 0; from < named.length; from += READ_AT_ONCE) {
    const some = named.slice(from, from + READ_AT_ONCE);
    const cards = await Promise.all(
      some.map(async ({ name, kind }) => (kind === 'file' ? readCard(files, `${folder}/${name}`) : undefined)),
    );
    some.forEach(({ name }, at) => {
      const fault = faultOf(name, cards[at]);
      if (fault) problems.push({ name: safeName(name), fault });
    });
  }
  return { keys, problems };
};
