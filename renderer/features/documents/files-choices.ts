/** What the person chose for each question of a site. The mailbox and the démarche may both ask. */
import { FilesChoice } from './files-choice.svelte.ts';

export class FilesChoices {
  readonly #all = new Map<string, FilesChoice>();

  /** `id`: of the question. */
  of(id: string, multiple: boolean): FilesChoice {
    const known = this.#all.get(id);
    if (known) return known;
    const first = new FilesChoice({ multiple });
    this.#all.set(id, first);
    return first;
  }

  /** The question was answered. */
  drop(id: string): void {
    this.#all.delete(id);
  }
}
