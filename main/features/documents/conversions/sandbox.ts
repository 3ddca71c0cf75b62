/**
 * What the office program can reach: its own files, read-only, and a folder in memory that nobody else sees and that is gone with it. The
 * document comes in by standard input and leaves by standard output, so no file of ours is shared with it.
 */
import type { Owner } from '../../../platform/memory-folder.ts';
import type { Convertible } from '../sniff.ts';

/** What the script below answers beyond the program's own codes. */
export const exitCodes = { noOffice: 64, noPdf: 65 } as const;

const OFFICE = '/usr/lib/libreoffice/program/soffice.bin';
/** The document, the program's throw-away profile, its pictures and the PDF. */
const FOLDER_BYTES = 128 * 1024 * 1024;
/** A second bound under the first, which is looked at: a letter takes 0.5 GB of address space, of which it fills 150 MB. */
const ADDRESS_SPACE_KB = 1_250_000;

/** The filter is named, so that a file is never opened as another kind than what we saw in its bytes. */
const FILTERS: Readonly<Record<Convertible, string>> = {
  docx: 'MS Word 2007 XML',
  odt: 'writer8',
  doc: 'MS Word 97',
  rtf: 'Rich Text Format',
  txt: 'Text (encoded):UTF8,LF,,fr-FR',
};

const setting = (path: string, name: string, value: string): string =>
  `<item oor:path="/org.openoffice.${path}"><prop oor:name="${name}" oor:op="fuse"><value>${value}</value></prop></item>`;

/** No macro of any origin, nothing that acts, nothing fetched from elsewhere; words and paper as in France. */
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

/** 81: its profile was new, and it wants to be started again. */
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

/** A script with nothing but the system's programs and an empty folder. `account`: when ours is root, whose rights it has. */
export const inSandbox = (
  script: string,
  variables: Readonly<Record<string, string>>,
  account: Owner | undefined,
): CommandLine => {
  const [program = '', ...args] = [
    ...(account ? asAccount(account) : []),
    'bwrap',
    // Its own view of processes, network, users and messages. Killed with us, and with it all that it started.
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
