/**
 * Runs in every frame of a guest before the page's scripts; bundled alone into `dist/main/guest-preload.cjs`.
 *
 * Electron shows `alert` and `confirm` as system windows and does not implement `prompt`, whatever CDP answers. Here
 * they send a synchronous message to the main process, which has the kiosk draw the dialog. `print` sends a message
 * too. The file pickers that would open a system dialog are removed. `close` does nothing, as in a browser when no
 * script opened the page; Electron would destroy the page.
 */
import { contextBridge, ipcRenderer } from 'electron';
import { GUEST_DIALOG, GUEST_PRINT } from './channels.ts';

const ask = (type: string, message: string, defaultText: string): unknown =>
  ipcRenderer.sendSync(GUEST_DIALOG, { type, message, defaultText });
const print = (at: number): void => ipcRenderer.send(GUEST_PRINT, at);

contextBridge.executeInMainWorld({
  // Serialized into the page's world, so it can use only its arguments and the page's globals, nothing else of this
  // file.
  func: (askMain: typeof ask, printMain: typeof print) => {
    const text = (value: unknown): string => (value === undefined ? '' : String(value));
    // Configurable, as in a browser: a script that declares one of these names itself (`const close = …`) would
    // otherwise not run at all. Electron may set its own `prompt`, which throws, after us (`SetUpWindow`): that one is
    // read-only.
    const replace = (name: string, value: unknown, writable = true): void => {
      Object.defineProperty(window, name, { value, configurable: true, writable, enumerable: true });
    };
    const ours = {
      alert: (message?: unknown) => void askMain('alert', text(message), ''),
      confirm: (message?: unknown) => askMain('confirm', text(message), '') === true,
      prompt: (message?: unknown, defaultText?: unknown) => {
        const answer = askMain('prompt', text(message), text(defaultText));
        return typeof answer === 'string' ? answer : null;
      },
      // `of` is a child frame without a preload of its own. Without it, this frame is printed (-1).
      print: (of?: unknown) => {
        printMain(Array.from({ length: window.length }, (_, at) => window[at] as unknown).indexOf(of));
      },
    };
    for (const [name, value] of Object.entries(ours)) replace(name, value, name !== 'prompt');
    replace('close', () => undefined);
    for (const picker of ['showOpenFilePicker', 'showSaveFilePicker', 'showDirectoryPicker'])
      Reflect.deleteProperty(window, picker);
    // For frames without a preload (`../guest/no-system-dialogs.ts`): what the page cannot replace.
    Object.defineProperty(window, Symbol.for('point-numerique'), { value: Object.freeze(ours) });
  },
  args: [ask, print],
});
