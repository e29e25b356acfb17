/** A device without a worker: the host answers on a MessageChannel in the same thread. For tests. */
import type { Spawned, Spawner } from './device.ts';
import { hostDevice, type EngineLoader } from './host.ts';
import type { ProgramTable } from './program.ts';

export interface InProcess extends Spawned {
  /** Makes the device fail as a crashed worker would. */
  crash(message: string): void;
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
    const terminate = () => {
      port1.close();
      port2.close();
    };
    const device: InProcess = {
      endpoint: port1,
      terminate,
      onCrash: (listener) => listeners.push(listener),
      crash(message) {
        terminate();
        for (const listener of listeners) listener(message);
      },
    };
    onSpawn(rank, device);
    return device;
  };
}
