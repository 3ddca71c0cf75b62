/** « Écouter » of the bar and of panels: reads what is in front, and shows where it is. */
import { ok } from '../../../main/contract/result.ts';
import type { Client } from '../../../main/contract/index.ts';
import { languageFacts, languageTags } from '../../../main/contract/languages.ts';
import type { Failed } from '../../client/errors.ts';
import type { Listening } from '../../ui/ui-context.ts';
import type { ReadAloud, Said } from './read-aloud.svelte.ts';
import { screenTexts, type ScreenText } from './screen-texts.ts';

export interface ScreenReadingDeps {
  readonly readAloud: ReadAloud;
  readonly speech: Pick<Client['speech'], 'listen'>;
  /** Only during a session: nothing is read to a passer-by. */
  readonly inSession: () => boolean;
  readonly page: Document;
  readonly onFailed: (failed: Failed) => void;
}

export class ScreenReading implements Listening {
  readonly #deps: ScreenReadingDeps;
  readonly #said: Said;
  #texts: readonly ScreenText[] = [];

  constructor(deps: ScreenReadingDeps) {
    this.#deps = deps;
    const { speech, onFailed } = deps;
    const texts = () =>
      this.#texts.map(({ words, tag }) => ({ words, tag: languageTags.includes(tag) ? tag : languageFacts.fr.tag }));
    this.#said = {
      listen: () => speech.listen({ texts: texts() }),
      texts: async () => ok(texts()),
      onText: (index) => this.#show(index),
      onFailed,
    };
  }

  get offered(): boolean {
    return this.#deps.inSession() && this.#deps.readAloud.available;
  }

  get speaking(): boolean {
    return this.#deps.readAloud.isSaying(this.#said);
  }

  toggle(): void {
    if (this.speaking) return this.stop();
    this.#texts = screenTexts(this.#deps.page);
    if (this.#texts.length > 0) void this.#deps.readAloud.say(this.#said);
  }

  stop(): void {
    if (this.speaking) this.#deps.readAloud.stop();
  }

  #show(index: number | undefined): void {
    for (const { element } of this.#texts) element.removeAttribute('data-said');
    const element = index === undefined ? undefined : this.#texts[index]?.element;
    if (!element) return;
    // It was replaced meanwhile: what follows may no longer be true.
    if (!element.isConnected) return this.stop();
    element.setAttribute('data-said', '');
    element.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  }
}
