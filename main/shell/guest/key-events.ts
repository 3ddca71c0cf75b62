/** Converts a kiosk key to an event of the port. */
import type { GuestEvent } from '../port.ts';
import type { KeyCommand } from './reserved-keys.ts';

type KeyEvent = Extract<GuestEvent, { kind: 'keyboard-left' | 'zoom-in' | 'zoom-out' | 'zoom-reset' }>;

export const eventOfKey = (command: KeyCommand): KeyEvent =>
  command === 'next-part' || command === 'previous-part'
    ? { kind: 'keyboard-left', by: 'part-key', backwards: command === 'previous-part' }
    : { kind: command };

/** Parses a key report of the in-page scripts; undefined when it is about something else. */
export const keyReported = (text: string): KeyEvent | undefined => {
  switch (text) {
    case 'zoom-in':
    case 'zoom-out':
    case 'zoom-reset':
    case 'next-part':
    case 'previous-part':
      return eventOfKey(text);
    case 'tab-out':
      return { kind: 'keyboard-left', by: 'tab', backwards: false };
    case 'tab-out-back':
      return { kind: 'keyboard-left', by: 'tab', backwards: true };
    default:
      return undefined;
  }
};
