/**
 * The temporary profile of one browser: created in memory, with preferences that close what no switch can close, and
 * removed when the browser is gone.
 */
import { emptyAs } from '../../platform/accounts.ts';
import type { Files } from '../../platform/files.ts';
import { isOurRun, isRunAlive, runMark } from '../../platform/run-mark.ts';
import {
  listByPrefix,
  makeSeededFolder,
  ownerOf,
  removeEmpty,
  takeFileFrom,
  type Owner,
} from '../../platform/memory-folder.ts';

const PREFIX = 'pn-profile-';

/**
 * Names of the profiles in `parent`. Each name contains the kiosk run that made it; a profile whose run is gone is an
 * orphan.
 */
export const profilesIn = (
  parent: string,
): { readonly ours: readonly string[]; readonly orphans: readonly string[] } => {
  const names = listByPrefix(parent, PREFIX);
  const after = (name: string): string => name.slice(PREFIX.length);
  return {
    ours: names.filter((name) => isOurRun(after(name))),
    orphans: names.filter((name) => !isRunAlive(after(name))),
  };
};

/** Text in the command line of every process of our browsers, whichever profile it has. */
export const profileMark = (parent: string): string => `${parent}/${PREFIX}${runMark()}`;

/**
 * 2 is "block" in Chromium's content settings. Chromium ignores unknown names, so a long list does no harm. Permissions
 * that a page can query beforehand are not here (camera, position, notifications…): "denied" without a question looks
 * like a robot. `--deny-permission-prompts` refuses those when a page requests them.
 */
const BLOCKED_CONTENT = [
  'usb_guard',
  'hid_guard',
  'serial_guard',
  'bluetooth_guard',
  'bluetooth_scanning',
  'file_system_write_guard',
  'file_system_read_guard',
  'captured_surface_control',
  'local_network_access',
  'local_network',
  'loopback_network',
  'keyboard_lock',
  'pointer_lock',
  'protocol_handlers',
  'insecure_private_network',
  'mixed_script',
  'web_app_installation',
  'smart_card_guard',
  'storage_access_header_origin_trial',
] as const;

/** Chromium's own pages are refused too, but for its print dialog and its viewer of PDFs. */
const ALLOWED_URLS = [
  'https://*',
  'http://*', // the gate leads them to https, or refuses them
  'about:*',
  'blob:*',
  'data:*',
  'chrome://print',
  'chrome-untrusted://print',
  'chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai',
] as const;

const preferences = {
  browser: { custom_chrome_frame: false, has_seen_welcome_page: true, enable_spellchecking: false },
  profile: {
    default_content_setting_values: Object.fromEntries(BLOCKED_CONTENT.map((name) => [name, 2])),
    password_manager_enabled: false,
    exit_type: 'Normal',
    mixed_forms_warnings: false, // the gate leads such a form to https, or refuses it
  },
  hardware: { screen_capture_enabled: false }, // its picker is a dialog that no switch blocks
  credentials_enable_service: false,
  credentials_enable_autosignin: false,
  autofill: { enabled: false, profile_enabled: false, credit_card_enabled: false },
  payments: { can_make_payment_enabled: false },
  translate: { enabled: false },
  // The print dialog is driven by `print-dialog.ts`, and must not search for printers.
  printing: { enabled: true, printer_type_deny_list: ['local', 'extension'] },
  fullscreen: { allowed: false }, // a site in full screen would hide the bar
  download: { prompt_for_download: false },
  download_bubble: { partial_view_enabled: false }, // no browser UI over the site
  ssl: { error_override_allowed: false },
  search: { suggest_enabled: false },
  safebrowsing: { enabled: false },
  alternate_error_pages: { enabled: false },
  net: { network_prediction_options: 2 },
  dns_prefetching: { enabled: false },
  signin: { allowed: false, allowed_on_next_startup: false },
  spellcheck: { use_spelling_service: false },
  policy: {
    // A scheme that we do not allow belongs to another program: Chromium would ask in a dialog over the site whether to
    // open it, also for a frame that nobody pressed. The print dialog and its paper are allowed: if blocked, the dialog
    // could not be closed, and would give no paper.
    url_blocklist: ['*'],
    url_allowlist: ALLOWED_URLS,
    // Else a page that asks for a model of several gigabytes would wait for a component that is never fetched.
    built_in_ai_apis_enabled: false,
  },
  on_device_translation: { translator_api_allowed: false },
  webkit: { webprefs: { tabs_to_links: true } },
  accessibility: { captions: { live_caption_enabled: false } },
  caret_browsing: false,
  // No https_only_mode: the gate refuses http itself, and the browser's warning page has a button to continue.
};

/** "Local State" contains the settings of the whole browser rather than of one profile. */
const localState = {
  select_file_dialogs: { allowed: false },
  background_mode: { enabled: false },
  hardware_acceleration_mode: { enabled: true },
  browser: { enabled_labs_experiments: [] },
  auth: { schemes: '' }, // no site of a journey uses the browser's own password window
  // The proxy resolves names. Names that Chromium would resolve by itself (a WebRTC relay) go to a server that does not
  // exist.
  dns_over_https: { mode: 'secure', templates: 'https://127.0.0.1:9/dns-query' },
};

/** The browser's own data: its settings, its caches, its home. */
const DATA = 'data';
const DOWNLOADS = 'downloads';
/** Downloads are moved here, out of the browser's reach. */
const TAKEN = 'taken';
const AUTHORITY = `${DATA}/.Xauthority`;

/**
 * The folder itself stays ours; two of its subfolders belong to the browser's account. So does a copy of the display's
 * authority file, because only the person at the desktop may read the original.
 */
export const makeProfile = (parent: string, owner?: Owner, authority: Buffer = Buffer.alloc(0)): string =>
  makeSeededFolder(
    parent,
    `${PREFIX}${runMark()}`,
    {
      [`${DATA}/Default/Preferences`]: JSON.stringify(preferences),
      [`${DATA}/Local State`]: JSON.stringify(localState),
      [`${DATA}/First Run`]: '',
      [AUTHORITY]: authority,
      [`${DOWNLOADS}/`]: '',
      [`${TAKEN}/`]: '',
    },
    owner && { owner, subfolders: [DATA, DOWNLOADS] },
  );

export const dataOf = (profile: string): string => `${profile}/${DATA}`;
export const cacheOf = (profile: string): string => `${dataOf(profile)}/Default/Cache`;
export const authorityOf = (profile: string): string => `${profile}/${AUTHORITY}`;
export const downloadsOf = (profile: string): string => `${profile}/${DOWNLOADS}`;

/** The form of the names that Chromium gives to downloads; a name with a path would lead elsewhere. */
const DOWNLOAD_NAME = /^[0-9a-f-]{8,64}$/i;

/** Path of a download, moved out of reach of the browser; undefined when it is not a plain file of the browser. */
export const takeDownload = (profile: string, name: string, owner: Owner | undefined): string | undefined => {
  const taken = `${profile}/${TAKEN}/${name}`;
  return DOWNLOAD_NAME.test(name) && takeFileFrom(`${downloadsOf(profile)}/${name}`, taken, owner) ? taken : undefined;
};

/** Subfolders handed over to an account are emptied as that account, then removed by us once empty. */
const takeBack = async (profile: string): Promise<boolean> => {
  const given = [dataOf(profile), downloadsOf(profile)];
  const owner = given.map(ownerOf).find((one) => one !== undefined && one.uid !== process.getuid?.());
  if (owner === undefined) return true;
  await emptyAs(owner, given);
  return given.map(removeEmpty).every(Boolean);
};

/** Retries for a moment: a dying browser may write its last file after the folder was emptied. */
export const removeProfile = async (
  deps: { readonly files: Files; readonly wait: (ms: number) => Promise<void> },
  profile: string,
): Promise<boolean> => {
  for (let attempt = 0; attempt < 20; attempt++) {
    if (await takeBack(profile)) {
      await deps.files.remove(profile);
      if (!(await deps.files.exists(profile))) return true;
    }
    await deps.wait(25);
  }
  return false;
};
