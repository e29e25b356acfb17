import { layerParameters } from '../../network/layers/layers.ts';
import type { FixedLayers } from '../contract.ts';
import type { Held } from './heap.ts';
import type { FlatCopy, LayerWork } from './layers/layer.ts';
import { cpuLayer, placeLayers } from './layers/registry.ts';

/** Layers that never change, in linear memory. */
export class Fixed {
  private readonly fixed: FixedLayers;
  private readonly parameters: Held;
  private readonly places: readonly number[];

  constructor(fixed: FixedLayers, parameters: Held) {
    this.fixed = fixed;
    this.parameters = parameters;
    this.places = placeLayers(fixed.layers).places;
  }

  /** Puts the parameters where the kernels want them. */
  write(copy: Pick<FlatCopy, 'kernels' | 'staging' | 'memory'>): void {
    let at = 0;
    this.fixed.layers.forEach((layer, index) => {
      const flat = this.fixed.parameters.subarray(at, (at += layerParameters(layer)));
      const address = this.parameters.address + this.places[index];
      cpuLayer(layer).copy(layer, { ...copy, address, flat, direction: 'in' });
    });
  }

  /** @param levels Where the input lies and where each layer's output goes. */
  forward(work: LayerWork, levels: readonly Held[]): void {
    this.fixed.layers.forEach((layer, index) => {
      const parameters = this.parameters.address + this.places[index];
      cpuLayer(layer).forward(layer, work, parameters, levels[index].address, levels[index + 1].address);
    });
  }
}
