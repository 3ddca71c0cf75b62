import { event } from '../../log/fields.ts';

export const mapEvents = {
  'map.unreadable': event(
    'The map of the configuration folder (`map.json`) is not whole; the simplified one is shown. Make it again: `npm start -- map build`.',
  ),
} as const;
