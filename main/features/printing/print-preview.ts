/** What the print screen shows before a print: the document, that it is being prepared, or why it was refused. */
import type { StateOf } from '../../contract/define.ts';
import type { PrintingContract, PrintRefusal, PrintSource } from '../../contract/printing.ts';
import { errorFields } from '../../log/error-fields.ts';
import type { Logger } from '../../log/logger.ts';
import { LONG_FROM } from './choice.ts';
import { findBlank, makeShown, type ShownDeps, type ShownDocument } from './shown-document.ts';

export interface PrintPreview {
  readonly view: Pick<StateOf<PrintingContract>, 'preparing' | 'refusal' | 'document'>;
  readonly shown: ShownDocument | undefined;
  /** Replaces the document. The view has the new one, or why there is none. */
  prepare(source: PrintSource): Promise<void>;
  /** Drops the document, and the one that is being prepared. */
  close(): Promise<void>;
}

export interface PrintPreviewDeps extends ShownDeps {
  readonly logger: Logger;
  /** Aborted when the session ends. */
  readonly over: AbortSignal;
  /** A run is in progress: its document stays, even if one of its pages cannot be drawn. */
  readonly printing: () => boolean;
  readonly onChange: () => void;
}

export const nothingShown: PrintPreview['view'] = { preparing: false, refusal: null, document: null };

const viewOf = ({ id, source, prepared, blank }: ShownDocument): PrintPreview['view']['document'] => ({
  id,
  kind: source.kind,
  pages: prepared.pages,
  blank: [...blank],
  landscape: prepared.landscape,
  cleaned: prepared.cleaned,
  longFrom: LONG_FROM,
});

export const createPrintPreview = (deps: PrintPreviewDeps): PrintPreview => {
  const { logger, pdfDecoder, over, onChange } = deps;
  let shown: ShownDocument | undefined;
  let preparing = 0;
  let refusal: PrintRefusal | null = null;
  /** Cancels the preparation: on the next document, on leaving the print screen. */
  let preparation = new AbortController();

  const forgetShown = async (): Promise<void> => {
    const old = shown;
    shown = undefined;
    if (old !== undefined) await pdfDecoder.ask('close', { key: old.id });
  };
  const refuse = (why: PrintRefusal): void => {
    refusal = why;
    logger.log('print.refused', { code: why });
  };
  const show = (made: ShownDocument): void => {
    shown = made;
    void findBlank(pdfDecoder, made, {
      isActive: () => shown === made && !over.aborted,
      onFound: onChange,
      onUndrawable(why) {
        if (deps.printing()) return;
        void forgetShown();
        refuse(why);
        onChange();
      },
    });
  };

  return {
    get view() {
      return { preparing: preparing > 0, refusal, document: shown === undefined ? null : viewOf(shown) };
    },
    get shown() {
      return shown;
    },
    async prepare(source) {
      preparation.abort();
      preparation = new AbortController();
      const signal = AbortSignal.any([preparation.signal, over]);
      preparing += 1;
      refusal = null;
      const forgotten = forgetShown();
      // Publish before the command returns, or the screen would take the previous document for this one.
      onChange();
      try {
        await forgotten;
        const made = await makeShown(deps, source, signal);
        if (signal.aborted) {
          if (made.ok) await pdfDecoder.ask('close', { key: made.value.id });
          return;
        }
        if (made.ok) show(made.value);
        else refuse(made.error);
      } catch (cause) {
        // The person only needs to know that the document is not there; the log has the cause.
        if (!signal.aborted) refusal = 'gone';
        logger.log('print.refused', { ...errorFields(cause), code: 'source-broken' });
      } finally {
        preparing -= 1;
        onChange();
      }
    },
    async close() {
      preparation.abort();
      refusal = null;
      await forgetShown();
    },
  };
};
