/** What a person writes into the form of a document, until it is kept. */
import type { DocumentForm, FormBox, FormChange, FormField, FormValue } from '../../../main/contract/document-form.ts';

/** Letters of Europe, digits and signs: the kiosk can print no others. */
const UNWRITABLE = /[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{M}\p{N}\p{P}\p{Sc}\p{Zs}+=<>|~^°\n]/gu;

export interface PlacedBox {
  /** The place of its field in the form. */
  readonly at: number;
  readonly field: FormField;
  readonly box: FormBox;
}

export class FormDraft {
  readonly form: DocumentForm;
  #written = $state.raw<Readonly<Record<number, FormValue>>>({});
  /** The fields that were changed since the last `take`. */
  #changed: readonly number[] = [];
  /** The last text had letters that cannot be printed. They were left out. */
  refusedLetters = $state(false);

  constructor(form: DocumentForm) {
    this.form = form;
  }

  boxesOf(page: number): readonly PlacedBox[] {
    return this.form.fields.flatMap((field, at) =>
      field.boxes.filter((box) => box.page === page).map((box) => ({ at, field, box })),
    );
  }

  valueOf(at: number): FormValue {
    return at in this.#written ? (this.#written[at] ?? null) : (this.form.fields[at]?.value ?? null);
  }

  textOf(at: number): string {
    const value = this.valueOf(at);
    return typeof value === 'string' ? value : '';
  }

  /** Returns the text as it can be printed. */
  write(at: number, text: string): string {
    const kept = text.normalize('NFC').replaceAll(UNWRITABLE, '');
    this.refusedLetters = kept !== text.normalize('NFC');
    this.#set(at, kept);
    return kept;
  }

  choose(at: number, option: number | null): void {
    this.#set(at, option);
  }

  /** What is to be kept. */
  take(): readonly FormChange[] {
    const changes = this.#changed.map((field) => ({ field, value: this.valueOf(field) }));
    this.#changed = [];
    return changes;
  }

  /** It could not be kept: the next `take` returns it again. */
  putBack(changes: readonly FormChange[]): void {
    for (const { field } of changes) this.#noteChanged(field);
  }

  #set(at: number, value: FormValue): void {
    this.#written = { ...this.#written, [at]: value };
    this.#noteChanged(at);
  }

  #noteChanged(at: number): void {
    if (!this.#changed.includes(at)) this.#changed = [...this.#changed, at];
  }
}
