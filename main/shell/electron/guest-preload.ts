/**
 * Runs in every frame of a guest before the page's scripts; bundled alone into `dist/main/guest-preload.cjs`.
 *
 * Electron draws `alert` and `confirm` as system windows and answers `prompt` with nothing, whatever CDP says. Here
 * they ask the main process and wait, as the page expects; it draws them in the kiosk. `print` asks too, and the
 * pickers that would open a system dialog are taken away. `close` does nothing, as in a browser for a page that no script
 * opened: Electron would destroy the page.
 */
import { contextBridge, ipcRenderer } from 'electron';
import { GUEST_DIALOG, GUEST_PRINT } from './channels.ts';

const ask = (type: string, message: string, defaultText: string): unknown =>
  ipcRenderer.sendSync(GUEST_DIALOG, { type, message, defaultText });
const print = (at: number): void => ipcRenderer.send(GUEST_PRINT, at);

contextBridge.executeInMainWorld({
  // Sent as text into the page's world: it may use its arguments and the page's globals, nothing of this file.
  func: (askMain: typeof ask, printMain: typeof print) => {
    const text = (value: unknown): string => (value === undefined ? '' : String(value));
    const replace = (name: string, value: unknown): void => {
      Object.defineProperty(window, name, { value, configurable: false, writable: false, enumerable: true });
    };
    replace('alert', (message?: unknown) => void askMain('alert', text(message), ''));
    replace('confirm', (message?: unknown) => askMain('confirm', text(message), '') === true);
    replace('prompt', (message?: unknown, defaultText?: unknown) => {
      const answer = askMain('prompt', text(message), text(defaultText));
      return typeof answer === 'string' ? answer : null;
    });
    // Of a frame that is named, as one says that has no preload (`../guest/in-page.ts`); else of the one that asks.
    replace('print', (of?: unknown) => {
      printMain(Array.from({ length: window.length }, (_, at) => window[at] as unknown).indexOf(of));
    });
    replace('close', () => undefined);
    for (const picker of ['showOpenFilePicker', 'showSaveFilePicker', 'showDirectoryPicker']) {
      if (picker in window) replace(picker, undefined);
    }
  },
  args: [ask, print],
});
