/**
 * One site open for a person: its guest, the page it is on, and what lies over its rectangle. It lives until `end`; nothing of
 * it outlives that, and an event that comes later is not heard.
 */
import type { BrowsingContract, Cover } from '../../contract/browsing.ts';
import type { Result, Failure } from '../../contract/result.ts';
import type { StateOf } from '../../contract/define.ts';
import type { LeavingItem } from '../feature.ts';
import type { DemarcheConfig, KioskConfig } from '../../config/kiosk-config.ts';
import { journeyDomains } from '../../config/domains.ts';
import type { Logger } from '../../log/logger.ts';
import type { DownloadLimit, Guest, GuestEvent, Rect, Shell } from '../../shell/port.ts';
import { askedFor, type AskedFor } from './asked-for.ts';
import { createDialogQueue, type DialogQueue } from './dialog-queue.ts';
import { followStep, mailboxTrouble, saysSent } from './follow-step.ts';
import { giveFiles, type GiveFilesDeps } from './give-files.ts';
import { holdWhileSending, type SendingHold } from './hold-while-sending.ts';
import { decideInJourney, overHttps, type Journey } from './journey-policy.ts';
import { createLentFiles, samePage } from './lent-files.ts';
import { promisedKeys } from './promised-keys.ts';

export interface VisitDeps extends GiveFilesDeps {
  readonly logger: Logger;
  readonly shell: Shell;
  readonly config: KioskConfig;
  /** The site asked to print; the print screen opens with the page as PDF. */
  readonly onPrintWanted: () => void;
  /** A file arrived from the site; whoever takes it removes it from `path`. */
  readonly onDownload: (file: {
    readonly path: string;
    readonly name: string;
    /** False when nobody touched the page since the last one: the file is kept with the others, and nothing opens. */
    readonly asked: boolean;
  }) => Promise<void>;
  readonly onDownloadFailed: (name: string) => void;
  /** A site sent more than it may. */
  readonly onDownloadRefused: (limit: DownloadLimit) => void;
  /** A key led out of the site in sight. */
  readonly onKeyboardLeft: (how: { readonly by: 'part-key' | 'tab'; readonly backwards: boolean }) => void;
  /** A page of this host was asked for, and is not part of the démarche. */
  readonly onBlocked: (host: string) => void;
}

/** What a visit asks of whoever holds the visits of one person. */
export interface VisitOwner {
  /** Something that the screens show has changed; what lies over the rectangle has not. */
  changed(): void;
  /** What lies over the rectangle of this site has changed. */
  covered(visit: Visit): void;
  /** Whether this site is the one in sight. */
  isInFront(visit: Visit): boolean;
  /** Opens a link out of the journey elsewhere, where that is its place; undefined: nowhere. This site stays as it was. */
  placeForLink(visit: Visit, url: string): (() => void) | undefined;
  /** What our own page says of a link that nobody took. */
  aboutLink(visit: Visit, host: string): Pick<Extract<Cover, { kind: 'blocked' }>, 'imitates' | 'demarches'>;
  turnZoom(how: 'zoom-in' | 'zoom-out' | 'zoom-reset'): void;
}

const SLOW_AFTER_MS = 15_000;
const MOST_UPGRADES = 5;

const quietly = (work: Promise<unknown> | undefined): void => void work?.catch(() => undefined); // a guest that is going away; its events say what follows

export class Visit {
  readonly demarche: DemarcheConfig;
  readonly journey: Journey;
  cover: Cover = { kind: 'opening' };
  /** The file input that waits for an answer. */
  input: string | undefined;
  readonly files = createLentFiles();
  guest: Guest | undefined;
  readonly #deps: VisitDeps;
  readonly #owner: VisitOwner;
  readonly #dialogs: DialogQueue;
  readonly #asked: AskedFor;
  readonly #sendingHold: SendingHold;
  /** Downloads under way: each ends its hold. */
  readonly #downloads: (() => void)[] = [];
  #ended = false;
  #host: string;
  /** The address asked for last, for "Réessayer". */
  #wanted: string;
  /** It was to answer what the page sent: to try again is to send that again. */
  #wantedSent = false;
  /** The address of the last page that came; empty when none did. */
  #reached = '';
  /** Links over http that were followed over https since a page came. */
  #upgrades = 0;
  #step = 0;
  #furthest = 0;
  #loading = true;
  #canGoBack = false;
  /** The page has a question under way that no answer came to. */
  #sending = false;
  /** A hand wrote on the page that is there, and nothing was sent since. */
  #written = false;
  /** The page that is there came as the answer to a form. */
  #answers = false;
  /** A page of the site said that the request was sent. */
  #saidSent = false;
  #stopSlow = (): void => undefined;
  #stopVideo: (() => void) | undefined;

  constructor(deps: VisitDeps, owner: VisitOwner, demarche: DemarcheConfig) {
    this.demarche = demarche;
    this.#deps = deps;
    this.#owner = owner;
    this.#host = new URL(demarche.url).hostname;
    this.#wanted = demarche.url;
    this.journey = {
      domains: journeyDomains(demarche, deps.config.bundles),
      ports: demarche.ports,
      localHosts: deps.config.site.localHosts,
      frames: demarche.payByCard ? 'any' : [...deps.config.site.frames, ...demarche.frames],
    };
    this.#asked = askedFor({ monotonicMs: () => deps.clock.monotonicMs(), idleMs: () => deps.shell.idleMs() });
    this.#sendingHold = holdWhileSending(deps);
    this.#dialogs = createDialogQueue({
      clock: deps.clock,
      answer: (id, accept, text) => quietly(this.guest?.answerDialog(id, accept, text)),
      show: (dialog) =>
        this.#lay({ kind: 'dialog', type: dialog.type, message: dialog.message, defaultText: dialog.defaultText }),
      done: () => this.cover.kind === 'dialog' && this.#uncover(),
    });
  }

  /** As the screens show it. */
  get state(): NonNullable<StateOf<BrowsingContract>['visit']> {
    return {
      demarche: this.demarche.id,
      siteName: this.demarche.siteName,
      host: this.#host,
      step: this.#step,
      loading: this.#loading,
      canGoBack: this.#canGoBack,
      cover: this.cover,
      trouble: mailboxTrouble(this.demarche.mailbox, this.#reached),
      sent: saysSent(this.demarche.sentAt, this.#reached) ? 'said' : this.#answered ? 'answered' : null,
      attached: this.files.count,
    };
  }

  /** What is known of the request when the person leaves. */
  get leavingItem(): LeavingItem | undefined {
    const site = this.#host;
    if (this.#written) return { kind: 'not-sent', site, again: this.#saidSent };
    if (this.#saidSent) return { kind: 'sent', site };
    return this.#answered ? { kind: 'answered', site } : undefined;
  }

  /** In a mailbox, forms are its own: nobody's request depends on them. */
  get #answered(): boolean {
    return this.#answers && !this.isMailbox;
  }

  get isMailbox(): boolean {
    return this.demarche.mailbox !== null;
  }

  /** A fresh guest at the start of the démarche. False: none could be had. */
  async start(zoom: number): Promise<boolean> {
    await this.#dropGuest().catch(() => undefined); // its folder is looked for again at the end of the session
    this.#reached = '';
    this.#host = new URL(this.demarche.url).hostname;
    this.#canGoBack = false;
    this.#step = 0;
    this.#lay({ kind: 'opening' });
    let guest: Guest;
    try {
      guest = await this.#deps.shell.openGuest({
        policy: {
          decide: (request) => decideInJourney(request, this.journey),
          pinsFor: (host) => promisedKeys(this.#deps.config.bundles, host),
        },
        on: (event) => this.#hear(event),
        language: 'fr',
      });
    } catch {
      this.#deps.counts.add('machine.fault', 'browser');
      return false;
    }
    // The person may have gone, or opened something else, or pressed « recommencer » twice, while the browser started.
    if (this.#ended || this.guest !== undefined) {
      quietly(guest.close());
      return !this.#ended;
    }
    this.guest = guest;
    if (zoom !== 1) await guest.setZoom(zoom).catch(() => undefined); // the site's own size, then
    await this.goTo(this.demarche.url).catch(() => undefined); // its events say what follows
    return true;
  }

  async goTo(url: string): Promise<void> {
    if (!this.guest) return;
    this.#wanted = url;
    this.#loading = true;
    this.#lay({ kind: 'opening' });
    this.#watchSlow();
    await this.guest.navigate(url);
  }

  /** Asked for by its address, the page would come without what the person filled in. */
  async #sendAgain(): Promise<void> {
    this.#loading = true;
    this.#lay({ kind: 'opening' });
    this.#watchSlow();
    await this.guest?.reload();
  }

  /** In sight over `rect` when nothing of ours lies there; out of sight for null. */
  async show(rect: Rect | null): Promise<void> {
    if (rect && this.cover.kind === 'site') await this.guest?.show(rect);
    else await this.guest?.hide();
  }

  /** The one way forward of our own pages. */
  async resume(how: 'retry' | 'back' | 'start-over' | 'wait', zoom: number): Promise<void> {
    const refused = this.cover.kind === 'files' ? this.input : undefined;
    if (refused !== undefined) await this.guest?.answerFiles(refused, []);
    if (how === 'retry') await (this.#wantedSent ? this.#sendAgain() : this.goTo(this.#wanted));
    else if (how === 'wait') this.#uncover();
    else if (how === 'back' && this.#reached && this.guest && this.cover.kind !== 'unresponsive') {
      if (this.cover.kind === 'unreachable') await this.guest.goBack();
      this.#lay({ kind: 'site' });
    } else await this.start(zoom);
  }

  turnStep(to: number): void {
    this.#step = Math.min(to, Math.max(0, this.demarche.steps.length - 1));
    this.#furthest = Math.max(this.#furthest, this.#step);
    this.#owner.changed();
    quietly(this.point());
  }

  /** Rings what the step speaks of. False: it is not on this page. */
  async point(): Promise<boolean> {
    const target = this.demarche.steps[this.#step]?.pointAt;
    return target ? ((await this.guest?.pointAt(target)) ?? false) : false;
  }

  answerDialog(accept: boolean, text: string): void {
    this.#dialogs.answer(accept, text);
  }

  async answerFiles(
    documents: readonly string[],
  ): Promise<
    Result<null, Failure<'browsing.closed' | 'browsing.input-gone' | 'browsing.too-large' | 'browsing.not-kept'>>
  > {
    const given = await giveFiles(this.#deps, this, documents);
    this.#seeSending();
    // An input that is still there may be answered again with something smaller.
    if (given.ok || given.error.code === 'browsing.input-gone') this.#lay({ kind: 'site' });
    return given;
  }

  /** Ends the guest and all that waits for it. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#dialogs.clear();
    this.#deps.counts.add('demarche.left-at-step', `${this.demarche.id}/${this.#furthest + 1}`);
    await this.#dropGuest();
  }

  #lay(next: Cover): void {
    if (this.#ended) return;
    this.cover = next;
    this.#owner.covered(this);
  }

  /** What the person sees when a cover goes: the site if a page of it was ever reached. */
  #uncover(): void {
    this.#lay(this.#reached ? { kind: 'site' } : { kind: 'opening' });
  }

  #seeSending(): void {
    this.#sendingHold.see({ sending: this.#sending, lent: this.files.any });
  }

  #watchSlow(): void {
    this.#stopSlow();
    this.#stopSlow = this.#deps.clock.after(SLOW_AFTER_MS, () => {
      // What a person sends takes the time that it takes: a scan on a slow line, minutes. A cover would only stop it.
      if (this.#loading && !this.#sending && (this.cover.kind === 'opening' || this.cover.kind === 'site')) {
        this.#lay({ kind: 'unreachable', fault: 'slow' });
      }
    });
  }

  async #dropGuest(): Promise<void> {
    const { guest } = this;
    this.guest = undefined;
    this.#stopSlow();
    this.#stopVideo?.();
    this.#stopVideo = undefined;
    this.#written = false;
    this.#answers = false;
    this.#sendingHold.stop();
    for (const release of this.#downloads.splice(0)) release();
    this.files.releaseAll();
    await guest?.close();
  }

  /** Whether the page may open something of ours now: only the site in sight, once for each hand. */
  async #may(what: keyof AskedFor): Promise<boolean> {
    return this.#owner.isInFront(this) && (await this.#asked[what]()) && !this.#ended;
  }

  #hear(event: GuestEvent): void {
    if (this.#ended) return;
    switch (event.kind) {
      case 'loading':
        this.#loading = event.loading;
        if (event.loading) {
          if (event.url !== undefined) this.#wanted = event.url;
          this.#wantedSent = false;
          this.#watchSlow();
        } else {
          this.#stopSlow();
          // Shown on arrival: what to press is seen before it is looked for.
          if (this.cover.kind === 'site') quietly(this.point());
        }
        this.#owner.changed();
        break;
      case 'navigated':
        this.#arrived(event);
        break;
      case 'blocked':
        this.#blocked(event);
        break;
      case 'load-failed':
        this.#wanted = event.url;
        this.#wantedSent = event.sent === true;
        this.#loading = false;
        this.#stopSlow();
        this.#lay({ kind: 'unreachable', fault: event.fault });
        break;
      case 'file-wanted':
        this.input = event.request.id;
        this.#lay({
          kind: 'files',
          accept: event.request.accept,
          multiple: event.request.multiple,
          field: event.request.field ?? null,
        });
        break;
      case 'dialog':
        this.#dialogs.opened(event);
        break;
      case 'dialog-gone':
        this.#dialogs.gone(event.id);
        break;
      case 'contact-wanted':
        this.#tellOutside({ kind: 'contact', ...event.contact });
        break;
      case 'program-wanted':
        this.#tellOutside({ kind: 'program' });
        break;
      case 'print-wanted':
        quietly(this.#may('print').then((may) => may && this.#deps.onPrintWanted()));
        break;
      case 'download-started':
        this.#downloads.push(this.#deps.holds.hold('download'));
        break;
      case 'download-done':
        this.#downloads.pop()?.();
        quietly(
          this.#may('download').then((asked) =>
            this.#deps.onDownload({ path: event.path, name: event.suggestedName, asked }),
          ),
        );
        if (!this.#reached) this.#uncover();
        break;
      case 'download-failed':
        this.#downloads.pop()?.();
        quietly(this.#may('download').then((may) => may && this.#deps.onDownloadFailed(event.suggestedName)));
        break;
      case 'download-refused':
        if (event.began) this.#downloads.pop()?.();
        quietly(this.#may('limit').then((may) => may && this.#deps.onDownloadRefused(event.limit)));
        break;
      case 'media':
        if (event.playing) this.#stopVideo ??= this.#deps.holds.hold('video');
        else {
          this.#stopVideo?.();
          this.#stopVideo = undefined;
        }
        break;
      case 'sending':
        this.#sending = event.sending;
        if (event.sending) {
          this.#written = false;
          this.files.sends();
        }
        this.#seeSending();
        // From now on, the answer is waited for.
        if (!event.sending && this.#loading) this.#watchSlow();
        break;
      case 'written':
        this.#written = true;
        if (this.#answers) {
          this.#answers = false;
          this.#owner.changed();
        }
        break;
      case 'zoom-in':
      case 'zoom-out':
      case 'zoom-reset':
        this.#owner.turnZoom(event.kind);
        break;
      case 'keyboard-left':
        if (this.#owner.isInFront(this)) this.#deps.onKeyboardLeft({ by: event.by, backwards: event.backwards });
        break;
      case 'permission-refused':
        this.#deps.logger.log('guest.permission-refused', { what: event.what });
        break;
      case 'unresponsive':
        this.#deps.logger.log('guest.unresponsive');
        if (this.cover.kind === 'site') this.#lay({ kind: 'unresponsive' });
        break;
      case 'responsive':
        if (this.cover.kind === 'unresponsive') this.#uncover();
        break;
      case 'crashed':
        this.#deps.logger.log('guest.crashed');
        quietly(this.#dropGuest());
        this.#lay({ kind: 'crashed' });
        break;
    }
  }

  /** Of a link that leaves the web. A site may lead there before any page of it came. */
  #tellOutside(next: Extract<Cover, { kind: 'contact' | 'program' }>): void {
    quietly(
      this.#may('contact').then((may) => {
        if (may && (this.cover.kind === 'site' || this.cover.kind === 'opening')) this.#lay(next);
      }),
    );
  }

  #arrived(event: Extract<GuestEvent, { kind: 'navigated' }>): void {
    const before = this.#reached;
    if (!samePage(before, event.url)) this.#dialogs.otherPage();
    this.#reached = event.url;
    this.#saidSent ||= saysSent(this.demarche.sentAt, event.url);
    this.#upgrades = 0;
    this.#host = URL.canParse(event.url) ? new URL(event.url).hostname : this.#host;
    this.#canGoBack = event.canGoBack;
    this.#step = followStep(this.demarche.steps, this.#step, event.url);
    this.#furthest = Math.max(this.#furthest, this.#step);
    if (event.sameDocument) {
      this.#owner.changed();
      return;
    }
    this.#stopSlow();
    if (event.beside !== true) {
      this.#written = false;
      this.#answers = event.answers === true;
      this.files.turnPage(before, event.url);
      this.#sendingHold.stop();
    }
    this.#dialogs.clear();
    this.#lay({ kind: 'site' });
  }

  #blocked(event: Extract<GuestEvent, { kind: 'blocked' }>): void {
    const secure = event.reason === 'not-https' ? overHttps(event.url, this.journey) : undefined;
    if (secure !== undefined) {
      this.#upgrades += 1;
      // A site that sends us back and forth between the two never shows anything.
      if (this.#upgrades > MOST_UPGRADES) this.#lay({ kind: 'unreachable', fault: 'garbage' });
      else quietly(this.guest?.navigate(secure));
      return;
    }
    this.#loading = false;
    this.#stopSlow();
    quietly(this.#leave(event));
  }

  /** A link out of the journey: opened elsewhere when a person pressed it, told otherwise. */
  async #leave(event: Extract<GuestEvent, { kind: 'blocked' }>): Promise<void> {
    const open = this.#owner.placeForLink(this, event.url);
    if (open && (await this.#asked.link()) && !this.#ended && this.#owner.isInFront(this)) {
      open();
      this.#uncover();
      return;
    }
    if (this.#ended) return;
    const host = URL.canParse(event.url) ? new URL(event.url).hostname : '';
    this.#deps.logger.log('guest.navigation-blocked', { reason: event.reason });
    this.#deps.counts.add('browsing.blocked', this.demarche.id);
    this.#deps.onBlocked(host);
    this.#lay({ kind: 'blocked', host, ...this.#owner.aboutLink(this, host) });
  }
}
