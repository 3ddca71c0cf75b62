/**
 * The sandbox of the office program. It can reach its own files, read-only, and a private folder in memory that
 * disappears with it. The document arrives on standard input and the PDF leaves on standard output, so no file of ours
 * is shared.
 */
import type { Owner } from '../../../platform/memory-folder.ts';
import type { Convertible } from '../sniff.ts';

/** Exit codes of the script below, besides the program's own. */
export const exitCodes = { noOffice: 64, noPdf: 65 } as const;

const OFFICE = '/usr/lib/libreoffice/program/soffice.bin';
/** For the document, the program's temporary profile, its pictures and the PDF. */
const FOLDER_BYTES = 128 * 1024 * 1024;
/** A second limit besides the polled one. A letter takes 0.5 GB of address space, of which it uses 150 MB. */
const ADDRESS_SPACE_KB = 1_250_000;

/** Name the input filter, so that a file is never opened as another format than the one we detected. */
const FILTERS: Readonly<Record<Convertible, string>> = {
  docx: 'MS Word 2007 XML',
  odt: 'writer8',
  doc: 'MS Word 97',
  rtf: 'Rich Text Format',
  txt: 'Text (encoded):UTF8,LF,,fr-FR',
};

const setting = (path: string, name: string, value: string): string =>
  `<item oor:path="/org.openoffice.${path}"><prop oor:name="${name}" oor:op="fuse"><value>${value}</value></prop></item>`;

/** No macros, no active content, nothing fetched from elsewhere; French locale and paper size. */
const SETTINGS = [
  '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">',
  setting('Office.Common/Security/Scripting', 'MacroSecurityLevel', '3'),
  setting('Office.Common/Security/Scripting', 'DisableMacrosExecution', 'true'),
  setting('Office.Common/Security/Scripting', 'DisableActiveContent', 'true'),
  setting('Office.Common/Security/Scripting', 'BlockUntrustedRefererLinks', 'true'),
  setting('Office.Writer/Content/Update', 'Link', '0'),
  setting('Setup/L10N', 'ooSetupSystemLocale', 'fr-FR'),
  '</oor:items>',
].join('');

/** Exit code 81: the profile was new, and LibreOffice must be started again. */
const SCRIPT = `
ulimit -c 0; ulimit -v ${ADDRESS_SPACE_KB}
[ -x "$OFFICE" ] || exit ${exitCodes.noOffice}
mkdir -p profile/user out
printf %s "$SETTINGS" > profile/user/registrymodifications.xcu
cat > "in.$KIND"
for start in 1 2; do
  "$OFFICE" -env:UserInstallation=file:///tmp/profile --headless --norestore --nologo --nodefault --nolockcheck \\
    --nofirststartwizard "--infilter=$FILTER" --convert-to pdf:writer_pdf_Export --outdir out "in.$KIND" > log 2>&1
  [ $? = 81 ] || break
done
[ -s out/in.pdf ] || exit ${exitCodes.noPdf}
exec cat out/in.pdf
`;

const asAccount = ({ uid, gid }: Owner): readonly string[] => [
  'setpriv',
  `--reuid=${uid}`,
  `--regid=${gid}`,
  '--clear-groups',
  '--no-new-privs',
];

export type CommandLine = readonly [program: string, ...args: string[]];

/**
 * Runs a script with only the system's programs and an empty folder. `account`: whom to run as when the kiosk is root.
 */
export const inSandbox = (
  script: string,
  variables: Readonly<Record<string, string>>,
  account: Owner | undefined,
): CommandLine => {
  const [program = '', ...args] = [
    ...(account ? asAccount(account) : []),
    'bwrap',
    // Separate namespaces for processes, network, users and IPC. When we die, it is killed with all its children.
    ...[
      '--unshare-all',
      '--unshare-user',
      '--disable-userns',
      '--die-with-parent',
      '--new-session',
      '--cap-drop',
      'ALL',
    ],
    ...['--ro-bind', '/usr', '/usr', '--symlink', 'usr/lib', '/lib', '--symlink', 'usr/bin', '/bin'],
    ...['--symlink', 'usr/lib64', '/lib64'],
    ...['--ro-bind-try', '/etc/fonts', '/etc/fonts', '--ro-bind-try', '/etc/libreoffice', '/etc/libreoffice'],
    ...['--proc', '/proc', '--dev', '/dev', '--remount-ro', '/dev'],
    ...['--size', String(FOLDER_BYTES), '--tmpfs', '/tmp', '--chdir', '/tmp', '--remount-ro', '/'],
    '--clearenv',
    ...['--setenv', 'HOME', '/tmp', '--setenv', 'PATH', '/usr/bin', '--setenv', 'LC_ALL', 'C.UTF-8'],
    ...Object.entries(variables).flatMap(([name, value]) => ['--setenv', name, value]),
    ...['sh', '-c', script],
  ];
  return [program, ...args];
};

export const conversionOf = (kind: Convertible, account: Owner | undefined): CommandLine =>
  inSandbox(SCRIPT, { KIND: kind, FILTER: FILTERS[kind], OFFICE, SETTINGS }, account);
