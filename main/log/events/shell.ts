export const shellEvents = {
  'shell.browser-started': 'A browser process runs.',
  'shell.browser-died': 'A browser process ended without being asked.',
  'shell.browser-restarted': 'A browser process was started again after dying.',
  'shell.window-closed': 'A window that is not one of ours appeared and was closed.',
  'shell.no-window-watch': 'The window watch does not run: a window that is not ours would stay.',
  'shell.shared-account':
    'User numbers are few here: the browsers share one account, and a process that hides from its browser is not found by it.',
  'shell.no-key-grabs': 'Reserved keys are not taken at the display: only the filter inside the pages holds them.',
  'shell.no-window-manager':
    'No window manager runs: the kiosk is shown, but desktop keys and windows of other programs are not held back.',
  'vault.no-ram-folder':
    'No file system in memory was found, or none with room (`reason`): the (sealed) files of a session live in the temporary folder.',
  'shell.no-ram-folder':
    'No file system in memory was found, or none with room (`reason`): throw-away profiles live in the temporary folder.',
  'guest.navigation-blocked': 'A site tried to leave the journey; the person saw our page instead.',
  'guest.window-unasked': 'A page wanted to open a window that nobody had asked for; nothing opened.',
  'guest.request-refused': 'A site asked for an address of the local network or a forbidden scheme.',
  'guest.permission-refused': 'A site asked for a device or a permission.',
  'guest.crashed': 'The page of a site crashed; its guest was replaced.',
  'guest.took-too-much':
    'A site took more memory, processes, threads or room than a site may, or asked for other places without end; its browser was ended.',
  'guest.browser-silent': 'The browser of a site that was put away stopped answering, and was ended.',
  'guest.unresponsive': 'The page of a site stopped answering.',
} as const;
