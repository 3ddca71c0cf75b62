/**
 * What an Electron program must not say, as ESLint selectors: the checks of the known analysers (see "Why" in
 * main/shell/README.md), kept by us and run with everything else. That the guards are *there* is what the unit tests on
 * the recording fake hold: a handler that is not set throws in it.
 */
const property = (name, value) => `Property[key.name='${name}'][value.value=${value}]`;
const called = (name) => `CallExpression[callee.property.name='${name}']`;
const flag = (name) => `${called('appendSwitch')}[arguments.0.value='${name}']`;
const heard = (event, inside) => `${called('on')}[arguments.0.value='${event}'] ${inside}`;

const mustStayOn = ['sandbox', 'contextIsolation', 'webSecurity', 'safeDialogs', 'disableDialogs'];
const mustStayOff = [
  'nodeIntegration',
  'nodeIntegrationInWorker',
  'webviewTag',
  'allowRunningInsecureContent',
  'experimentalFeatures',
  'plugins',
  'devTools',
  'navigateOnDragDrop',
  'enableWebSQL',
  'enableDeprecatedPaste',
  'enableRemoteModule',
  'offscreen',
];
/** Each does something that no kiosk wants, or does it without a guard of ours seeing it. */
const mustNotBeCalled = {
  openExternal: 'hands an address to another program',
  openPath: 'hands a file to another program',
  showItemInFolder: 'shows the files of the machine',
  executeJavaScript: 'runs text in the page’s own world',
  executeJavaScriptInIsolatedWorld: 'runs text: the scripts of ours are armed before the page begins',
  insertCSS: 'changes a site',
  openDevTools: 'opens the tools of developers',
  toggleDevTools: 'opens the tools of developers',
  showOpenDialog: 'a dialog of the system',
  showSaveDialog: 'a dialog of the system',
  showMessageBox: 'a window of the system',
  setAsDefaultProtocolClient: 'lets a site start us',
  registerFileProtocol: 'serves files of the machine',
  interceptFileProtocol: 'serves files of the machine',
  disableHardwareAcceleration: 'is decided by the system',
  allowNTLMCredentialsForDomains: 'signs in with the machine’s own account',
  setPreloads: 'our preloads are named where the view is made',
  registerPreloadScript: 'our preloads are named where the view is made',
};
const switchesThatUnlock = [
  'no-sandbox',
  'disable-web-security',
  'ignore-certificate-errors',
  'allow-running-insecure-content',
  'disable-site-isolation-trials',
  'remote-debugging-port',
  'js-flags',
  'proxy-server',
  'load-extension',
];

const rules = [
  ...mustStayOn.map((name) => ({ selector: property(name, false), message: `${name} stays on.` })),
  ...mustStayOff.map((name) => ({ selector: property(name, true), message: `${name} stays off.` })),
  ...Object.entries(mustNotBeCalled).map(([name, why]) => ({ selector: called(name), message: `${name} ${why}.` })),
  ...switchesThatUnlock.map((name) => ({ selector: flag(name), message: `--${name} undoes a lock.` })),
  {
    selector: heard('certificate-error', "CallExpression[callee.name='callback'][arguments.0.value=true]"),
    message: 'A bad certificate is refused.',
  },
  {
    selector: `${called('setCertificateVerifyProc')} CallExpression[callee.name='callback'][arguments.0.value=0]`,
    message: 'Zero means "trusted, whatever Chromium says".',
  },
  {
    selector: `${called('setPermissionRequestHandler')}[arguments.0.value=null]`,
    message: 'Without a handler Electron grants everything.',
  },
  { selector: "Property[key.name='enableBlinkFeatures']", message: 'Nothing experimental is switched on.' },
  { selector: "Property[key.name='action'][value.value='allow']", message: 'No window opens by itself.' },
  { selector: 'Literal[value=/^(http|file):/]', message: 'Nothing is loaded from http: or file:.' },
  { selector: "MemberExpression[property.name='remote']", message: 'The remote module is gone for a reason.' },
];

export { rules as electronRules };
