/** The text of each kind of trouble on a site, and its one way forward. */
import type { Cover } from '../../../main/contract/browsing.ts';
import type { Message } from '../../../main/contract/i18n/define-messages.ts';
import type { IconName } from '../../ui/icons.ts';
import type { Tint } from '../../ui/tints.ts';
import { browsingMessages as m } from './messages.ts';

export interface WayForward {
  readonly how: 'retry' | 'back' | 'start-over' | 'wait';
  readonly label: Message;
}

export interface CoverText {
  readonly icon: IconName;
  readonly tint: Tint;
  readonly title: Message;
  readonly text: Message;
  readonly way: WayForward;
  /** A second, quieter way: only where waiting may never end. */
  readonly other?: WayForward;
  /** When the site itself fails, also show how to do it by telephone or on paper. */
  readonly planB: boolean;
}

const retry: WayForward = { how: 'retry', label: m.tryAgain };
const wait: WayForward = { how: 'wait', label: m.waitMore };
const startOver: WayForward = { how: 'start-over', label: m.startOver };
const reopen: WayForward = { how: 'start-over', label: m.reopen };

type Fault = Extract<Cover, { kind: 'unreachable' }>['fault'];

/** The page still exists behind the cover. */
const toSite = { way: { how: 'back', label: m.backToSite }, planB: false } as const;

const contacts = {
  mail: { icon: 'mail', title: m.mailTitle, text: m.mailText },
  phone: { icon: 'phone', title: m.phoneTitle, text: m.phoneText },
  text: { icon: 'phone', title: m.phoneTitle, text: m.textMessageText },
} as const;

/** Undefined for the covers that have a component of their own. */
export function coverText(cover: Cover, canGoBack: boolean): CoverText | undefined {
  const away: WayForward = canGoBack ? toSite.way : startOver;
  const faults: Readonly<Record<Fault, CoverText>> = {
    offline: { icon: 'offline', tint: 'amber', title: m.offlineTitle, text: m.offlineText, way: retry, planB: true },
    'name-not-found': {
      icon: 'unplugged',
      tint: 'amber',
      title: m.nameTitle,
      text: m.nameText,
      way: retry,
      planB: true,
    },
    refused: {
      icon: 'unplugged',
      tint: 'amber',
      title: m.refusedByTitle,
      text: m.refusedByText,
      way: retry,
      planB: true,
    },
    certificate: {
      icon: 'blocked',
      tint: 'clay',
      title: m.certificateTitle,
      text: m.certificateText,
      way: away,
      planB: true,
    },
    intercepted: {
      icon: 'blocked',
      tint: 'amber',
      title: m.interceptedTitle,
      text: m.interceptedText,
      way: retry,
      planB: true,
    },
    clock: {
      icon: 'warning',
      tint: 'amber',
      title: m.clockTitle,
      text: m.clockText,
      way: retry,
      planB: true,
    },
    'server-error': {
      icon: 'unplugged',
      tint: 'amber',
      title: m.serverTitle,
      text: m.serverText,
      way: retry,
      planB: true,
    },
    slow: {
      icon: 'waiting',
      tint: 'amber',
      title: m.slowTitle,
      text: m.slowText,
      way: wait,
      other: retry,
      planB: true,
    },
    'login-wanted': { icon: 'blocked', tint: 'clay', title: m.loginTitle, text: m.loginText, way: away, planB: false },
    'sent-page': {
      icon: 'again',
      tint: 'amber',
      title: m.sentPageTitle,
      text: m.sentPageText,
      way: startOver,
      planB: false,
    },
    garbage: { icon: 'warning', tint: 'amber', title: m.garbageTitle, text: m.garbageText, way: away, planB: true },
  };
  switch (cover.kind) {
    case 'unreachable':
      return faults[cover.fault];
    case 'blocked':
      return {
        icon: 'blocked',
        tint: 'clay',
        title: m.blockedTitle,
        text: m.blockedWhy,
        ...toSite,
      };
    case 'program':
      return {
        icon: 'phone',
        tint: 'blue',
        title: m.programTitle,
        text: m.programText,
        ...toSite,
      };
    case 'contact':
      return {
        ...contacts[cover.by],
        tint: 'blue',
        ...toSite,
      };
    case 'crashed':
      return {
        icon: 'unplugged',
        tint: 'amber',
        title: m.crashedTitle,
        text: m.crashedText,
        way: reopen,
        planB: false,
      };
    case 'unresponsive':
      return {
        icon: 'waiting',
        tint: 'amber',
        title: m.stuckTitle,
        text: m.stuckText,
        way: wait,
        other: reopen,
        planB: false,
      };
    default:
      return undefined;
  }
}
