// Debian packages the project's own set-up installs, by what needs them. Names as in Debian 12 and 13.
export const packages = {
  /** To show the kiosk. */
  start: [
    'chromium',
    'chromium-l10n', // its own words inside pages in French: file inputs, what a field lacks, a PDF in a frame
    'openbox',
    'xvfb',
    'xauth',
    'xdotool',
    'scrot', // the screenshot kept when there is no display
    'fonts-noto-core', // languages that the kiosk's own typeface does not write
    'util-linux', // setpriv: the browsers run as an unprivileged user
    'openssl',
    'udisks2', // opens a USB key without any right of its own
    'polkitd', // whom udisks asks whether the kiosk's account may
    'espeak-ng', // « Écouter »: the voice that reads a document
    'libreoffice-writer-nogui', // makes PDF of the letters that people bring
    'bubblewrap', // what LibreOffice runs in: without it no letter is opened
    'fonts-liberation', // the same widths as Arial and Times, or pages break elsewhere
    'fonts-crosextra-carlito', // as Calibri
    'fonts-crosextra-caladea', // as Cambria
    'sane-utils', // scanimage: scanners with a driver
    'sane-airscan', // scanners that need none, as SANE sees them; in the tests an eSCL client that is not ours
  ],
  /** Beyond that, to run the tests on real parts. */
  test: [
    'x11-utils', // xprop, xwininfo: what the X server really shows
    'xclip', // fills the selections, as somebody's program would
    'xserver-xorg-core', // a real X server with a touch screen: Xvfb has none
    'xserver-xorg-video-dummy', // its screen
    'cups-ipp-utils', // ippeveprinter, ipptool
    'cups-daemon', // a private cupsd
    'cups-client', // lp, lpstat
    'cups', // the backends that a queue of a real PC has: usb, socket, lpd, dnssd
    'cups-filters',
    'dbus',
    'avahi-daemon', // ippeveprinter refuses to start without it
    'poppler-utils', // pdftotext, pdfinfo
    'ocrmypdf', // what the scan bench compares with
    'libxml2-utils', // xmllint: what Windows reads, against a schema
    'unpaper', // ocrmypdf --clean
    'tesseract-ocr-fra', // French, for ocrmypdf
    'dosfstools', // key images
    'e2fsprogs', // key images
    'exfatprogs', // key images
    'ntfs-3g', // key images; the driver where the kernel has none
    'exfat-fuse', // the driver where the kernel has none
    'fusefat', // the driver where the kernel has none
    'dovecot-imapd', // a private mailbox; `ownServices` keeps the public one from starting
    'roundcube-core', // the webmail that opens it
    'roundcube-sqlite3', // its database, a file of the test
    'php-cli', // the web server of the test
    'php-sqlite3', // how PHP opens that file
  ],
};

/** Services that these packages would start on the ports of the machine. The tests start their own, on the loopback. */
export const ownServices = { 'dovecot-imapd': ['dovecot.service', 'dovecot.socket'] };
