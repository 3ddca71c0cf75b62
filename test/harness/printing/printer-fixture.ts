/**
 * Runs a private D-Bus, a private Avahi and any number of `ippeveprinter`. `ippeveprinter` refuses to start without
 * Avahi. Avahi writes its pid file to a fixed folder, so it runs in its own mount namespace.
 */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  renameSync,
} from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../until.ts';
import { freePort, has, start, type Running } from './process.ts';

export const missingPrograms = (): readonly string[] =>
  ['ippeveprinter', 'dbus-daemon', 'avahi-daemon', 'unshare', 'pdfinfo', 'pdftotext'].filter(
    (program) => !has(program),
  );

export interface PrinterOptions {
  readonly name?: string;
  readonly formats?: string;
  readonly colour?: boolean;
  readonly twoSided?: boolean;
  /** IPP version announced: `1.1` or `2.0`. */
  readonly version?: string;
  /** Extra attributes, in the syntax of ipptool files. */
  readonly attributes?: string;
  readonly port?: number;
}

/** One printer whose engine the test controls. */
export interface TestPrinter {
  readonly port: number;
  readonly uri: string;
  readonly secureUri: string;
  /** Sets the paper in the main tray and in the photo tray (`media-ready`). */
  load(main: string, photo?: string): Promise<void>;
  /** The documents received, oldest first. */
  printed(): readonly string[];
  /** True while the engine processes a document. */
  isFeeding(): boolean;
  /** Pages that really came out, whatever the printer reports. */
  pagesOut(): number;
  /**
   * The engine stops before its next page, or after `afterPages` pages, and reports this reason; an empty one is not
   * reported. A second call while it is stopped changes the reason, and lets it go on when it asks for more pages.
   */
  block(reason: string, afterPages?: number): void;
  unblock(): void;
  /** Time per page, in milliseconds. */
  setPageMs(ms: number): void;
  /** The engine exits with this code after `afterPages` pages. */
  failAfter(afterPages: number, exitCode: number): void;
  /**
   * The engine ends before its next page, as a real printer stops feeding on Cancel-Job. `ippeveprinter` does not stop
   * it.
   */
  stopFeeding(): void;
  resumeFeeding(): void;
  /** Jobs complete without any page being counted. */
  countNothing(): void;
  /** Undoes `failAfter`, `stopFeeding` and `countNothing`. */
  reset(): void;
  log(): string;
  powerOff(): Promise<void>;
  powerOn(): Promise<void>;
}

export interface PrinterFixture {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  printer(options?: PrinterOptions): Promise<TestPrinter>;
  stop(): Promise<void>;
}

const BUS = (
  socket: string,
): string => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=${socket}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`;

const AVAHI = `[server]
host-name=borne-essai
allow-interfaces=none0
use-ipv4=yes
use-ipv6=no
enable-dbus=yes
[publish]
publish-workstation=no
[wide-area]
enable-wide-area=no
[reflector]
enable-reflector=no
`;

/**
 * The print engine. It reports each page on stderr, as ippeveprinter expects, and is controlled by files in $CONTROL.
 */
const ENGINE = `#!/bin/sh
CONTROL="$(dirname "$0")"
n=$(cat "$CONTROL/pages" 2>/dev/null || pdfinfo "$1" 2>/dev/null | sed -n 's/^Pages: *//p')
copies="\${IPP_COPIES:-1}"
# Printers repeat no raster stream: the copies are in it, or there are none.
case "$CONTENT_TYPE" in image/pwg-raster|image/urf) copies=1;; image/jpeg) n=1;; esac
n=$(( \${n:-1} * copies ))
cp "$1" "$CONTROL/out/$(date +%s%N).$$"
touch "$CONTROL/feeding"
trap 'rm -f "$CONTROL/feeding"' EXIT
i=0
while [ "$i" -lt "$n" ]; do
  if [ -e "$CONTROL/fail-after" ] && [ "$i" -ge "$(cat "$CONTROL/fail-after")" ]; then exit "$(cat "$CONTROL/exit")"; fi
  if [ -e "$CONTROL/block" ] && [ "$i" -ge "$(cat "$CONTROL/block-after")" ]; then
    reason=
    while now=$(cat "$CONTROL/block" 2>/dev/null) && [ "$i" -ge "$(cat "$CONTROL/block-after")" ]; do
      if [ "$now" != "$reason" ]; then
        [ -z "$reason" ] || echo "STATE: -$reason" >&2
        [ -z "$now" ] || echo "STATE: +$now" >&2
        reason=$now
      fi
      sleep 0.05
    done
    [ -z "$reason" ] || echo "STATE: -$reason" >&2
  fi
  sleep "$(cat "$CONTROL/page-s")"
  # On Cancel-Job, ippeveprinter lets its engine run on, while a real printer stops feeding paper.
  if [ -e "$CONTROL/stop-feeding" ]; then exit 0; fi
  i=$((i + 1))
  echo "$i" >> "$CONTROL/tray"
  [ -e "$CONTROL/count-nothing" ] || echo "ATTR: job-impressions-completed=$i" >&2
done
exit 0
`;

const accepts = (socket: string): Promise<boolean> =>
  new Promise((resolve) => {
    const connection = createConnection(socket, () => {
      connection.destroy();
      resolve(true);
    });
    connection.once('error', () => resolve(false));
  });

export const startPrinterFixture = async (): Promise<PrinterFixture> => {
  const folder = mkdtempSync(join(tmpdir(), 'pn-print-'));
  // A private CUPS, running as the user `lp`, also connects to this D-Bus.
  chmodSync(folder, 0o755);
  const socket = join(folder, 'bus');
  writeFileSync(join(folder, 'bus.conf'), BUS(socket));
  writeFileSync(join(folder, 'avahi.conf'), AVAHI);
  const env = { DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${socket}`, HOME: folder };
  const running: Running[] = [];
  const bus = start('dbus-daemon', [`--config-file=${join(folder, 'bus.conf')}`, '--nofork', '--nopidfile']);
  running.push(bus);
  // Its socket is there a moment before it accepts connections, and Avahi tries only once.
  await until('the private D-Bus', () => accepts(socket));
  const avahi = start(
    'unshare',
    [
      ...(process.getuid?.() === 0 ? ['-m'] : ['-r', '-m']),
      '--propagation',
      'private',
      'sh',
      '-c',
      'mkdir -p /run/avahi-daemon; mount -t tmpfs tmpfs /run/avahi-daemon && exec avahi-daemon --file="$1" --no-drop-root --no-chroot --no-rlimits --no-proc-title',
      'sh',
      join(folder, 'avahi.conf'),
    ],
    env,
  );
  running.push(avahi);
  await until(
    () => `Avahi (${avahi.output()})`,
    () => avahi.output().includes('Server startup complete'),
  );

  let count = 0;
  const printer = async (options: PrinterOptions = {}): Promise<TestPrinter> => {
    count += 1;
    const control = join(folder, `printer-${count}`);
    const out = join(control, 'out');
    mkdirSync(out, { recursive: true });
    mkdirSync(join(control, 'spool'));
    const engine = join(control, 'engine');
    writeFileSync(engine, ENGINE, { mode: 0o755 });
    writeFileSync(join(control, 'page-s'), '0.02');
    const port = options.port ?? (await freePort());
    const attributes = options.attributes === undefined ? [] : ['-a', join(control, 'attributes')];
    if (options.attributes !== undefined) writeFileSync(join(control, 'attributes'), options.attributes);
    const args = [
      '-f',
      options.formats ?? 'application/pdf',
      '-c',
      engine,
      '-d',
      join(control, 'spool'),
      '-K',
      join(control, 'spool'),
      '-n',
      'localhost',
      '-p',
      String(port),
      '-s',
      options.colour === false ? '10' : '10,10',
      ...(options.twoSided === false ? [] : ['-2']),
      ...(options.version === undefined ? [] : ['-V', options.version]),
      ...attributes,
      '-vv',
      options.name ?? `Imprimante ${port}`,
    ];
    /**
     * Set the trays through the printer's web page: it starts with Letter, which our kiosks never hold. A monochrome
     * printer has a third, manual tray.
     */
    const load = async (main: string, photo = 'na_index-4x6_4x6in'): Promise<void> => {
      const tray = (n: number, size: string): string => `size${n}=${size}&type${n}=stationery&level${n}=250`;
      await fetch(`http://127.0.0.1:${port}/media?${tray(1, main)}&${tray(2, photo)}&${tray(3, main)}`);
    };
    let process_: Running | undefined;
    const powerOn = async (): Promise<void> => {
      process_ = start('ippeveprinter', args, env);
      running.push(process_);
      const me = process_;
      await until(
        () => `ippeveprinter on ${port}: ${me.output()}`,
        async () => {
          if (me.child.exitCode !== null) throw new Error(`ippeveprinter ended: ${me.output()}`);
          return fetch(`http://127.0.0.1:${port}/`).then(
            () => true,
            () => false,
          );
        },
      );
      await load('iso_a4_210x297mm');
    };
    await powerOn();
    return {
      port,
      load,
      uri: `ipp://localhost:${port}/ipp/print`,
      secureUri: `ipps://localhost:${port}/ipp/print`,
      printed: () =>
        readdirSync(out)
          .sort()
          .map((name) => join(out, name)),
      isFeeding: () => existsSync(join(control, 'feeding')),
      pagesOut: () => {
        const tray = join(control, 'tray');
        return existsSync(tray) ? readFileSync(tray, 'utf8').trim().split('\n').length : 0;
      },
      block: (reason, afterPages = 0) => {
        // The engine reads both all the time, and goes on when it finds one empty.
        for (const [name, text] of [
          ['block-after', String(afterPages)],
          ['block', reason],
        ] as const) {
          writeFileSync(join(control, `${name}.new`), text);
          renameSync(join(control, `${name}.new`), join(control, name));
        }
      },
      unblock: () => rmSync(join(control, 'block'), { force: true }),
      setPageMs: (ms) => writeFileSync(join(control, 'page-s'), String(ms / 1000)),
      failAfter: (pages, exitCode) => {
        writeFileSync(join(control, 'exit'), String(exitCode));
        writeFileSync(join(control, 'fail-after'), String(pages));
      },
      resumeFeeding: () => rmSync(join(control, 'stop-feeding'), { force: true }),
      stopFeeding: () => writeFileSync(join(control, 'stop-feeding'), ''),
      countNothing: () => writeFileSync(join(control, 'count-nothing'), ''),
      reset: () => {
        for (const order of ['fail-after', 'stop-feeding', 'count-nothing'])
          rmSync(join(control, order), { force: true });
      },
      log: () => process_?.output() ?? '',
      powerOff: async () => process_?.stop(),
      powerOn,
    };
  };

  return {
    folder,
    env,
    printer,
    stop: async () => {
      for (const one of running.reverse()) await one.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

export const readBytes = (path: string): Uint8Array => new Uint8Array(readFileSync(path));
