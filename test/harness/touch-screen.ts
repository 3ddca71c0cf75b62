/**
 * A real X server with a touch screen: Xorg with no monitor (its `dummy` driver), and its `inputtest` driver, which
 * posts what a program writes to a socket as a device's driver would. Xvfb has no touch screen, and the touches of the
 * browser's debugging protocol skip what the browser does with a device: a slow finger on a link drags it.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from './printing/process.ts';
import { until } from './until.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Points are pixels of the screen. `id` tells two fingers apart. */
export interface Fingers {
  down(at: Point, id?: number): void;
  move(at: Point, id?: number): void;
  up(at: Point, id?: number): void;
}

export interface TouchScreen extends Fingers {
  readonly display: string;
  stop(): Promise<void>;
}

const SIZE = { width: 1280, height: 800 } as const;

const device = (name: string, type: string, folder: string): string => `
Section "InputDevice"
  Identifier "${name}"
  Driver "inputtest"
  Option "SocketPath" "${folder}/${name}.sock"
  Option "DeviceType" "${type}"
EndSection`;

const configuration = (folder: string): string => `
Section "ServerFlags"
  Option "AutoAddDevices" "false"
EndSection
${device('touch', 'Touch', folder)}
${device('mouse', 'PointerAbsolute', folder)}
${device('keyboard', 'Keyboard', folder)}
Section "Device"
  Identifier "card"
  Driver "dummy"
  VideoRam 65536
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 10-200
  VertRefresh 10-200
  Modeline "screen" 83.50 1280 1352 1480 1680 800 803 809 831
EndSection
Section "Screen"
  Identifier "screen"
  Device "card"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Modes "screen"
    Virtual ${SIZE.width} ${SIZE.height}
  EndSubSection
EndSection
Section "ServerLayout"
  Identifier "layout"
  Screen "screen"
  InputDevice "touch" "SendCoreEvents"
  InputDevice "mouse" "CorePointer"
  InputDevice "keyboard" "CoreKeyboard"
EndSection
`;

/** The driver's protocol, version 1.1: `xf86-input-inputtest-protocol.h` of the X server. All numbers little-endian. */
const HELLO = 0;
const TOUCH = 6;
/** Values of `XI_TouchBegin` and the two after it. */
const TOUCH_TYPES = { down: 18, move: 19, up: 20 } as const;
/** Header, two numbers, a mask of the axes, 64 values and 64 values that no acceleration has changed. */
const TOUCH_BYTES = 1056;
const AXIS_MAX = 0xffff;

const hello = (): Buffer => {
  const message = Buffer.alloc(12);
  message.writeUInt32LE(message.length, 0);
  message.writeUInt32LE(HELLO, 4);
  message.writeUInt16LE(1, 8);
  message.writeUInt16LE(1, 10);
  return message;
};

const touchMessage = (type: keyof typeof TOUCH_TYPES, { x, y }: Point, id: number): Buffer => {
  const message = Buffer.alloc(TOUCH_BYTES);
  message.writeUInt32LE(message.length, 0);
  message.writeUInt32LE(TOUCH, 4);
  message.writeUInt32LE(id, 8);
  message.writeUInt32LE(TOUCH_TYPES[type], 12);
  message[20] = 0b11; // X and Y are given
  message.writeDoubleLE((x / SIZE.width) * AXIS_MAX, 32);
  message.writeDoubleLE((y / SIZE.height) * AXIS_MAX, 40);
  return message;
};

const fingersOn = (socket: Socket): Fingers => {
  const send =
    (type: keyof typeof TOUCH_TYPES) =>
    (at: Point, id = 0): void =>
      void socket.write(touchMessage(type, at, id));
  return { down: send('down'), move: send('move'), up: send('up') };
};

export const openTouchScreen = async (): Promise<TouchScreen> => {
  const folder = mkdtempSync(join(tmpdir(), 'pn-touch-'));
  const file = join(folder, 'xorg.conf');
  writeFileSync(file, configuration(folder));
  // A seat of its own: the server leaves the machine's consoles alone, and needs none.
  const [seat, log] = ['seat-touch', join(folder, 'xorg.log')];
  const server = start('Xorg', [
    ...['-displayfd', '1', '-config', file, '-seat', seat, '-logfile', log],
    ...['-nolisten', 'tcp', '-noreset', '-dpi', '96'],
  ]);
  let socket: Socket | undefined;
  const stop = async (): Promise<void> => {
    socket?.destroy();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const number = await until(
      () => `Xorg: ${server.output().slice(-2000)}`,
      () => /^(\d+)$/m.exec(server.output())?.[1],
    );
    socket = connect(join(folder, 'touch.sock'));
    await once(socket, 'connect');
    socket.write(hello());
    await once(socket, 'data');
    return { display: `:${number}`, ...fingersOn(socket), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
