/**
 * Sets the user agent, languages and client hints that scripts of a guest's page see. `navigator.userAgent` follows the
 * session, but `navigator.languages` follows the system, and the client hints become empty once a user agent is set
 * (`shell/browser/api/electron_api_web_contents.cc`: `accept_languages`, `UserAgentOnly`). CDP sets all three together.
 */
import type { CdpSession } from '../guest/cdp-session.ts';
import { SITE_LANGUAGES } from './user-agent.ts';

export interface GuestVoice {
  readonly userAgent: string;
  /** `process.platform` and `process.arch` of this program. */
  readonly platform: string;
  readonly arch: string;
}

const PLATFORMS: Readonly<Record<string, string>> = { win32: 'Windows', darwin: 'macOS', linux: 'Linux' };

const overrideOf = ({ userAgent, platform, arch }: GuestVoice) => {
  const fullVersion = /Chrome\/([\d.]+)/.exec(userAgent)?.[1] ?? '';
  const [version = ''] = fullVersion.split('.');
  return {
    userAgent,
    acceptLanguage: SITE_LANGUAGES,
    userAgentMetadata: {
      // As Chromium does, with a meaningless brand (GREASE) that keeps sites from relying on the order of the list.
      brands: [
        { brand: 'Chromium', version },
        { brand: 'Not=A?Brand', version: '24' },
      ],
      fullVersion,
      platform: PLATFORMS[platform] ?? 'Linux',
      platformVersion: '',
      architecture: arch.startsWith('arm') ? 'arm' : 'x86',
      bitness: '64',
      model: '',
      mobile: false,
    },
  };
};

/**
 * Call before the page is armed: arming a frame of another origin lets it run, and it must have its override by then.
 */
export const giveVoice = async (session: CdpSession, voice: GuestVoice): Promise<void> => {
  const override = overrideOf(voice);
  const speakIn = (one: CdpSession): void => {
    one.on('Target.attachedToTarget', ({ sessionId }) => {
      const child = one.child(sessionId);
      speakIn(child);
      void child.send('Emulation.setUserAgentOverride', override).catch(() => undefined); // some targets have none
    });
  };
  speakIn(session);
  await session.send('Emulation.setUserAgentOverride', override);
};
