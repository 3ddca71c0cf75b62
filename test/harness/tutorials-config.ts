/** Copies tutorials into a configuration: either those that ship, or the fixtures with one of each kind of exercise. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const folders = {
  shipped: join(root, 'kiosk-config', 'tutorials'),
  kinds: join(root, 'test', 'fixtures', 'tutorials'),
} as const;

export const addTutorials = (configDir: string, which: keyof typeof folders): void =>
  cpSync(folders[which], join(configDir, 'tutorials'), { recursive: true });
