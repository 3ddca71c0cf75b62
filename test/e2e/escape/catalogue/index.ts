/** All that somebody may try, in the order it is played. */
import type { Attempt } from '../attempt.ts';
import { floods } from './floods.ts';
import { keyboard } from './keyboard.ts';
import { kills } from './kills.ts';
import { mouse } from './mouse.ts';
import { pages } from './pages.ts';
import { windows } from './windows.ts';

export const catalogue: readonly Attempt[] = [...keyboard, ...mouse, ...windows, ...pages, ...floods, ...kills];
