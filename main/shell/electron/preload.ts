/**
 * The bridge of our own screens: text in, text out, nothing else. Sandboxed and isolated; bundled alone into
 * `dist/main/preload.cjs`. Messages that arrive before the screens listen are queued.
 */
import { contextBridge, ipcRenderer } from 'electron';
import { TO_MAIN, TO_SCREENS } from './channels.ts';

const waiting: string[] = [];
let listener: ((text: string) => void) | undefined;

ipcRenderer.on(TO_SCREENS, (_event, text: unknown) => {
  if (typeof text !== 'string') return;
  if (listener === undefined) waiting.push(text);
  else listener(text);
});

contextBridge.exposeInMainWorld('pointNumerique', {
  send: (text: unknown): void => ipcRenderer.send(TO_MAIN, String(text)),
  receive: (hear: (text: string) => void): void => {
    listener = hear;
    for (const text of waiting.splice(0)) hear(text);
  },
});
