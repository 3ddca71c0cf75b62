/**
 * What a decoder of Electron on Linux reads before its own script: sharp in WebAssembly. Sharp's native library brings a GLib of its
 * own into a process in which Electron has loaded the system's, and one frees what the other made (Electron's issue 46323, sharp's
 * 4522).
 */
import { registerHooks } from 'node:module';

const NATIVE = /^@img\/sharp-linux[a-z]*-[a-z0-9]+\/sharp\.node$/;
const WASM = '@img/sharp-wasm32/sharp.node';

registerHooks({
  resolve: (specifier, context, next) => next(NATIVE.test(specifier) ? WASM : specifier, context),
});

const script = process.argv[2];
if (script === undefined) throw new Error('a decoder without a script');
// What it is asked meanwhile waits: a port is heard from the first listener on (`lib/utility/init.ts`).
await import(script);
