/** The part of a design that one router of ours carries, looked up once and shared by the router targets. */
import type {
  Announcement,
  Circuit,
  CircuitEnd,
  Core,
  Design,
  DomainDesign,
  EnforcementPoint,
  LanAttachmentDesign,
  Leak,
  Route,
  RoutingInstance,
} from "../../../compiler/design/design.js";
import type { DomainId, LanAttachment, Router } from "../../../compiler/model/estate.js";
import { formatPrefix } from "../../../grammar/address.js";

/** A LAN on an interface of the router. `rank` is the router's place in the list of attached routers, from 0. */
export interface LanSlice {
  readonly lan: LanAttachmentDesign;
  readonly attachment: LanAttachment;
  readonly rank: number;
  readonly point?: EnforcementPoint;
}

/** A circuit that ends on the router. `end` is the router's index in the circuit's ends. */
export interface CircuitSlice {
  readonly circuit: Circuit;
  readonly end: 0 | 1;
  readonly near: CircuitEnd;
  readonly far: CircuitEnd;
  readonly point?: EnforcementPoint;
}

/** A share that meets on this router or in its core, from the view of one domain's instance. */
export interface LeakSlice {
  readonly leak: Leak;
  readonly role: "from" | "to";
  /** What the instance exports with `exportTarget`, and imports with `importTarget`. */
  readonly exports: readonly Announcement[];
  readonly imports: readonly Announcement[];
  readonly exportTarget: string;
  readonly importTarget: string;
}

/** One routing domain on the router. */
export interface InstanceSlice {
  readonly instance: RoutingInstance;
  readonly domain: DomainDesign;
  readonly lans: readonly LanSlice[];
  readonly circuits: readonly CircuitSlice[];
  readonly leaks: readonly LeakSlice[];
}

/** Everything that a design puts on one router. */
export interface RouterSlice {
  readonly router: Router;
  readonly core?: Core;
  /** Other routers of the core, by name. */
  readonly peers: readonly Router[];
  readonly instances: readonly InstanceSlice[];
  /** Tunnels that end here; no router target serves them yet. */
  readonly tunnels: readonly CircuitSlice[];
}

/** Collects what a design puts on a router of ours. */
export function sliceRouter(design: Design, router: Router): RouterSlice {
  const core = design.cores.find(({ routers }) => routers.includes(router.name));
  const circuits = circuitsAt(design, router.name);
  const instances = design.instances
    .filter(({ place }) => place.kind === "router" && place.name === router.name)
    .map((instance) => sliceInstance(design, router.name, instance, core, circuits));
  return {
    router,
    ...(core === undefined ? {} : { core }),
    peers: design.estate.routers.filter(({ name }) => name !== router.name && (core?.routers.includes(name) ?? false)),
    instances,
    tunnels: circuits.filter(({ circuit }) => circuit.kind === "ipsec"),
  };
}

function sliceInstance(
  design: Design,
  router: string,
  instance: RoutingInstance,
  core: Core | undefined,
  circuits: readonly CircuitSlice[],
): InstanceSlice {
  const domain = design.domains.find((one) => one.domain === instance.domain);
  if (domain === undefined) throw new Error(`the instance ${instance.id} has no domain`);
  return {
    instance,
    domain,
    lans: lansAt(design, router, instance.domain),
    circuits: circuits.filter(({ circuit }) => circuit.domain === instance.domain && circuit.kind !== "ipsec"),
    leaks: leaksOf(design, router, core, instance.domain),
  };
}

function lansAt(design: Design, router: string, domain: DomainId): readonly LanSlice[] {
  const out: LanSlice[] = [];
  for (const lan of design.attachments) {
    if (lan.kind !== "lan" || lan.domain !== domain) continue;
    for (const [rank, attachment] of lan.attachments.entries()) {
      if (attachment.router !== router) continue;
      const point = design.points.find(
        (one) => one.attachment.kind === "lan" && one.attachment.lan === lan.id && one.attachment.router === router,
      );
      out.push({ lan, attachment, rank, ...(point === undefined ? {} : { point }) });
    }
  }
  return out;
}

function circuitsAt(design: Design, router: string): readonly CircuitSlice[] {
  const out: CircuitSlice[] = [];
  for (const circuit of design.circuits) {
    for (const end of [0, 1] as const) {
      const near = circuit.ends[end];
      if (near.place.kind !== "router" || near.place.name !== router) continue;
      const point = design.points.find(
        ({ attachment: at }) => at.kind === "circuit" && at.circuit === circuit.id && at.router === router,
      );
      out.push({ circuit, end, near, far: circuit.ends[end === 0 ? 1 : 0], ...(point === undefined ? {} : { point }) });
    }
  }
  return out;
}

function leaksOf(design: Design, router: string, core: Core | undefined, domain: DomainId): readonly LeakSlice[] {
  const out: LeakSlice[] = [];
  for (const leak of design.leaks) {
    const { meeting } = leak;
    const here = meeting.kind === "core" ? core?.id === meeting.id : meeting.kind === "router" && meeting.id === router;
    if (!here) continue;
    const { sharedTarget, returnedTarget } = leak;
    // Without targets (no ASN, which has been reported) nothing is led across.
    if (sharedTarget === undefined || returnedTarget === undefined) continue;
    if (leak.from === domain) {
      out.push({
        leak,
        role: "from",
        exports: leak.shared,
        imports: leak.returned,
        exportTarget: sharedTarget,
        importTarget: returnedTarget,
      });
    }
    if (leak.to === domain) {
      out.push({
        leak,
        role: "to",
        exports: leak.returned,
        imports: leak.shared,
        exportTarget: returnedTarget,
        importTarget: sharedTarget,
      });
    }
  }
  return out;
}

/**
 * Whole prefixes that an instance has from what is attached to the router itself. Parts of a LAN that are announced on
 * their own are not among them: they only cross where a share leads them.
 */
export function ownRoutes({ instance, lans }: Pick<InstanceSlice, "instance" | "lans">): readonly Route[] {
  const parts = new Set(lans.flatMap(({ lan }) => lan.parts.map(formatPrefix)));
  return instance.routes.filter(
    ({ cause, origin, prefix }) =>
      cause.kind === "own" &&
      (origin.kind === "circuit" || (origin.kind === "attachment" && !parts.has(formatPrefix(prefix)))),
  );
}
