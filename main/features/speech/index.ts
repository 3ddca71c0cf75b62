/** The voice of this machine: espeak-ng. */
import { createEspeakSpeech } from '../../devices/espeak/espeak-speech.ts';
import { childrenNamed } from '../../platform/process-tree.ts';
import { run } from '../../platform/run.ts';
import { defineFeature } from '../feature.ts';
import { speechEvents } from './events.ts';
import { createSpeech } from './speech.ts';

export const speechFeature = defineFeature({
  name: 'speech',
  counters: [],
  events: speechEvents,
  open: (kiosk) => createSpeech({ ...kiosk, speech: createEspeakSpeech({ run, childrenNamed }) }),
});
