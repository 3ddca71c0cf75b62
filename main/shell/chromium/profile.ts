/**
 * The throw-away profile of one browser: made on a file system in memory, filled with the preferences that close
 * the surfaces a switch cannot close, removed when the browser is gone.
 */
import { emptyAs } from '../../platform/accounts.ts';
import type { Files } from '../../platform/files.ts';
import { isMine, runLives, runMark } from '../../platform/run-mark.ts';
import {
  listByPrefix,
  makeSeededFolder,
  ownerOf,
  removeEmpty,
  takeFileFrom,
  type Owner,
} from '../../platform/memory-folder.ts';

const PREFIX = 'pn-profile-';

/** Names of the profiles in `parent`; its maker stands in each: a profile whose maker is gone is an orphan. */
export const profilesIn = (
  parent: string,
): { readonly ours: readonly string[]; readonly orphans: readonly string[] } => {
  const names = listByPrefix(parent, PREFIX);
  const after = (name: string): string => name.slice(PREFIX.length);
  return {
    ours: names.filter((name) => isMine(after(name))),
    orphans: names.filter((name) => !runLives(after(name))),
  };
};

/** What the command line of every process of our browsers holds, whichever profile it has. */
export const profileMark = (parent: string): string => `${parent}/${PREFIX}${runMark()}`;

/**
 * 2 is "block" in Chromium's content settings. Unknown names are ignored by it, so a long list costs nothing. What a page can ask
 * about beforehand is not here (camera, position, notifications…): "denied" where nobody was ever asked is how a robot looks.
 * `--deny-permission-prompts` refuses those when they are asked for.
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

/** Schemes that leave the browser: without this list each asks "open with…?" in a window of its own. */
const REFUSED_URLS = [
  'mailto:*',
  'tel:*',
  'sms:*',
  'callto:*',
  'skype:*',
  'zoommtg:*',
  'msteams:*',
  'intent:*',
  'magnet:*',
  'irc:*',
  'ms-settings:*',
  'ssh:*',
  'telnet:*',
  'ftp:*',
  'ftps:*',
  'sftp:*',
  'smb:*',
  'nfs:*',
  'vnc:*',
  'rdp:*',
  'steam:*',
  'vscode:*',
  'apt:*',
  'file:*',
  'chrome:*',
  'chrome-untrusted:*',
  'devtools:*',
  'view-source:*',
  'filesystem:*',
  'javascript:*',
] as const;

const preferences = {
  browser: { custom_chrome_frame: false, has_seen_welcome_page: true, enable_spellchecking: false },
  profile: {
    default_content_setting_values: Object.fromEntries(BLOCKED_CONTENT.map((name) => [name, 2])),
    password_manager_enabled: false,
    exit_type: 'Normal',
  },
  hardware: { screen_capture_enabled: false }, // its list of screens and windows is a dialog that no switch denies
  credentials_enable_service: false,
  credentials_enable_autosignin: false,
  autofill: { enabled: false, profile_enabled: false, credit_card_enabled: false },
  payments: { can_make_payment_enabled: false },
  translate: { enabled: false },
  // The dialog is asked for the paper in place of a person (`print-dialog.ts`), and looks for no printer.
  printing: { enabled: true, printer_type_deny_list: ['local', 'extension'] },
  fullscreen: { allowed: false }, // a site that fills the screen would hide the bar
  download: { prompt_for_download: false },
  download_bubble: { partial_view_enabled: false }, // nothing of the browser's own over the site
  ssl: { error_override_allowed: false },
  search: { suggest_enabled: false },
  safebrowsing: { enabled: false },
  alternate_error_pages: { enabled: false },
  net: { network_prediction_options: 2 },
  dns_prefetching: { enabled: false },
  signin: { allowed: false, allowed_on_next_startup: false },
  spellcheck: { use_spelling_service: false },
  // A page that asks for a model of several gigabytes is refused; else it would wait for a part that is never fetched.
  // The print dialog, and the paper in it: blocked, it would be a dialog that nothing closes, and no paper.
  policy: {
    url_blocklist: REFUSED_URLS,
    url_allowlist: ['chrome://print', 'chrome-untrusted://print'],
    built_in_ai_apis_enabled: false,
  },
  on_device_translation: { translator_api_allowed: false },
  webkit: { webprefs: { tabs_to_links: true } },
  accessibility: { captions: { live_caption_enabled: false } },
  caret_browsing: false,
  // No https_only_mode: the gate refuses http itself, and the browser's own warning page has a button to go on.
};

/** "Local State" holds what belongs to the whole browser rather than to one profile. */
const localState = {
  select_file_dialogs: { allowed: false },
  background_mode: { enabled: false },
  hardware_acceleration_mode: { enabled: true },
  browser: { enabled_labs_experiments: [] },
  auth: { schemes: '' }, // no site of a journey asks for a password in a window of the browser's own
  // The proxy resolves what is asked for. What Chromium would resolve by itself (a relay of WebRTC) is asked of nobody.
  dns_over_https: { mode: 'secure', templates: 'https://127.0.0.1:9/dns-query' },
};

/** What the browser itself writes: its settings, its caches, its home. */
const DATA = 'data';
const DOWNLOADS = 'downloads';
/** Where what was downloaded is taken to, out of the browser's reach. */
const TAKEN = 'taken';

/** The folder itself stays ours; two of its parts are the browser's account's. */
export const makeProfile = (parent: string, owner?: Owner): string =>
  makeSeededFolder(
    parent,
    `${PREFIX}${runMark()}`,
    {
      [`${DATA}/Default/Preferences`]: JSON.stringify(preferences),
      [`${DATA}/Local State`]: JSON.stringify(localState),
      [`${DATA}/First Run`]: '',
      [`${DOWNLOADS}/`]: '',
      [`${TAKEN}/`]: '',
    },
    owner && { owner, parts: [DATA, DOWNLOADS] },
  );

export const dataOf = (profile: string): string => `${profile}/${DATA}`;
export const downloadsOf = (profile: string): string => `${profile}/${DOWNLOADS}`;

/** As Chromium names what it downloads; a name that is a path would lead elsewhere. */
const DOWNLOAD_NAME = /^[0-9a-f-]{8,64}$/i;

/** Where a download now lies, out of reach of whoever made it; undefined when it is not a file of the browser's own. */
export const takeDownload = (profile: string, name: string, owner: Owner | undefined): string | undefined => {
  const taken = `${profile}/${TAKEN}/${name}`;
  return DOWNLOAD_NAME.test(name) && takeFileFrom(`${downloadsOf(profile)}/${name}`, taken, owner) ? taken : undefined;
};

/** What was given away is emptied by who got it, and removed by us when nothing is left in it. */
const takeBack = async (profile: string): Promise<boolean> => {
  const given = [dataOf(profile), downloadsOf(profile)];
  const owner = given.map(ownerOf).find((one) => one !== undefined && one.uid !== process.getuid?.());
  if (owner === undefined) return true;
  await emptyAs(owner, given);
  return given.map(removeEmpty).every(Boolean);
};

/** Tries again for a moment: a dying browser may write its last file after the folder was emptied. */
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
