import { event } from '../../log/fields.ts';

export const speechEvents = {
  'speech.not-spoken': event('The sound of a text read aloud could not be made; `code` only.', { code: 'word' }),
} as const;
