/**
 * Loaded before a decoder's own script, under Electron on Linux: makes `sharp` resolve to its WebAssembly build.
 * Sharp's native library brings a second GLib into a process where Electron has loaded the system's, and each frees
 * memory that the other allocated (Electron's issue 46323, sharp's 4522).
 */
import { registerHooks } from 'node:module';

const NATIVE = /^@img\/sharp-linux[a-z]*-[a-z0-9]+\/sharp\.node$/;
const WASM = '@img/sharp-wasm32/sharp.node';

registerHooks({
  resolve: (specifier, context, next) => next(NATIVE.test(specifier) ? WASM : specifier, context),
});

const script = process.argv[2];
if (script === undefined) throw new Error('a decoder without a script');
// Messages that arrive during this import are not lost: the port starts with the first listener
// (`lib/utility/init.ts`).
await import(script);
