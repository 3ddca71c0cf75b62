declare module 'node-printer' {
  import type { EventEmitter } from 'node:events';
  interface Job extends EventEmitter {
    readonly identifier?: number;
  }
  class NodePrinter {
    name: string;
    jobs: Job[];
    printBuffer(data: Uint8Array, options: Readonly<Record<string, string | number | boolean>>): Job;
  }
  export default NodePrinter;
}
