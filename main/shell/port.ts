/**
 * The Shell port: all that the features know of browsers. Two adapters speak it, `chromium/` and `electron/`;
 * one suite (`test/contract/shell/`) holds both to it.
 */
import type { SystemPrinter } from '../devices/handover/system-printer.ts';
import type { DecoderOf } from '../platform/decoder-process.ts';

/** What is served to our own screens. */
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
   * Removes what an earlier run left behind, and what a browser of this one that would not end in time did. True: an earlier
   * run left something, so it was interrupted.
   */
  purge(): Promise<boolean>;
  /**
   * Begins to bring up our screens while the caller reads its configuration, as far as the shell can. What they say
   * is kept for `openKioskView`. Never throws.
   */
  prepare(screens: Pick<KioskViewOptions, 'serve' | 'window'>): void;
  /** Opens our own screens. Once per run of the kiosk. Nothing is heard before the caller has the view. */
  openKioskView(options: KioskViewOptions): Promise<KioskView>;
  /** A guest with a fresh, throw-away profile, armed on a blank page, not yet visible. Warm when `warmUp` ran before. */
  openGuest(options: GuestOptions): Promise<Guest>;
  /** Prepares the next guest ahead of time, so that opening a démarche does not wait for a browser. Never rejects. */
  warmUp(): Promise<void>;
  /** Processes for hostile files, of this shell's own kind; where absent, Node's own do it. */
  readonly decoderOf?: DecoderOf;
  /** What this shell can print through the system's own drivers; absent where it can't. */
  readonly systemPrinter?: SystemPrinter;
  /**
   * How long nobody used a keyboard, a mouse or a touch screen, by the word of the system that reads them: no page can
   * pretend to be a hand. Undefined when it can't be told. Never throws.
   */
  idleMs(): Promise<number | undefined>;
  /**
   * It holds what only the end of the program gives back, and would be started again when nobody is there. Absent where nothing
   * is held.
   */
  worn?(): boolean;
  /**
   * Hears that the system goes down, or signs our account off. The program is ended in that moment: what is not done when the
   * listener returns may never be. Absent where a signal says it, and leaves the time to end in order.
   */
  onSystemEnd?(listener: () => void): void;
  /** Profiles, processes and windows of guests that should be gone but are not, for the audit. */
  leftovers(): Promise<readonly string[]>;
  /** Ends every browser process and removes every profile. Bounded in time. */
  close(): Promise<void>;
}

export interface KioskViewOptions {
  /** Answers GET `https://kiosk.localhost<path>`; undefined is "not found". */
  readonly serve: (path: string) => Promise<Bytes | undefined>;
  /** A message from our own main frame, already known to come from our origin. Text of one JSON envelope. */
  readonly onMessage: (text: string) => void;
  /** The screens were loaded afresh (first start, reload, crash). Nothing said before was heard. */
  readonly onReady: () => void;
  readonly onClosed: () => void;
  /** Full screen when absent. */
  readonly window?: { readonly width: number; readonly height: number };
}

export interface KioskView {
  send(text: string): void;
  /** Loads the screens from scratch, with nothing kept: no storage, no history, no marked text. */
  reload(): Promise<void>;
  /** What the browser of our screens still holds of a person: storage, service workers, history. For the audit. */
  leftovers(): Promise<readonly string[]>;
  /** Empties the machine's clipboard and, on X, what marking a text leaves; whoever filled them, also while the view is away. */
  clearClipboard(): Promise<void>;
  /** Clipboards that still hold something. */
  clipboardLeftovers(): Promise<readonly string[]>;
}

export interface GuestOptions {
  readonly policy: GuestPolicy;
  readonly on: (event: GuestEvent) => void;
  /** What the browser asks sites for: `fr`, `en`. */
  readonly language: string;
}

/** Asked for every request of the guest, before it leaves. Pure and quick. */
export interface GuestPolicy {
  /** `kind` is `main-frame` for a page (link, redirect, form, script), `frame` for an inner one, `resource` otherwise. */
  decide(request: GuestRequest): Verdict;
  /**
   * SHA-256 of public keys (SPKI, base64), one of which the chain of this host must hold. Empty: what the browser trusts.
   */
  pinsFor?(host: string): readonly string[];
}

export interface GuestRequest {
  readonly kind: 'main-frame' | 'frame' | 'resource';
  readonly url: string;
  /** The address the name resolved to, when the shell knows it (after resolution, before the body is read). */
  readonly address?: string;
}

export type Verdict =
  | { readonly allow: true }
  | {
      readonly allow: false;
      readonly reason: BlockReason;
      /** The same page where it is allowed: a shell that can sends the browser on to it, by the browser's own rules. */
      readonly instead?: string;
      /**
       * A document that the page asked for from another host (a storage of files) may be taken: a shell that can sees the answer,
       * keeps a document and shows nothing of that host.
       */
      readonly unlessDocument?: true;
    };

/** `certificate`: a part of a page came with a key that its organism did not promise; a whole page is a load fault. */
export type BlockReason = 'outside-journey' | 'scheme' | 'local-network' | 'not-https' | 'malformed' | 'certificate';

/**
 * `sent-page`: a page behind this one answered a form, and comes again only when the form is sent again. The shell goes on to the
 * page behind that, where there is one.
 */
export type LoadFault =
  | 'offline'
  | 'name-not-found'
  | 'refused'
  | 'certificate'
  | 'server-error'
  | 'slow'
  | 'login-wanted'
  | 'sent-page'
  | 'garbage';

/** What a site may not send: that much, that many at the same time, or that many in one visit. */
export type DownloadLimit = 'too-large' | 'too-many-at-once' | 'too-many';

export interface FileWanted {
  /** Answers this one request only. */
  readonly id: string;
  /** The `accept` attribute, empty when the page takes anything. */
  readonly accept: string;
  readonly multiple: boolean;
  readonly directory: boolean;
  /** What the page calls this input, in its own words, and which of its inputs for files it is; absent when it has no place there. */
  readonly field?: { readonly label: string; readonly at: number; readonly of: number };
}

export interface Contact {
  readonly by: 'mail' | 'phone' | 'text';
  readonly to: string;
}

export type GuestEvent =
  /** `url`: what is asked for now, where it is known. */
  | { readonly kind: 'loading'; readonly loading: boolean; readonly url?: string }
  /**
   * A page was reached, or its address changed without loading (`#/`, history.pushState). `beside`: it lies over the page that
   * opened it, or that one is in sight again; what was given to the other, and written there, is still there. `answers`: it came
   * as the answer to a form that was sent.
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
  /** Nothing to read came. `sent`: it was to answer what the page sent (a form); only `reload` sends that again. */
  | {
      readonly kind: 'load-failed';
      readonly url: string;
      readonly fault: LoadFault;
      readonly status?: number;
      readonly sent?: boolean;
    }
  | { readonly kind: 'file-wanted'; readonly request: FileWanted }
  /** `path` is inside the session's own folder in memory; the listener moves it into the vault and deletes it. */
  | { readonly kind: 'download-done'; readonly path: string; readonly suggestedName: string; readonly url: string }
  | { readonly kind: 'download-started'; readonly suggestedName: string }
  /** One that had begun broke off. */
  | { readonly kind: 'download-failed'; readonly suggestedName: string }
  /** `began`: it was under way before it was found to be too much. */
  | {
      readonly kind: 'download-refused';
      readonly suggestedName: string;
      readonly limit: DownloadLimit;
      readonly began: boolean;
    }
  | { readonly kind: 'print-wanted' }
  /** A link to an address that another program of a PC would take (`mailto:`, `tel:`, `sms:`) was pressed. */
  | { readonly kind: 'contact-wanted'; readonly contact: Contact }
  /** The same for any other program (a meeting, an identity on a telephone): none of them is here. */
  | { readonly kind: 'program-wanted' }
  | {
      readonly kind: 'dialog';
      readonly id: string;
      readonly type: 'alert' | 'confirm' | 'prompt' | 'beforeunload';
      readonly message: string;
      readonly defaultText: string;
    }
  /** A dialog ended without our answer (the page left). */
  | { readonly kind: 'dialog-gone'; readonly id: string }
  | { readonly kind: 'permission-refused'; readonly what: string }
  | { readonly kind: 'media'; readonly playing: boolean }
  /** The page sends something (a form, a file) and no answer came yet. */
  | { readonly kind: 'sending'; readonly sending: boolean }
  /** A hand wrote into the page, or chose something in a form of it; said again at most every two seconds. */
  | { readonly kind: 'written' }
  /** Ctrl +, Ctrl -, Ctrl 0 in the page; the listener answers with `setZoom` within its limits. */
  | { readonly kind: 'zoom-in' | 'zoom-out' | 'zoom-reset' }
  /**
   * A key led out of the site: F6, or Tab past the last thing in it (`backwards`: with Shift, before the first). Our screens
   * have the keyboard by now.
   */
  | { readonly kind: 'keyboard-left'; readonly by: 'part-key' | 'tab'; readonly backwards: boolean }
  | { readonly kind: 'unresponsive' }
  | { readonly kind: 'responsive' }
  | { readonly kind: 'crashed' };

export interface Guest {
  readonly id: string;
  /** Lays the guest exactly over this rectangle of the kiosk view, above it. */
  show(rect: Rect): Promise<void>;
  /** Takes the guest out of sight; its page lives on. */
  hide(): Promise<void>;
  /** What a person sees of it now (JPEG); undefined when it is out of sight. */
  picture(): Promise<Uint8Array | undefined>;
  /** Gives it the keyboard, while it is in sight. */
  focus(): Promise<void>;
  /** Resolves when the navigation was handed over, not when the page is there: events tell the rest. */
  navigate(url: string): Promise<void>;
  goBack(): Promise<void>;
  reload(): Promise<void>;
  /** 1 is the site's own size. */
  setZoom(factor: number): Promise<void>;
  /** The page as its own print style gives it, A4. `too-large`: more than we hold in memory for one print. */
  printToPdf(): Promise<Uint8Array | 'too-large'>;
  /** What the page asked to print last (`print-wanted`): the frame that asked, as it was when it asked. */
  printAsked(): Promise<Uint8Array | 'too-large'>;
  /** Gives these files to the input that asked; an empty list leaves the page as it was. */
  answerFiles(id: string, paths: readonly string[]): Promise<void>;
  answerDialog(id: string, accept: boolean, text?: string): Promise<void>;
  /** Scrolls the guidance's target into view and rings it; answers false when the page has no such thing. */
  pointAt(selector: string): Promise<boolean>;
  /** Host names that hold a cookie, to say "vous serez déconnecté". */
  signedInSites(): Promise<readonly string[]>;
  /** Ends the browser and removes its profile. Bounded: a guest that refuses to die is killed. */
  close(): Promise<void>;
}
