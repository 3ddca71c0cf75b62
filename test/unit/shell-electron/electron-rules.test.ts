import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { electronRules } from '../../../eslint.electron.js';

const found = (code: string): readonly string[] =>
  new Linter()
    .verify(code, { rules: { 'no-restricted-syntax': ['error', ...electronRules] } })
    .map((one) => one.message);

describe('the lint rules of the Electron shell', () => {
  it.each([
    'new V({ webPreferences: { sandbox: false } })',
    'new V({ webPreferences: { contextIsolation: false } })',
    'new V({ webPreferences: { nodeIntegration: true } })',
    'new V({ webPreferences: { webviewTag: true } })',
    'new V({ webPreferences: { enableBlinkFeatures: "Serial" } })',
    'shell.openExternal(url)',
    'contents.executeJavaScript("1")',
    'contents.openDevTools()',
    'dialog.showOpenDialog({})',
    'app.commandLine.appendSwitch("no-sandbox")',
    'app.commandLine.appendSwitch("ignore-certificate-errors")',
    'contents.on("certificate-error", (e, u, r, c, callback) => callback(true))',
    'session.setCertificateVerifyProc((r, callback) => callback(0))',
    'session.setPermissionRequestHandler(null)',
    'contents.setWindowOpenHandler(() => ({ action: "allow" }))',
    'view.webContents.loadURL("file:///etc/passwd")',
    'view.webContents.loadURL("http://example.test/")',
  ])('%s', (code) => {
    expect(found(code)).toHaveLength(1);
  });

  it('accept the kiosk’s own code', () => {
    expect(
      found(`new V({ webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false } });
        contents.on('certificate-error', (e, u, r, c, callback) => callback(false));
        session.setCertificateVerifyProc((r, callback) => callback(-3));
        contents.setWindowOpenHandler(() => ({ action: 'deny' }));`),
    ).toEqual([]);
  });
});
