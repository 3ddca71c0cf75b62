/**
 * System calls denied to a process that decodes untrusted files: network, other processes, new programs' helpers,
 * escapes from the sandbox. It is a deny list, not an allow list: Node, sharp and Skia use different calls with each C
 * library, and a call missing from an allow list would kill the decoding of a person's document. Landlock and the
 * separate account cover what this list misses.
 */

/** Classic BPF over `struct seccomp_data`: the call's number, the architecture, the arguments (64 bits each). */
const NUMBER = 0;
const ARCHITECTURE = 4;
const FIRST_ARGUMENT = 16;

const LOAD = 0x20;
const JUMP_EQUAL = 0x15;
const JUMP_NOT_LESS = 0x35;
const JUMP_SET = 0x45;
const RETURN = 0x06;

const ALLOW = 0x7fff_0000;
const KILL = 0x8000_0000;
const refuse = (errno: number): number => 0x0005_0000 | errno;
const EPERM = 1;
const ENOSYS = 38;

/** A thread shares everything with its process; a child process would escape our accounting. */
const CLONE_THREAD = 0x1_0000;
/** The x32 call numbers: every denied call could be made again through them. */
const X32 = 0x4000_0000;

interface Machine {
  readonly audit: number;
  readonly clone: number;
  readonly refused: readonly number[];
}

const CLONE3 = 435;
/**
 * The same on every architecture: pidfd_send_signal, io_uring_*, open_tree … fsmount, pidfd_open, pidfd_getfd,
 * process_madvise, mount_setattr.
 */
const NEW_CALLS = [424, 425, 426, 427, 428, 429, 430, 431, 432, 433, 434, 438, 440, 442];

const MACHINES: Readonly<Record<string, Machine>> = {
  x64: {
    audit: 0xc000_003e,
    clone: 56,
    refused: [
      ...[41, 53, 42, 49, 50, 43, 288], // socket, socketpair, connect, bind, listen, accept, accept4
      // ptrace, process_vm_readv, process_vm_writev, kcmp, kill, tkill, tgkill, rt_sigqueueinfo, rt_tgsigqueueinfo
      ...[101, 310, 311, 312, 62, 200, 234, 129, 297],
      ...[57, 58], // fork, vfork
      ...[29, 30, 31, 64, 66, 65, 68, 240], // shmget, shmat, shmctl, semget, semctl, semop, msgget, mq_open
      // mount, umount2, pivot_root, chroot, unshare, setns, name_to_handle_at, open_by_handle_at
      ...[165, 166, 155, 161, 272, 308, 303, 304],
      // bpf, perf_event_open, userfaultfd, keyctl, add_key, request_key, personality
      ...[321, 298, 323, 250, 248, 249, 135],
      // init_module, finit_module, delete_module, kexec_load, kexec_file_load, reboot, swapon, swapoff
      ...[175, 313, 176, 246, 320, 169, 167, 168],
    ],
  },
  arm64: {
    audit: 0xc000_00b7,
    clone: 220,
    refused: [
      ...[198, 199, 203, 200, 201, 202, 242],
      ...[117, 270, 271, 272, 129, 130, 131, 138, 240],
      ...[194, 196, 195, 190, 191, 193, 186, 180],
      ...[40, 39, 41, 51, 97, 268, 264, 265],
      ...[280, 241, 282, 219, 217, 218, 92],
      ...[105, 273, 106, 104, 294, 142, 224, 225],
    ],
  },
};

type Step = readonly [code: number, ifTrue: number, ifFalse: number, operand: number];

const program = ({ audit, clone, refused }: Machine): readonly Step[] => [
  [LOAD, 0, 0, ARCHITECTURE],
  [JUMP_EQUAL, 1, 0, audit],
  [RETURN, 0, 0, KILL],
  [LOAD, 0, 0, NUMBER],
  [JUMP_NOT_LESS, 0, 1, X32],
  [RETURN, 0, 0, KILL],
  ...[...refused, ...NEW_CALLS].flatMap((call): readonly Step[] => [
    [JUMP_EQUAL, 0, 1, call],
    [RETURN, 0, 0, refuse(EPERM)],
  ]),
  // The flags of clone3 are in memory, which a filter cannot read. On ENOSYS the C library falls back to `clone`.
  [JUMP_EQUAL, 0, 1, CLONE3],
  [RETURN, 0, 0, refuse(ENOSYS)],
  [JUMP_EQUAL, 0, 3, clone],
  [LOAD, 0, 0, FIRST_ARGUMENT],
  [JUMP_SET, 1, 0, CLONE_THREAD],
  [RETURN, 0, 0, refuse(EPERM)],
  [RETURN, 0, 0, ALLOW],
];

/** In the format of `setpriv --seccomp-filter`; undefined for an architecture whose call numbers we don't know. */
export const decoderFilter = (architecture: string): Uint8Array | undefined => {
  const machine = MACHINES[architecture];
  if (machine === undefined) return undefined;
  const steps = program(machine);
  const bytes = Buffer.alloc(steps.length * 8);
  for (const [at, [code, ifTrue, ifFalse, operand]] of steps.entries()) {
    bytes.writeUInt16LE(code, at * 8);
    bytes.writeUInt8(ifTrue, at * 8 + 2);
    bytes.writeUInt8(ifFalse, at * 8 + 3);
    bytes.writeUInt32LE(operand >>> 0, at * 8 + 4);
  }
  return bytes;
};
