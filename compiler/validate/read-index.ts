/** What was read of one target, by what points ask for: the place of a device, subnets by path, bindings by where they stand. */
import type { ReadTarget } from "./judged.js";
import type { ReadAttachment, ReadBinding } from "./readback.js";

/** One target, indexed. Lists are in the order of the readback. */
export interface ReadIndex {
  /** The name of the place that each device is, by the device's id. */
  readonly places: ReadonlyMap<string, string | undefined>;
  readonly attachments: ReadonlyMap<string, readonly ReadAttachment[]>;
  /** Bindings of an interface, by its id. */
  readonly atInterface: ReadonlyMap<string, readonly ReadBinding[]>;
  /** Bindings of a subnet as a whole and of workloads in it, by the subnet's path. */
  readonly atSubnet: ReadonlyMap<string, readonly ReadBinding[]>;
}

const indexes = new WeakMap<ReadTarget, ReadIndex>();

/** The index of a target, made when it is first asked for. */
export function readIndex(target: ReadTarget): ReadIndex {
  const known = indexes.get(target);
  if (known !== undefined) return known;
  const made = indexOf(target);
  indexes.set(target, made);
  return made;
}

function indexOf({ readback: { devices, attachments, bindings } }: ReadTarget): ReadIndex {
  const places = new Map<string, string | undefined>();
  for (const { id, place, folder } of devices) if (!places.has(id)) places.set(id, place ?? folder.split("/").pop());
  const subnets = new Map<string, ReadAttachment[]>();
  const paths = new Map<string, Set<string>>();
  for (const one of attachments) {
    if (one.path === undefined) continue;
    push(subnets, one.path, one);
    const known = paths.get(one.id) ?? new Set<string>();
    paths.set(one.id, known.add(one.path));
  }
  const atInterface = new Map<string, ReadBinding[]>();
  const atSubnet = new Map<string, ReadBinding[]>();
  for (const binding of bindings) {
    const { where } = binding;
    if (where.kind === "interface") push(atInterface, where.interface, binding);
    else if (where.kind === "subnet")
      for (const path of paths.get(where.attachment) ?? []) push(atSubnet, path, binding);
    else if (where.kind === "workloads") for (const path of pathsAround(where.path)) push(atSubnet, path, binding);
  }
  return { places, attachments: subnets, atInterface, atSubnet };
}

/** A path and everything that it lies in: `a.b.c`, `a.b`, `a`. */
function pathsAround(path: string): readonly string[] {
  const out = [path];
  for (let dot = path.lastIndexOf("."); dot >= 0; dot = dot === 0 ? -1 : path.lastIndexOf(".", dot - 1)) {
    out.push(path.slice(0, dot));
  }
  return out;
}

function push<T>(lists: Map<string, T[]>, key: string, one: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [one]);
  else list.push(one);
}
