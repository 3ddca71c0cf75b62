/** Log events of the tutorials. They are about content, never about a person. */
import { event } from '../../log/fields.ts';

export const tutorialsEvents = {
  'tutorials.read': event(
    'The tutorials were read. Those with mistakes are left out; the lines beside this one name file, line and remedy.',
    { tutorials: 'number', mistakes: 'number' },
  ),
} as const;
