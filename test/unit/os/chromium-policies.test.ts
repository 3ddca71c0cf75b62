import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataOf, makeProfile } from '../../../main/shell/chromium/profile.ts';
import { knownPolicies } from './known-policies.ts';

const file = join(import.meta.dirname, '../../../resources/os/linux/chromium-policies/zz-point-numerique.json');
const policies = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
const kindOf = (value: unknown): string => (Array.isArray(value) ? 'list' : typeof value);

/** The value of a preference in a new profile, whether it belongs to the profile or to the whole browser. */
const readProfile = (): ((path: string) => unknown) => {
  const parent = mkdtempSync(join(tmpdir(), 'pn-policies-'));
  try {
    const data = dataOf(makeProfile(parent));
    const files = ['Default/Preferences', 'Local State'].map(
      (name) => JSON.parse(readFileSync(join(data, name), 'utf8')) as Record<string, unknown>,
    );
    return (path) =>
      files
        .map((one) => path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown>)?.[name], one))
        .find((value) => value !== undefined);
  } finally {
    rmSync(parent, { recursive: true });
  }
};
const guard = (name: string): string => `profile.default_content_setting_values.${name}`;

/** Policies that set what the profile sets, and the preference that each one overrides. */
const SAME: Readonly<Record<string, string>> = {
  PrintingEnabled: 'printing.enabled',
  AllowFileSelectionDialogs: 'select_file_dialogs.allowed',
  PromptForDownloadLocation: 'download.prompt_for_download',
  PasswordManagerEnabled: 'credentials_enable_service',
  AutofillAddressEnabled: 'autofill.profile_enabled',
  AutofillCreditCardEnabled: 'autofill.credit_card_enabled',
  PaymentMethodQueryEnabled: 'payments.can_make_payment_enabled',
  TranslateEnabled: 'translate.enabled',
  SpellCheckServiceEnabled: 'spellcheck.use_spelling_service',
  SearchSuggestEnabled: 'search.suggest_enabled',
  NetworkPredictionOptions: 'net.network_prediction_options',
  AlternateErrorPagesEnabled: 'alternate_error_pages.enabled',
  BackgroundModeEnabled: 'background_mode.enabled',
  FullscreenAllowed: 'fullscreen.allowed',
  ScreenCaptureAllowed: 'hardware.screen_capture_enabled',
  SSLErrorOverrideAllowed: 'ssl.error_override_allowed',
  BuiltInAIAPIsEnabled: 'policy.built_in_ai_apis_enabled',
  DnsOverHttpsMode: 'dns_over_https.mode',
  DnsOverHttpsTemplates: 'dns_over_https.templates',
  AuthSchemes: 'auth.schemes',
  DefaultWebUsbGuardSetting: guard('usb_guard'),
  DefaultWebBluetoothGuardSetting: guard('bluetooth_guard'),
  DefaultWebHidGuardSetting: guard('hid_guard'),
  DefaultSerialGuardSetting: guard('serial_guard'),
  DefaultFileSystemReadGuardSetting: guard('file_system_read_guard'),
  DefaultFileSystemWriteGuardSetting: guard('file_system_write_guard'),
};

/**
 * Policies that override nothing of the profile: it leaves these to the browser, or the application has its own lock.
 */
const ALONE: ReadonlySet<string> = new Set([
  'DownloadRestrictions',
  'IncognitoModeAvailability',
  'SyncDisabled',
  'BrowserAddPersonEnabled',
  'BrowserGuestModeEnabled',
  'ExtensionInstallBlocklist',
  'TaskManagerEndProcessEnabled',
  'DefaultSearchProviderEnabled',
  'MetricsReportingEnabled',
  'UrlKeyedAnonymizedDataCollectionEnabled',
  'PromotionsEnabled',
  'DefaultBrowserSettingEnabled',
  'EditBookmarksEnabled',
  'BookmarkBarEnabled',
  'ShowHomeButton',
  'DefaultPopupsSetting',
  'CertificateTransparencyEnforcementDisabledForUrls',
  'WebRtcIPHandling',
  'WebRtcIPHandlingUrl',
  'WebRtcLocalIpsAllowedUrls',
  'LocalNetworkAccessAllowedForUrls',
  'AllHttpAuthSchemesAllowedForOrigins',
  'AudioCaptureAllowedUrls',
  'VideoCaptureAllowedUrls',
  'DefaultGeolocationSetting',
  'DefaultNotificationsSetting',
  'NotificationsAllowedForUrls',
  'DefaultClipboardSetting',
  'ClipboardAllowedForUrls',
  'ScreenCaptureAllowedByOrigins',
  'BrowserSwitcherEnabled',
  'DisablePrintPreview',
  'EnableMediaRouter',
  'RemoteDebuggingAllowed',
  'QuicAllowed',
  'DefaultJavaScriptJitSetting',
  'ComponentUpdatesEnabled',
  'LocalNetworkAccessBlockedForUrls',
  'CommandLineFlagSecurityWarningsEnabled',
]);

describe('the managed policies of an installed kiosk', () => {
  it('use only policies that Chromium knows, with values of the right kind', () => {
    const wrong = Object.entries(policies).filter(
      ([name, value]) => (knownPolicies as Record<string, string>)[name] !== kindOf(value),
    );
    expect(wrong).toEqual([]);
  });

  it('lock what the issue names', () => {
    // Refuses the developer tools: `DeveloperToolsAvailability` would refuse us the pages too.
    expect(policies['URLBlocklist']).toContain('devtools:*');
    expect(policies).toMatchObject({
      AllowFileSelectionDialogs: false,
      IncognitoModeAvailability: 1,
      BrowserSignin: 0,
      ExtensionInstallBlocklist: ['*'],
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

  // A managed policy overrides the preferences of the profile. When they differed, an installed kiosk could not print.
  it('agree with the profile of every browser', () => {
    const preference = readProfile();
    const differ = Object.entries(SAME).filter(([policy, path]) => policies[policy] !== preference(path));
    expect(differ).toEqual([]);
    expect(policies['SafeBrowsingProtectionLevel']).toBe(preference('safebrowsing.enabled') === false ? 0 : 1);
    expect(policies['BrowserSignin']).toBe(preference('signin.allowed') === false ? 0 : 1);
    expect(policies['AlwaysOpenPdfExternally']).toBe(preference('plugins.always_open_pdf_externally') ?? false);
    expect(policies['URLBlocklist']).toEqual(expect.arrayContaining(preference('policy.url_blocklist') as string[]));
    expect(policies['URLAllowlist']).toEqual(expect.arrayContaining(preference('policy.url_allowlist') as string[]));
  });

  it('are all compared with the profile, or known to override nothing of it', () => {
    const compared = new Set([
      ...Object.keys(SAME),
      'SafeBrowsingProtectionLevel',
      'BrowserSignin',
      'AlwaysOpenPdfExternally',
      'URLBlocklist',
      'URLAllowlist',
    ]);
    expect(Object.keys(policies).filter((name) => !compared.has(name) && !ALONE.has(name))).toEqual([]);
  });

  it('allow the parts of the browser that show a PDF, and hand over what a page prints', () => {
    expect(policies['URLAllowlist']).toEqual(
      expect.arrayContaining([
        'chrome://print',
        'chrome-untrusted://print',
        'chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai',
      ]),
    );
  });

  it('leave our own screens and the pipe that drives the browsers alone', () => {
    expect(policies['URLAllowlist']).toContain('https://kiosk.localhost');
    expect(policies['RemoteDebuggingAllowed']).toBe(true);
    // With 2, Chromium 156 attaches nothing to a page through the pipe either, and the kiosk does not start.
    expect(policies).not.toHaveProperty('DeveloperToolsAvailability');
  });

  // "denied" before any request is how sites recognize a robot. `seen-as-a-person.test.ts` compares the states.
  it('refuse beforehand nothing that a plain browser would ask the person', () => {
    const asked =
      /^(Video|Audio)Capture|^Default(Geolocation|Notifications|Sensors|Clipboard|LocalFonts|WindowManagement)Setting$/;
    const said = Object.entries(policies).filter(([name]) => asked.test(name));
    expect(said.length).toBeGreaterThan(0);
    // 3: ask; no list grants anything. They only keep what another policy of the place would grant.
    expect(said.filter(([, value]) => value !== 3 && JSON.stringify(value) !== '[]')).toEqual([]);
  });

  // In Chromium's filters a leading dot means this host only, and nobody opens a host that is called "lan".
  it('blocks local names with all that is under them', () => {
    const blocked = policies['URLBlocklist'] as readonly string[];
    expect(blocked).toEqual(expect.arrayContaining(['localhost', 'local', 'lan', 'internal', 'home.arpa']));
    expect(blocked.filter((one) => one.startsWith('.'))).toEqual([]);
  });
});
