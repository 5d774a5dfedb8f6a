/** Collects the boundaries that a comparison uses, and opens a space over them. */
import type { AddressSet } from "./address-set.js";
import { intervalEngine } from "./diagram-space.js";
import type { FlowSetEngine, FlowSpace } from "./engine.js";
import { rankTable } from "./rank-table.js";
import type { ServiceSet } from "./service-set.js";

/** The engine of a space and its budget; the interval diagram with its own default where absent. */
export interface SpaceOptions {
  readonly engine?: FlowSetEngine;
  /** In the engine's units of work. */
  readonly budget?: number;
}

/** Register every set that will stand in a box, as a source, a destination or a service, then build once. */
export class SpaceBuilder {
  readonly #addresses = new Set<AddressSet>();
  readonly #services = new Set<ServiceSet>();

  /** Addresses of either side. */
  addAddresses(set: AddressSet): this {
    this.#addresses.add(set);
    return this;
  }

  addServices(set: ServiceSet): this {
    this.#services.add(set);
    return this;
  }

  /** What `box` will be called with. */
  addBox(source: AddressSet, destination: AddressSet, service: ServiceSet): this {
    return this.addAddresses(source).addAddresses(destination).addServices(service);
  }

  /** A space that knows the boundaries registered so far, those of the families and those of every protocol with slots. */
  build(options: SpaceOptions = {}): FlowSpace {
    const addresses = [...this.#addresses].flatMap((set) => set.bounds);
    const services = [...this.#services].flatMap((set) => set.bounds);
    return (options.engine ?? intervalEngine).open(rankTable(addresses, services), options.budget);
  }
}
