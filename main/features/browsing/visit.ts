/**
 * One site that a person has open: its guest, its current page, and the cover that we show over its rectangle. It
 * exists until `end`. Events that arrive after that are ignored.
 */
import { randomUUID } from 'node:crypto';
import type { BrowsingContract, Cover } from '../../contract/browsing.ts';
import type { StateOf } from '../../contract/define.ts';
import type { LeavingItem } from '../feature.ts';
import type { DemarcheConfig } from '../../config/kiosk-config.ts';
import { hostOf } from '../../config/domains.ts';
import type { Guest, GuestEvent, Rect } from '../../shell/port.ts';
import { oncePerInput, type OncePerInput } from './once-per-input.ts';
import { createDialogQueue, type DialogQueue } from './dialog-queue.ts';
import { followStep, mailboxTrouble } from './follow-step.ts';
import { giveFiles } from './give-files.ts';
import { guestPolicy } from './guest-policy.ts';
import { holdWhilePlaying, type PlayingHold } from './hold-while-playing.ts';
import { holdWhileSending, type SendingHold } from './hold-while-sending.ts';
import { isLocalSite, journeyOf, localFailure, isPortal, overHttps, type Journey } from './journey-policy.ts';
import { createLentFiles, samePage } from './lent-files.ts';
import { createPageLoad, type PageLoad } from './page-load.ts';
import { quietly } from './quietly.ts';
import { createSiteDownloads, type SiteDownloads } from './site-downloads.ts';
import { createSubmission, type Submission } from './submission.ts';
import { createVisitCounts, type VisitCounts } from './visit-counts.ts';
import type { VisitDeps, VisitOwner } from './visit-deps.ts';

/** An allowed address is only compared with others, and a page may give it two million characters, often. */
const MAX_ADDRESS_LENGTH = 32_000;

export class Visit {
  readonly demarche: DemarcheConfig;
  readonly journey: Journey;
  readonly isMailbox: boolean;
  /** The id of the file input that waits for an answer. */
  input: string | undefined;
  readonly files = createLentFiles();
  readonly counts: VisitCounts;
  guest: Guest | undefined;
  readonly #deps: VisitDeps;
  readonly #owner: VisitOwner;
  readonly #dialogs: DialogQueue;
  #dialog: Cover | undefined;
  /** What covers the site when none of its dialogs waits for an answer. */
  #under: Cover = { kind: 'opening' };
  readonly #once: OncePerInput;
  readonly #playingHold: PlayingHold;
  readonly #sendingHold: SendingHold;
  readonly #load: PageLoad;
  readonly #submission: Submission;
  readonly #downloads: SiteDownloads;
  #ended = false;
  #starts = 0;
  #host: string;
  #step = 0;
  #canGoBack = false;

  constructor(deps: VisitDeps, owner: VisitOwner, demarche: DemarcheConfig) {
    this.demarche = demarche;
    this.isMailbox = demarche.mailbox !== null;
    this.#deps = deps;
    this.#owner = owner;
    this.counts = createVisitCounts(deps.counts, demarche);
    this.#host = new URL(demarche.url).hostname;
    this.journey = journeyOf(demarche, deps.config, deps.isNeighbour);
    this.#once = oncePerInput({ monotonicMs: () => deps.clock.monotonicMs(), idleMs: () => deps.shell.idleMs() });
    this.#playingHold = holdWhilePlaying(deps);
    this.#sendingHold = holdWhileSending(deps);
    this.#load = createPageLoad(
      {
        clock: deps.clock,
        guest: () => this.guest,
        cover: () => this.#under,
        inDialog: () => this.#dialog !== undefined,
        setCover: (next) => this.#setCover(next),
        onClockBehind: deps.onClockBehind,
      },
      demarche.url,
    );
    this.#submission = createSubmission({ clock: deps.clock, demarche });
    this.#downloads = createSiteDownloads({
      ...deps,
      visit: this,
      mayOpen: (what) => this.#mayOpen(what),
      isOver: () => this.#ended,
    });
    this.#dialogs = createDialogQueue({
      clock: deps.clock,
      answer: (id, accept, text) => quietly(this.guest?.answerDialog(id, accept, text)),
      show: ({ id, type, message, defaultText }) => this.#setDialog({ kind: 'dialog', id, type, message, defaultText }),
      done: () => this.#setDialog(undefined),
    });
  }

  /** A dialog comes before every other cover: its page waits for an answer. */
  get cover(): Cover {
    return this.#dialog ?? this.#under;
  }

  /** The state for the screens. */
  get state(): NonNullable<StateOf<BrowsingContract>['visit']> {
    return {
      demarche: this.demarche.id,
      siteName: this.demarche.siteName,
      host: this.#host,
      step: this.#step,
      loading: this.#load.loading,
      canGoBack: this.#canGoBack,
      cover: this.cover,
      trouble: mailboxTrouble(this.demarche.mailbox, this.#load.loadedUrl),
      sent: this.#submission.onPage(this.#load.loadedUrl),
      attached: this.files.count,
    };
  }

  /** What the leaving screen says about the request. */
  get leavingItem(): LeavingItem | undefined {
    return this.#submission.leavingItem(this.#host);
  }

  /** Opens a new guest at the start of the démarche, or at `url`. False if no guest could be opened. */
  async start(url = this.demarche.url): Promise<boolean> {
    const mine = ++this.#starts;
    await this.#dropGuest().catch(() => undefined); // the audit at the end of the session checks its folder
    this.#load.restart();
    this.#host = new URL(this.demarche.url).hostname;
    this.#step = 0;
    this.#setCover({ kind: 'opening' });
    let guest: Guest;
    try {
      guest = await this.#deps.shell.openGuest({
        policy: guestPolicy(this.journey, this.demarche, this.#deps.config.bundles),
        on: (event) => this.#onEvent(event),
      });
    } catch {
      this.#deps.counts.add('machine.fault', 'browser');
      return mine !== this.#starts; // « recommencer » was pressed meanwhile: the later start decides
    }
    // While the browser started, the person may have left, opened another site, or pressed « recommencer » twice.
    if (this.#ended || this.guest !== undefined) {
      quietly(guest.close());
      return !this.#ended;
    }
    this.guest = guest;
    const zoom = this.#owner.zoom();
    if (zoom !== 1) await guest.setZoom(zoom).catch(() => undefined); // then the site keeps its normal size
    this.#load.goTo(url);
    return true;
  }

  /** Opens a link of another site, once the person agrees to lose what they typed here. */
  openLink(url: string): void {
    const go = (): void => this.#load.goTo(url);
    if (this.leavingItem?.kind === 'not-sent') this.#dialogs.askToLeave(go);
    else go();
  }

  /** Shows the site in `rect`, unless a cover is there; hides it for null. */
  async show(rect: Rect | null): Promise<void> {
    if (rect && this.cover.kind === 'site') await this.guest?.show(rect);
    else await this.guest?.hide(this.#owner.siteRect() ?? undefined);
  }

  /** What the buttons on our covers do. */
  async resume(how: 'retry' | 'back' | 'start-over' | 'wait'): Promise<void> {
    const refused = this.cover.kind === 'files' ? this.input : undefined;
    if (refused !== undefined) await this.guest?.answerFiles(refused, []);
    if (how === 'wait') this.#load.keepWaiting();
    else if (how === 'retry') this.#load.retry();
    else if (how === 'back' && this.#load.loadedUrl && this.guest && this.cover.kind !== 'unresponsive')
      await this.#load.back();
    else if (!(await this.start())) this.#setCover({ kind: 'crashed' });
  }

  /** « Page précédente ». Our covers count as pages: it leads from one to the site's page under it, as it was left. */
  async back(): Promise<void> {
    const { kind } = this.cover;
    const covers = kind !== 'site' && kind !== 'dialog' && kind !== 'unresponsive';
    if (covers && this.guest && this.#load.loadedUrl) await this.resume('back');
    else await this.guest?.goBack();
  }

  setStep(to: number): void {
    this.#step = Math.min(to, Math.max(0, this.demarche.steps.length - 1));
    this.counts.reached(this.#step);
    this.#owner.changed();
    quietly(this.point());
  }

  /** Highlights the element that the step describes. False if it is not on this page. */
  async point(): Promise<boolean> {
    const target = this.demarche.steps[this.#step]?.pointAt;
    return target ? ((await this.guest?.pointAt(target)) ?? false) : false;
  }

  answerDialog(id: string, accept: boolean, text: string): void {
    if (!this.#dialogs.answer(id, accept, text)) return;
    // The person may have chosen to stay, and then the page that was requested never comes.
    if (!accept && this.#under.kind === 'opening') this.#setCover({ kind: 'site' });
  }

  async answerFiles(documents: readonly string[], lighter: boolean): ReturnType<typeof giveFiles> {
    const asked = this.input;
    const given = await giveFiles(this.#deps, this, documents, lighter);
    this.#updateSendingHold();
    // Otherwise the cover stays: the person can choose a smaller document for the same input.
    const isOver = given.ok || given.error.code === 'browsing.input-gone';
    const asksAgain = this.input !== undefined && this.input !== asked;
    if (isOver && !asksAgain) this.#setCover({ kind: 'site' });
    return given;
  }

  async end(): Promise<void> {
    this.#ended = true;
    this.counts.ended(this.#submission.isSent);
    await this.#dropGuest();
  }

  #setCover(next: Cover): void {
    if (this.#ended) return;
    this.#under = next;
    this.#owner.covered(this);
  }

  #setDialog(next: Cover | undefined): void {
    this.#dialog = next;
    this.#setCover(this.#under);
  }

  #updateSendingHold(): void {
    this.#sendingHold.see({ sending: this.#load.sending, lent: this.files.any });
  }

  async #dropGuest(): Promise<void> {
    const { guest } = this;
    this.guest = undefined;
    this.#canGoBack = false;
    this.#dialogs.clear();
    this.#load.stop();
    this.#playingHold.see(false);
    this.#submission.turnPage(false);
    this.#sendingHold.stop();
    this.#downloads.drop();
    this.files.releaseAll();
    await guest?.close();
  }

  /** Whether the page may open one of our screens now: only the site in front, and once per user input. */
  async #mayOpen(what: keyof OncePerInput): Promise<boolean> {
    return this.#owner.isInFront(this) && (await this.#once[what]()) && this.#owner.isInFront(this) && !this.#ended;
  }

  #onEvent(event: GuestEvent): void {
    if (this.#ended) return;
    switch (event.kind) {
      case 'loading':
        this.#load.loadingChanged(event);
        // Highlight the element as soon as the page is loaded, before the person looks for it.
        if (!event.loading && this.cover.kind === 'site') quietly(this.point());
        this.#owner.changed();
        break;
      case 'navigated':
        this.#onNavigated(event);
        break;
      case 'blocked':
        this.#onBlocked(event);
        break;
      case 'load-failed':
        this.#load.failed(event);
        break;
      case 'file-wanted': {
        const { id, accept, multiple, field = null } = event.request;
        this.input = id;
        // An id of our own: those of two guests are the same.
        this.#setCover({ kind: 'files', id: randomUUID(), accept, multiple, field });
        break;
      }
      case 'dialog':
        this.#dialogs.opened(event);
        break;
      case 'dialog-gone':
        this.#dialogs.gone(event.id);
        break;
      case 'contact-wanted':
        this.#showOutsideLink({ kind: 'contact', ...event.contact });
        break;
      case 'program-wanted':
        this.#showOutsideLink({ kind: 'program' });
        break;
      case 'print-wanted':
        quietly(this.#mayOpen('print').then((may) => may && this.#deps.onPrintWanted()));
        break;
      case 'download-started':
      case 'download-done':
      case 'download-failed':
      case 'download-refused':
        this.#downloads.on(event);
        if (event.kind === 'download-started' || event.kind === 'download-refused') this.#load.documentCame();
        break;
      case 'media':
        this.#playingHold.see(event.playing);
        break;
      case 'sending':
        this.#load.sendingChanged(event.sending);
        this.#updateSendingHold();
        break;
      case 'sent':
        this.#submission.accepted(event.requestedMs);
        this.files.sent();
        break;
      case 'written':
        if (this.#submission.written()) this.#owner.changed();
        break;
      case 'zoom-in':
      case 'zoom-out':
      case 'zoom-reset':
        this.#owner.stepZoom(event.kind);
        break;
      case 'keyboard-left':
        if (this.#owner.isInFront(this)) this.#deps.onKeyboardLeft({ by: event.by, backwards: event.backwards });
        break;
      case 'permission-refused':
        this.#deps.logger.log('guest.permission-refused', { what: event.what });
        break;
      case 'unresponsive':
        this.#deps.logger.log('guest.unresponsive');
        this.#load.unresponsive();
        break;
      case 'responsive':
        this.#load.responsive();
        break;
      case 'crashed':
        this.#deps.logger.log('guest.crashed');
        quietly(this.#dropGuest());
        this.#setCover({ kind: 'crashed' });
        break;
    }
  }

  /** Shows the cover for a link that leaves the web. A site may redirect to one before its first page loads. */
  #showOutsideLink(next: Extract<Cover, { kind: 'contact' | 'program' }>): void {
    quietly(
      this.#mayOpen('contact').then((may) => {
        if (may && (this.cover.kind === 'site' || this.cover.kind === 'opening')) this.#setCover(next);
      }),
    );
  }

  #onNavigated(event: Extract<GuestEvent, { kind: 'navigated' }>): void {
    const before = this.#load.loadedUrl;
    const url = event.url.slice(0, MAX_ADDRESS_LENGTH);
    // A page changes its own address at will, between two dialogs of one loop.
    if (!event.sameDocument && !samePage(before, url)) this.#dialogs.otherPage();
    this.#load.navigated(url, event.sameDocument);
    this.#submission.reached(url, before);
    this.#host = URL.canParse(url) ? new URL(url).hostname : this.#host;
    this.#canGoBack = event.canGoBack;
    this.#step = followStep(this.demarche.steps, this.#step, url);
    this.counts.reached(this.#step);
    if (event.sameDocument) return this.#owner.changed();
    if (event.beside !== true) {
      this.#submission.turnPage(event.answers === true);
      this.files.turnPage(before, url);
      this.#sendingHold.stop();
    }
    this.#setCover({ kind: 'site' });
  }

  #onBlocked(event: Extract<GuestEvent, { kind: 'blocked' }>): void {
    const secure = event.reason === 'not-https' ? overHttps(event.url, this.journey) : undefined;
    if (secure !== undefined) return this.#load.notHttps(secure);
    if (isLocalSite(event, this.journey)) {
      this.#deps.logger.log('guest.site-at-local-address');
      return this.#load.failed(localFailure(event.url, this.#deps.shell.silence()));
    }
    if (this.#load.opensAtStart && isPortal(event.reason)) {
      this.#deps.logger.log('guest.navigation-blocked', { reason: event.reason });
      return this.#load.intercepted();
    }
    this.#load.blocked();
    quietly(this.#onLinkOut(event));
  }

  /** Handles a link out of the journey: opens it in the other site after user input, else shows the blocked page. */
  async #onLinkOut(event: Extract<GuestEvent, { kind: 'blocked' }>): Promise<void> {
    const open = this.#owner.linkOpener(this, event.url);
    if (open && (await this.#once.link()) && !this.#ended && this.#owner.isInFront(this)) {
      open();
      this.#load.uncover();
      return;
    }
    if (this.#ended) return;
    const host = hostOf(event.url);
    this.#deps.logger.log('guest.navigation-blocked', { reason: event.reason });
    this.#deps.counts.add('browsing.blocked', this.demarche.id);
    this.#deps.onBlocked(host);
    this.#setCover({ kind: 'blocked', host, ...this.#owner.aboutLink(this, event.url) });
  }
}
