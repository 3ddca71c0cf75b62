import type { Migration } from '../migrate.ts';
import { counts } from './0001-counts.ts';
import { machineFaults } from './0002-machine-faults.ts';
import { voiceFault } from './0003-voice-fault.ts';
import { urgentHelp } from './0004-urgent-help.ts';
import { pairs } from './0005-pairs.ts';
import { keys } from './0006-keys.ts';
import { published } from './0007-published.ts';

/** In order, without a gap; never edited after a release. */
export const migrations: readonly Migration[] = [counts, machineFaults, voiceFault, urgentHelp, pairs, keys, published];
