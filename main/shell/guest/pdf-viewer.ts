/**
 * Runs in Chromium's PDF viewer. It is the browser's own page, which no site can modify, so what is done here is
 * reliable.
 */

/** The parts used of a file that the viewer has let a person choose. */
interface ChosenFile {
  createWritable(): Promise<{ write(part: BlobPart): Promise<void>; close(): Promise<void> }>;
}

/** Stringified into the page, so it uses nothing from outside. */
export function inPdfViewer(): void {
  interface Attributes {
    allowJavascript: boolean;
  }
  interface ViewerScope {
    chrome?: {
      pdfViewerPrivate?: { setPdfPluginAttributes: (attributes: Attributes) => unknown };
      tabs?: { update: (tab: number, wanted: { readonly url?: string }) => unknown };
    };
    showSaveFilePicker?: (options: { suggestedName: string }) => Promise<ChosenFile>;
  }
  const scope = globalThis as unknown as ViewerScope;

  // PDFs run no script: an alert would open a browser dialog.
  const viewer = scope.chrome?.pdfViewerPrivate;
  if (viewer) {
    const native = viewer.setPdfPluginAttributes;
    viewer.setPdfPluginAttributes = (attributes) => native({ ...attributes, allowJavascript: false });
  }

  // The browser follows a link of the PDF on the viewer's request. For a `mailto:` it would put its error page in the
  // place of the whole page, and what was typed into the PDF would be lost. So the link becomes one of the viewer's own
  // page, which is reported like that of any page (`in-page.ts`).
  const tabs = scope.chrome?.tabs;
  if (tabs) {
    const native = tabs.update;
    tabs.update = (tab, wanted) => {
      if (!/^mailto:/i.test(wanted.url ?? '')) return native(tab, wanted);
      const link = Object.assign(document.createElement('a'), { href: wanted.url });
      link.addEventListener('click', (event) => event.preventDefault());
      document.body.append(link);
      link.click();
      link.remove();
      return undefined;
    };
  }

  // The plug-in draws the fields and takes the keys, so that no event of the page tells that somebody fills in a form.
  // It says so on its port, once a document.
  const port = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage');
  if (port)
    Object.defineProperty(MessagePort.prototype, 'onmessage', {
      ...port,
      set(this: MessagePort, hear: MessagePort['onmessage']) {
        this.addEventListener('message', ({ data }: MessageEvent<{ readonly type?: unknown } | null>) => {
          if (data?.type === 'setIsEditing') dispatchEvent(new Event('pdf-filled'));
        });
        port.set?.call(this, hear);
      },
    });

  // A form that the person has filled in, or a file attached to the PDF, is saved through the browser's file dialog,
  // which the kiosk refuses. It becomes a download, as the unchanged PDF does.
  scope.showSaveFilePicker = async ({ suggestedName }) => ({
    createWritable: async () => {
      const parts: BlobPart[] = [];
      return {
        write: async (part) => void parts.push(part),
        close: async () => {
          const link = document.createElement('a');
          link.href = URL.createObjectURL(new Blob(parts));
          link.download = suggestedName;
          link.click();
        },
      };
    },
  });
}
