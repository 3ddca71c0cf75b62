/** The icons, named by what they mean. Tabler icons (MIT), inlined at build time. */
import home from '@tabler/icons/outline/home.svg?raw';
import place from '@tabler/icons/outline/map-pin.svg?raw';
import textSize from '@tabler/icons/outline/text-size.svg?raw';
import language from '@tabler/icons/outline/language.svg?raw';
import help from '@tabler/icons/outline/help-circle.svg?raw';
import forward from '@tabler/icons/outline/arrow-right.svg?raw';
import back from '@tabler/icons/outline/arrow-left.svg?raw';
import down from '@tabler/icons/outline/arrow-down.svg?raw';
import search from '@tabler/icons/outline/search.svg?raw';
import papers from '@tabler/icons/outline/id.svg?raw';
import social from '@tabler/icons/outline/heart-handshake.svg?raw';
import health from '@tabler/icons/outline/stethoscope.svg?raw';
import work from '@tabler/icons/outline/briefcase.svg?raw';
import housing from '@tabler/icons/outline/home-2.svg?raw';
import transport from '@tabler/icons/outline/bus.svg?raw';
import tax from '@tabler/icons/outline/receipt-tax.svg?raw';
import family from '@tabler/icons/outline/users-group.svg?raw';
import learn from '@tabler/icons/outline/school.svg?raw';
import clock from '@tabler/icons/outline/clock.svg?raw';
import quit from '@tabler/icons/outline/door-exit.svg?raw';
import account from '@tabler/icons/outline/user-check.svg?raw';
import mobile from '@tabler/icons/outline/device-mobile.svg?raw';
import mail from '@tabler/icons/outline/mail.svg?raw';
import stuck from '@tabler/icons/outline/lifebuoy.svg?raw';
import check from '@tabler/icons/outline/check.svg?raw';
import phone from '@tabler/icons/outline/phone.svg?raw';
import paper from '@tabler/icons/outline/file-text.svg?raw';
import building from '@tabler/icons/outline/building.svg?raw';
import print from '@tabler/icons/outline/printer.svg?raw';
import scan from '@tabler/icons/outline/scan.svg?raw';
import close from '@tabler/icons/outline/x.svg?raw';
import chevron from '@tabler/icons/outline/chevron-right.svg?raw';
import blocked from '@tabler/icons/outline/lock-x.svg?raw';
import unplugged from '@tabler/icons/outline/plug-off.svg?raw';
import offline from '@tabler/icons/outline/wifi-off.svg?raw';
import waiting from '@tabler/icons/outline/hourglass.svg?raw';
import warning from '@tabler/icons/outline/alert-triangle.svg?raw';
import again from '@tabler/icons/outline/refresh.svg?raw';
import says from '@tabler/icons/outline/message-circle.svg?raw';
import erase from '@tabler/icons/outline/eraser.svg?raw';
import safe from '@tabler/icons/outline/shield-check.svg?raw';
import palette from '@tabler/icons/outline/palette.svg?raw';
import light from '@tabler/icons/outline/sun.svg?raw';
import dark from '@tabler/icons/outline/moon.svg?raw';
import contrast from '@tabler/icons/outline/contrast.svg?raw';
import usb from '@tabler/icons/outline/usb.svg?raw';
import tool from '@tabler/icons/outline/tool.svg?raw';
import press from '@tabler/icons/outline/hand-finger.svg?raw';
import info from '@tabler/icons/outline/info-circle.svg?raw';
import done from '@tabler/icons/outline/circle-check.svg?raw';
import fold from '@tabler/icons/outline/layout-sidebar-left-collapse.svg?raw';
import unfold from '@tabler/icons/outline/layout-sidebar-left-expand.svg?raw';
import documents from '@tabler/icons/outline/files.svg?raw';
import person from '@tabler/icons/outline/user.svg?raw';
import silence from '@tabler/icons/outline/volume-off.svg?raw';
import speak from '@tabler/icons/outline/volume.svg?raw';
import turn from '@tabler/icons/outline/rotate-clockwise.svg?raw';
import add from '@tabler/icons/outline/plus.svg?raw';
import bothSides from '@tabler/icons/outline/book.svg?raw';
import pile from '@tabler/icons/outline/stack-2.svg?raw';
import pencil from '@tabler/icons/outline/pencil.svg?raw';
import enlarge from '@tabler/icons/outline/zoom-in.svg?raw';
import eye from '@tabler/icons/outline/eye.svg?raw';
import computer from '@tabler/icons/outline/device-desktop.svg?raw';
import laptop from '@tabler/icons/outline/device-laptop.svg?raw';
import child from '@tabler/icons/outline/mood-kid.svg?raw';
import access from '@tabler/icons/outline/wheelchair.svg?raw';
import cost from '@tabler/icons/outline/coin-euro.svg?raw';
import calendar from '@tabler/icons/outline/calendar.svg?raw';
import map from '@tabler/icons/outline/map-2.svg?raw';
import walk from '@tabler/icons/outline/walk.svg?raw';
import filters from '@tabler/icons/outline/adjustments-horizontal.svg?raw';
import flag from '@tabler/icons/outline/flag.svg?raw';

export const icons = {
  home: home,
  place: place,
  'text-size': textSize,
  language: language,
  help: help,
  forward: forward,
  back: back,
  down: down,
  search: search,
  papers: papers,
  social: social,
  health: health,
  work: work,
  housing: housing,
  transport: transport,
  tax: tax,
  family: family,
  learn: learn,
  clock: clock,
  quit: quit,
  account: account,
  mobile: mobile,
  mail: mail,
  stuck: stuck,
  check: check,
  phone: phone,
  paper: paper,
  building: building,
  print: print,
  scan: scan,
  close: close,
  chevron: chevron,
  blocked: blocked,
  unplugged: unplugged,
  offline: offline,
  waiting: waiting,
  warning: warning,
  again: again,
  says: says,
  erase: erase,
  safe: safe,
  palette: palette,
  light: light,
  dark: dark,
  contrast: contrast,
  usb: usb,
  tool: tool,
  press: press,
  info: info,
  done: done,
  fold: fold,
  unfold: unfold,
  documents: documents,
  person: person,
  speak: speak,
  silence: silence,
  turn: turn,
  add: add,
  'both-sides': bothSides,
  pile: pile,
  pencil: pencil,
  enlarge: enlarge,
  eye: eye,
  computer: computer,
  laptop: laptop,
  child: child,
  access: access,
  cost: cost,
  calendar: calendar,
  map: map,
  walk: walk,
  filters: filters,
  flag: flag,
} as const;
export type IconName = keyof typeof icons;
