import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { knownPolicies } from './known-policies.ts';

const file = join(import.meta.dirname, '../../../resources/os/linux/chromium-policies/point-numerique.json');
const policies = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
const kindOf = (value: unknown): string => (Array.isArray(value) ? 'list' : typeof value);

describe('the managed policies of an installed kiosk', () => {
  it('use only policies that Chromium knows, with values of the right kind', () => {
    const wrong = Object.entries(policies).filter(
      ([name, value]) => (knownPolicies as Record<string, string>)[name] !== kindOf(value),
    );
    expect(wrong).toEqual([]);
  });

  it('lock what the issue names', () => {
    expect(policies).toMatchObject({
      DeveloperToolsAvailability: 2,
      AllowFileSelectionDialogs: false,
      IncognitoModeAvailability: 1,
      BrowserSignin: 0,
      ExtensionInstallBlocklist: ['*'],
      PrintingEnabled: false,
      TaskManagerEndProcessEnabled: false,
      PasswordManagerEnabled: false,
      TranslateEnabled: false,
      SSLErrorOverrideAllowed: false,
      AutofillAddressEnabled: false,
      BuiltInAIAPIsEnabled: false,
      ComponentUpdatesEnabled: false,
      LocalNetworkAccessBlockedForUrls: ['*'],
    });
  });

  it('leave our own screens and the pipe that drives the browsers alone', () => {
    expect(policies['URLAllowlist']).toContain('https://kiosk.localhost');
    expect(policies['RemoteDebuggingAllowed']).toBe(true);
  });
});
