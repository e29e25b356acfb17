/** A device without a worker: the host answers on a MessageChannel in the same thread. For tests. */
import type { Spawned, Spawner } from './device.ts';
import { hostDevice, type DeviceMethods, type EngineLoader } from './host.ts';
import type { ProgramTable } from './program.ts';

export interface InProcess extends Spawned {
  /** Whether it has crashed or was ended. */
  readonly ended: boolean;
  /** Makes the device fail as a crashed worker would. */
  crash(message: string): void;
  /** Makes it crash at its next call of this method (and program), which is never answered. */
  crashAt(method: keyof DeviceMethods, message: string, program?: string): void;
}

/** @param onSpawn Told of every device made, so that a test can crash it. */
export function inProcessSpawner(
  programs: ProgramTable,
  loadEngine: EngineLoader,
  onSpawn: (rank: number, device: InProcess) => void = () => {},
): Spawner {
  return (rank) => {
    const { port1, port2 } = new MessageChannel();
    hostDevice(port2, programs, loadEngine);
    port1.start();
    port2.start();
    const listeners: ((message: string) => void)[] = [];
    let ended = false;
    let trap: ((call: { method?: string; args?: readonly unknown[] }) => boolean) | null = null;
    const terminate = () => {
      ended = true;
      port1.close();
      port2.close();
    };
    const device: InProcess = {
      endpoint: {
        addEventListener: (type, listener) => port1.addEventListener(type, listener),
        postMessage(message, transfer = []) {
          if (!trap?.(message as object)) port1.postMessage(message, transfer);
        },
      },
      get ended() {
        return ended;
      },
      terminate,
      onCrash: (listener) => listeners.push(listener),
      crash(message) {
        terminate();
        for (const listener of listeners) listener(message);
      },
      crashAt(method, message, program) {
        trap = (call) => {
          if (call.method !== method || (program !== undefined && call.args?.[0] !== program)) return false;
          trap = null;
          setTimeout(() => device.crash(message));
          return true;
        };
      },
    };
    onSpawn(rank, device);
    return device;
  };
}
