import { event } from '../../log/fields.ts';

export const mapEvents = {
  'map.unreadable': event(
    'The map of the configuration folder (`map.json`) is not whole; the simplified one is shown. Make it again: `npm start -- map build`.',
  ),
  'map.streets-unreadable': event(
    'The streets named in `directory.streets` could not be read: places are shown on the map of the département alone.',
    { fault: ['missing', 'not-pmtiles', 'not-vector', 'damaged'] },
  ),
} as const;
