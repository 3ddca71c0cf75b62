/** libsodium, imported when the first week is delivered or read, so that it does not slow down the start. */
import type Sodium from 'sodium-native';

type Library = typeof Sodium;
let library: Promise<Library> | undefined;

export const sodium = (): Promise<Library> => (library ??= import('sodium-native').then((loaded) => loaded.default));
