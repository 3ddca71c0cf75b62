/** libsodium, loaded when the first week is delivered or read, so that it does not slow down the start. */
import { createRequire } from 'node:module';
import type Sodium from 'sodium-native';

type Library = typeof Sodium;
let library: Library | undefined;

export const sodium = (): Library => (library ??= createRequire(import.meta.url)('sodium-native') as Library);
