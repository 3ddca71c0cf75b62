/**
 * What a guest's page says of its browser to scripts: the name in `navigator.userAgent` is its session's, but the languages of
 * `navigator.languages` are the system's, and the client hints are empty as soon as a name is set
 * (`shell/browser/api/electron_api_web_contents.cc`: `accept_languages`, `UserAgentOnly`). The protocol says all three alike.
 */
import type { CdpSession } from '../guest/cdp-session.ts';
import { acceptLanguages } from './user-agent.ts';

export interface GuestVoice {
  readonly userAgent: string;
  readonly language: string;
  /** `process.platform` and `process.arch` of this program. */
  readonly platform: string;
  readonly arch: string;
}

const PLATFORMS: Readonly<Record<string, string>> = { win32: 'Windows', darwin: 'macOS', linux: 'Linux' };

const overrideOf = ({ userAgent, language, platform, arch }: GuestVoice) => {
  const fullVersion = /Chrome\/([\d.]+)/.exec(userAgent)?.[1] ?? '';
  const [version = ''] = fullVersion.split('.');
  return {
    userAgent,
    acceptLanguage: acceptLanguages(language),
    userAgentMetadata: {
      // As Chromium says it of itself, with the name that means nothing and keeps sites from reading the list by its order.
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

/** Call before the page is armed: frames of another origin are told here, and let go by the one that arms them. */
export const giveVoice = async (session: CdpSession, voice: GuestVoice): Promise<void> => {
  const override = overrideOf(voice);
  const speakIn = (one: CdpSession): void => {
    one.on('Target.attachedToTarget', ({ sessionId }) => {
      const child = one.child(sessionId);
      speakIn(child);
      void child.send('Emulation.setUserAgentOverride', override).catch(() => undefined); // a kind of target without one
    });
  };
  speakIn(session);
  await session.send('Emulation.setUserAgentOverride', override);
};
