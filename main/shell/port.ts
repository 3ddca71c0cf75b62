/**
 * The Shell port, the features' only view of browsers. It has two adapters, `chromium/` and `electron/`; one suite
 * (`test/contract/shell/`) checks both.
 */
import type { SystemPrinter } from '../devices/handover/system-printer.ts';
import type { DecoderOf } from '../platform/decoders/process.ts';
import type { ProxyAddress } from '../platform/network/tunnel-end.ts';

/** A file served to our own screens. */
export interface Bytes {
  readonly type: string;
  readonly body: Uint8Array;
}

/** In CSS pixels of the kiosk view, origin at its top left corner. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Shell {
  readonly name: 'chromium' | 'electron';
  /**
   * Removes what an earlier run left, and what a browser of this run left because it did not exit in time. True: an
   * earlier run left something, so it was interrupted.
   */
  purge(): Promise<boolean>;
  /**
   * Starts to load our screens while the caller still reads its configuration, if the shell can. Their messages are
   * buffered for `openKioskView`. Never throws.
   */
  prepare(screens: Pick<KioskViewOptions, 'serve' | 'window'>): void;
  /** Opens our own screens, once per run of the kiosk. Messages are delivered only once the caller has the view. */
  openKioskView(options: KioskViewOptions): Promise<KioskView>;
  /**
   * Opens a guest with a fresh temporary profile, armed on a blank page, not visible yet. Fast if `warmUp` ran before.
   */
  openGuest(options: GuestOptions): Promise<Guest>;
  /** Prepares the next guest ahead of time, so that opening a démarche does not wait for a browser. Never rejects. */
  warmUp(): Promise<void>;
  /** Processes for untrusted files, if this shell has its own kind; otherwise Node processes are used. */
  readonly decoderOf?: DecoderOf;
  /** Printing through the system's drivers; absent where the shell can't. */
  readonly systemPrinter?: SystemPrinter;
  /**
   * Time since the last use of a keyboard, mouse or touch screen, as reported by the system: pages can't fake it.
   * Undefined when unknown. Never throws.
   */
  idleMs(): Promise<number | undefined>;
  /**
   * For the next person: Num Lock on, Caps Lock off, whatever the one before pressed. Leaves the keyboard of a
   * developer's desktop alone, and does nothing outside X. Never rejects.
   */
  resetLockKeys(): Promise<void>;
  /** The sites that do not answer; undefined while sites answer, or nobody opens one. */
  silence(): Silence | undefined;
  /**
   * True when the process should restart while nobody is there: it holds resources that only its exit frees, or an
   * update replaced its browser. Absent in shells that need neither.
   */
  worn?(): boolean;
  /**
   * Calls `listener` when the system shuts down or signs the account off. The process is killed as soon as it returns,
   * so it must do its work synchronously. Absent where a signal announces the end and leaves time for a clean stop.
   */
  onSystemEnd?(listener: () => void): void;
  /** Profiles, processes and windows of guests that should be gone, for the audit. */
  leftovers(): Promise<readonly string[]>;
  /** Kills every browser process and removes every profile. Bounded in time. */
  close(): Promise<void>;
}

/** Sites that nobody answered for, with no connection to any other since then. */
export interface Silence {
  /** True for at least two sites of different owners: the internet does not answer. One may be down by itself. */
  readonly several: boolean;
  /** Something answered, but in the place of the sites: a network that wants a sign-in, or inspects TLS. */
  readonly intercepted?: true;
}

export interface KioskViewOptions {
  /** Serves GET `https://kiosk.localhost<path>`; undefined means "not found". */
  readonly serve: (path: string) => Promise<Bytes | undefined>;
  /** A message from our own main frame, whose origin was already checked. The text of one JSON envelope. */
  readonly onMessage: (text: string) => void;
  /** The screens were loaded again (first start, reload, crash). They received nothing sent before. */
  readonly onReady: () => void;
  readonly onClosed: () => void;
  /** Full screen when absent. */
  readonly window?: { readonly width: number; readonly height: number };
}

export interface KioskView {
  send(text: string): void;
  /** Loads the screens again and keeps nothing: no storage, no history, no selected text. */
  reload(): Promise<void>;
  /** What our screens' browser still stores: storage, service workers, history. For the audit. */
  leftovers(): Promise<readonly string[]>;
  /**
   * Clears the system clipboard and, on X, the selected text, whichever program owns them. Also works while the view is
   * down.
   */
  clearClipboard(): Promise<void>;
  /** Clipboards that are not empty. */
  clipboardLeftovers(): Promise<readonly string[]>;
}

export interface GuestOptions {
  readonly policy: GuestPolicy;
  readonly on: (event: GuestEvent) => void;
}

/** Called for every request of the guest, before it is sent. Pure and fast. */
export interface GuestPolicy {
  /** `kind`: `main-frame` for a page (link, redirect, form, script), `frame` for an inner one, `resource` otherwise. */
  decide(request: GuestRequest): Verdict;
  /**
   * SHA-256 of public keys (SPKI, base64), one of which must be in this host's certificate chain. Empty: the browser's
   * own trust applies.
   */
  pinsFor?(host: string): readonly string[];
  /** The proxy of the place, through which this host is reached. Undefined: directly. */
  proxyFor?(host: string): ProxyAddress | undefined;
  /** Networks filter sites of this kind: if something else answers in its place, that tells nothing of all others. */
  readonly oftenFiltered?: boolean;
}

export interface GuestRequest {
  readonly kind: 'main-frame' | 'frame' | 'resource';
  readonly url: string;
  /** The resolved address, if the shell knows it (after resolution, before the body is read). */
  readonly address?: string;
}

export type Verdict =
  | { readonly allow: true }
  | {
      readonly allow: false;
      readonly reason: BlockReason;
      /**
       * An allowed URL of the same page; if it can, the shell redirects the browser there, by the browser's own rules.
       */
      readonly instead?: string;
      /**
       * The page requested a document from another host (a file storage): if it can, the shell inspects the response,
       * keeps a document and shows nothing of that host.
       */
      readonly unlessDocument?: true;
    };

/** `certificate`: a subresource has a key that its organisme did not pin; for a whole page this is a load fault. */
export type BlockReason = 'outside-journey' | 'scheme' | 'local-network' | 'not-https' | 'malformed' | 'certificate';

/**
 * `sent-page`: the previous page is the result of a form, and can only be shown by sending the form again. The shell
 * goes back one page further, if there is one.
 *
 * `certificate-date`: the certificate is good but for its dates. It has expired, or the machine's clock is wrong.
 *
 * `intercepted`: as of other sites before, something else answered in its place, so it is no fault of this site.
 */
export type LoadFault =
  | 'offline'
  | 'name-not-found'
  | 'refused'
  | 'certificate'
  | 'certificate-date'
  | 'intercepted'
  | 'server-error'
  | 'slow'
  | 'login-wanted'
  | 'sent-page'
  | 'garbage';

/** Which limit a download exceeded: its size, the number at the same time, or the number in one visit. */
export type DownloadLimit = 'too-large' | 'too-many-at-once' | 'too-many';

export interface FileWanted {
  /** Id of this one request. */
  readonly id: string;
  /** The `accept` attribute, empty when the page accepts anything. */
  readonly accept: string;
  readonly multiple: boolean;
  /**
   * The page's own label of this input, and its position among the page's file inputs; absent when it is not in the
   * document.
   */
  readonly field?: { readonly label: string; readonly at: number; readonly of: number };
}

export interface Contact {
  readonly by: 'mail' | 'phone' | 'text';
  readonly to: string;
}

export type GuestEvent =
  /** `url`: what is being loaded, if known. `sent`: a form was posted to it, and its answer is awaited. */
  | { readonly kind: 'loading'; readonly loading: boolean; readonly url?: string; readonly sent?: true }
  /**
   * A page was reached, or its URL changed without loading (`#/`, history.pushState). `beside`: it was opened over its
   * opener, or its opener is in front again; the other page keeps its files and its text. `answers`: it is the result
   * of a form.
   */
  | {
      readonly kind: 'navigated';
      readonly url: string;
      readonly sameDocument: boolean;
      readonly canGoBack: boolean;
      readonly beside?: true;
      readonly answers?: true;
    }
  | { readonly kind: 'blocked'; readonly url: string; readonly reason: BlockReason }
  /** The page could not be loaded. `sent`: it was the result of a form, and only `reload` sends that again. */
  | {
      readonly kind: 'load-failed';
      readonly url: string;
      readonly fault: LoadFault;
      readonly status?: number;
      readonly sent?: boolean;
      /** The page before it is still there. */
      readonly kept?: true;
    }
  | { readonly kind: 'file-wanted'; readonly request: FileWanted }
  /** `path` is in the session's own folder in memory; the listener moves the file into the vault and deletes it. */
  | { readonly kind: 'download-done'; readonly path: string; readonly suggestedName: string; readonly url: string }
  | { readonly kind: 'download-started'; readonly suggestedName: string }
  /** A started download failed. */
  | { readonly kind: 'download-failed'; readonly suggestedName: string }
  /** `began`: it had started before it exceeded the limit. */
  | {
      readonly kind: 'download-refused';
      readonly suggestedName: string;
      readonly limit: DownloadLimit;
      readonly began: boolean;
    }
  | { readonly kind: 'print-wanted' }
  /** The person pressed a link that another program would open on a normal PC (`mailto:`, `tel:`, `sms:`). */
  | { readonly kind: 'contact-wanted'; readonly contact: Contact }
  /** The same for any other program (a meeting, an identity app): the kiosk has none of them. */
  | { readonly kind: 'program-wanted' }
  | {
      readonly kind: 'dialog';
      readonly id: string;
      readonly type: 'alert' | 'confirm' | 'prompt' | 'beforeunload';
      readonly message: string;
      readonly defaultText: string;
    }
  /** A dialog closed without our answer (the page was left). */
  | { readonly kind: 'dialog-gone'; readonly id: string }
  | { readonly kind: 'permission-refused'; readonly what: string }
  | { readonly kind: 'media'; readonly playing: boolean }
  /** The page is sending something (a form, a file), and no response has arrived yet. */
  | { readonly kind: 'sending'; readonly sending: boolean }
  /**
   * The site has accepted a form or data from its page, and no other page of the guest holds typed text: what the
   * person typed was sent, or saved as a draft. `requestedMs`: when it was requested (monotonic); what was typed since
   * then is not in it.
   */
  | { readonly kind: 'sent'; readonly requestedMs: number }
  /** The person typed into the page, or changed a form; emitted at most every two seconds. */
  | { readonly kind: 'written' }
  /** Ctrl +, Ctrl -, Ctrl 0 in the page; the listener calls `setZoom` within its limits. */
  | { readonly kind: 'zoom-in' | 'zoom-out' | 'zoom-reset' }
  /**
   * A key moved the focus out of the site: F6, or Tab after its last element (`backwards`: Shift+Tab before the first).
   * Our screens have the focus already.
   */
  | { readonly kind: 'keyboard-left'; readonly by: 'part-key' | 'tab'; readonly backwards: boolean }
  | { readonly kind: 'unresponsive' }
  | { readonly kind: 'responsive' }
  | { readonly kind: 'crashed' };

export interface Guest {
  readonly id: string;
  /** Shows the guest exactly over this rectangle of the kiosk view. */
  show(rect: Rect): Promise<void>;
  /** Hides the guest; its page keeps running. `later`: where it will be shown, so that its page loads at that size. */
  hide(later?: Rect): Promise<void>;
  /** A JPEG of what is visible now; undefined when hidden. */
  picture(): Promise<Uint8Array | undefined>;
  /** Gives it the keyboard focus, if it is visible. */
  focus(): Promise<void>;
  /** Resolves when the navigation was started, not when the page has loaded: events report the rest. */
  navigate(url: string): Promise<void>;
  goBack(): Promise<void>;
  reload(): Promise<void>;
  /** 1 is the site's own size. */
  setZoom(factor: number): Promise<void>;
  /** The page in its print style, A4. `too-large`: more than we keep in memory for one print. */
  printToPdf(): Promise<Uint8Array | 'too-large'>;
  /**
   * The page's last print request (`print-wanted`): the frame that called print, in its state at that time. Rejects if
   * that could not be captured: the person never gets another page instead.
   */
  printAsked(): Promise<Uint8Array | 'too-large'>;
  /** Gives these files to the input that requested them; an empty list changes nothing in the page. */
  answerFiles(id: string, paths: readonly string[]): Promise<void>;
  answerDialog(id: string, accept: boolean, text?: string): Promise<void>;
  /** Scrolls to the guidance's target and highlights it; false when the page has no such element. */
  pointAt(selector: string): Promise<boolean>;
  /**
   * From when on the certificate of this address is valid, in milliseconds since 1970; undefined: it can't be read. It
   * is read over a connection of its own, where anybody may answer: never trust a site for it.
   */
  certificateFrom(url: string): Promise<number | undefined>;
  /** Ends the browser and removes its profile. Bounded in time: a guest that does not exit is killed. */
  close(): Promise<void>;
}
