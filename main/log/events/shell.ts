import { event, personEvent } from '../fields.ts';

export const shellEvents = {
  'shell.browser-started': event('A browser process runs (logged once for each `role`).', { role: 'word' }),
  'shell.browser-died': event('A browser process ended without being asked.', {
    role: 'word',
    process: 'word',
    reason: 'word',
    exitCode: 'number',
    deaths: 'number',
  }),
  'shell.browser-restarted': event('A browser process was started again after dying.', { role: 'word' }),
  'shell.browser-replaced': event(
    'An update of the system replaced Chromium while it ran: the kiosk restarts, now that nobody is there.',
  ),
  'shell.window-closed': event('A window that is not one of ours appeared and was closed.', {
    type: 'word',
    what: 'word',
  }),
  'shell.no-window-watch': event('The window watch does not run: a window that is not ours would stay.'),
  'shell.shared-account': event(
    'User numbers are few here: the browsers share one account, and a process that hides from its browser is not found by it.',
  ),
  'shell.no-key-grabs': event(
    'Reserved keys are not taken at the display: only the filter inside the pages holds them.',
  ),
  'shell.no-window-manager': event(
    'No window manager runs: the kiosk is shown, but desktop keys and windows of other programs are not held back.',
  ),
  'vault.no-ram-folder': event(
    'No file system in memory was found, or none with room (`reason`): the (sealed) files of a session live in the temporary folder.',
    { reason: 'word' },
  ),
  'shell.no-ram-folder': event(
    'No file system in memory was found, or none with room (`reason`): throw-away profiles live in the temporary folder.',
    { reason: 'word' },
  ),
  'guest.navigation-blocked': personEvent(
    'A site tried to leave the journey; the person saw our page instead. If every site does so as it opens (not-https, local-network), the network sends people to a sign-in page of its own: let this PC pass without, by its address.',
    { reason: 'word' },
  ),
  'guest.site-at-local-address': personEvent(
    'The name of a site of the journey led to an address of the local network, and was refused; the person saw that the site cannot be found. If it really is there, add it to `localHosts`. If every site does so, the network wants a sign-in on a page of its own (a captive portal), or its name server filters too much: let this PC pass without, by its address.',
  ),
  'guest.page-not-left': personEvent(
    'A page outside the journey had arrived, was never shown, and could not be left in two seconds; its browser was ended.',
  ),
  'guest.print-not-taken': personEvent(
    'What a page asked to print could not be taken as it was; the person is told, and nothing is printed.',
  ),
  'guest.window-unasked': personEvent('A page wanted to open a window that nobody had asked for; nothing opened.'),
  'guest.request-refused': personEvent('A site asked for an address of the local network or a forbidden scheme.', {
    kind: 'word',
    what: 'word',
    reason: 'word',
  }),
  'guest.past-the-kiosk': event(
    'The browser does not send through the kiosk, which could judge nothing: no site is opened. A policy of this PC says so (ProxySettings, ProxyMode, ProxyServer, ProxyPacUrl: a file of the folder policies of /etc/chromium or /etc/chromium-browser). Remove it there, and name the proxy in site.yaml (`proxy`).',
  ),
  'guest.calls-past-the-kiosk': event(
    'The calls of a page (WebRTC) would connect by themselves, past the kiosk, which could judge nothing: no site is opened. A policy of this PC says so (WebRtcIPHandling: a file of the folder policies of /etc/chromium or /etc/chromium-browser). Remove it there.',
  ),
  'guest.cache-elsewhere': event(
    'The browser does not keep what it loads in its own folder in memory; elsewhere it would stay: no site is opened. A policy of this PC says so (DiskCacheDir: a file of the folder policies of /etc/chromium or /etc/chromium-browser): remove it there. Else the folder of the browsers is full.',
  ),
  'guest.opens-other-programs': event(
    'The browser would offer a person to open other programs, in a window of its own over the site: no site is opened. A policy of this PC says so (a URLBlocklist without "*" in a file of the folder policies of /etc/chromium or /etc/chromium-browser takes the place of ours). Remove it there, and add its names to our own file.',
  ),
  'guest.refused-by-policy': personEvent(
    'The browser refused a page of the journey before it requested it; the person saw that the site does not answer. A policy of this PC says so (URLBlocklist, or a URLAllowlist that takes the place of ours: a file of the folder policies of /etc/chromium or /etc/chromium-browser).',
  ),
  'guest.proxy-silent': personEvent(
    'The proxy of the place (`proxy` in site.yaml) does not answer, answers in a way that the kiosk does not understand (perhaps it is no proxy), or closed the connection: perhaps nobody can reach a site.',
  ),
  'guest.proxy-refused': personEvent(
    'The proxy of the place lets nobody to a site of a démarche. 403: it filters the site, or the port. 407: it asks for a password, which the kiosk has none of; let this PC pass by its address. 511, or 302 for every site: it wants a sign-in on a page of its own; the same. 302 for some: the page of its filter.',
    { status: 'number' },
  ),
  'guest.certificate-refused': personEvent(
    'The page of a site was refused for its certificate; `code` is that of Chromium. If every site does so: cert-authority-invalid means that the network inspects TLS with an authority that no policy of this PC names (`CACertificates`), or wants a sign-in on a page of its own (a captive portal: let this PC pass by its address); cert-common-name-invalid or ssl-protocol-error, such a page; cert-date-invalid, that the clock of this PC, or of what inspects, is wrong, or that its authority has expired. pinned: the key is none of those that the bundle names in `pins`; exempt the site from inspection.',
    { code: 'word' },
  ),
  'guest.permission-refused': personEvent('A site asked for a device or a permission.', { what: 'word' }),
  'guest.crashed': event('The page of a site crashed; its browser was closed, and the person may start again.'),
  'guest.took-too-much': personEvent(
    'A site took more memory, processes, threads or room than a site may, or could not be measured; its browser was ended.',
    { what: 'word' },
  ),
  'guest.browser-silent': event('The browser of a site that was put away stopped answering, and was ended.'),
  'guest.unresponsive': personEvent('The page of a site stopped answering.'),
} as const;
