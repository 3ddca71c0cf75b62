/** The text of the first page of a PDF, as a reader copies it. */
import { openPdf } from '../../../main/features/printing/pdf/view-pdf.ts';

export const wordsOn = async (pdf: Uint8Array): Promise<string> => {
  const view = await openPdf(pdf);
  try {
    const { items } = await (await view.document.getPage(1)).getTextContent();
    return items.map((item) => ('str' in item ? item.str : '')).join('');
  } finally {
    await view.close();
  }
};
