/** Small designs for tests of what AWS refuses, and their findings as texts. */
import type { Settings, TargetSettings } from "../../../compiler/config/settings.js";
import type { Circuit, Design } from "../../../compiler/design/design.js";
import type { AwsCloud, External, Link, Network, Router } from "../../../compiler/model/estate.js";
import * as make from "../../support/designs.js";
import { compileAws } from "./judge.js";

/** What a test varies of a small design: one segment `prod` at the cloud `use1`. */
export interface Parts {
  readonly cloud?: Partial<AwsCloud>;
  readonly clouds?: readonly AwsCloud[];
  readonly networks?: readonly Network[];
  readonly links?: readonly Link[];
  readonly circuits?: readonly Circuit[];
  readonly routers?: readonly Router[];
  readonly externals?: readonly External[];
  readonly gateways?: ReadonlyMap<string, number>;
}

/** The cloud. */
export const use1 = { kind: "cloud", name: "use1" } as const;

/** The design of these parts. */
export function designOf(parts: Parts): Design {
  const { cloud, networks = [], links = [], circuits = [], routers = [make.router("chi")], externals = [] } = parts;
  return make.design({
    estate: make.estate({
      segments: [make.segment("prod")],
      clouds: [make.awsCloud("use1", { asn: make.located(64601), ...cloud }), ...(parts.clouds ?? [])],
      routers,
      externals,
      networks,
      links,
    }),
    circuits,
    instances: [
      make.instance("prod", use1, [make.route("10.20.0.0/16", "shop", { kind: "attachment", attachment: "shop" })]),
    ],
    gatewayAsns: parts.gateways ?? new Map([["use1/prod", 64611]]),
  });
}

/** The findings of a design in short: code, underlined text, message. */
export function found(parts: Parts, target?: TargetSettings): readonly string[] {
  const targets = new Map(target === undefined ? [] : [["aws", target] as const]);
  const settings: Settings = { accept: [], limits: [], targets };
  const { findings } = compileAws(designOf(parts), settings);
  return findings.map(({ code, span, message }) => `${code} ${span?.source.text ?? "-"}: ${message}`);
}

/** The findings with their help lines. */
export function foundWithHelp(parts: Parts): readonly string[] {
  const { findings } = compileAws(designOf(parts));
  return findings.map(({ code, span, message, help }) => `${code} ${span?.source.text ?? "-"}: ${message} | ${help}`);
}

/** A VPC of the cloud. */
export function shop(
  cidrs: string | readonly string[],
  ...subnets: readonly ReturnType<typeof make.subnet>[]
): Network {
  return make.network("shop", "prod", "use1", cidrs, subnets);
}

/** A router of ours. */
export const chi = { kind: "router", name: "chi" } as const;
/** A partner. */
export const globex = { kind: "external", name: "globex" } as const;

/** A Direct Connect to `chi`, and its circuit. */
export function dx(more: Partial<Link> = {}, plan: Partial<make.CircuitPlan> = {}): Parts {
  const link = make.link("dx", "direct-connect", [use1, chi], { carries: [make.carries("prod")], ...more });
  const circuit = make.circuit({
    link,
    segment: "prod",
    announces: [["10.20.0.0/16"], ["10.1.0.0/24"]],
    vlan: 101,
    addressing: [make.pair("169.254.60.1/30", "169.254.60.2/30")],
    ...plan,
  });
  return { links: [link], circuits: [circuit] };
}

/** One tunnel of a VPN with the addresses of its ends, that of AWS first. */
export function tunnel(index: number, first: string, second: string) {
  return { index, addressing: [make.pair(first, second)], psk: { name: `globex-${index + 1}` } };
}

/** Two tunnels that AWS takes. */
export const goodTunnels = [
  tunnel(0, "169.254.21.1/30", "169.254.21.2/30"),
  tunnel(1, "169.254.21.5/30", "169.254.21.6/30"),
];

/** A VPN to `globex`, and its circuit. */
export function vpn(more: Partial<Link> = {}, plan: Partial<make.CircuitPlan> = {}): Parts {
  const link = make.link("globex-vpn", "ipsec", [use1, globex], { carries: [make.carries("prod")], ...more });
  const circuit = make.circuit({
    link,
    segment: "prod",
    announces: [["10.20.0.0/16"], ["203.0.113.0/26"]],
    asns: [64601, 65010],
    mtu: 1400,
    tunnels: goodTunnels,
    ...plan,
  });
  return { links: [link], circuits: [circuit], externals: [make.external("globex", "prod", "203.0.113.0/26")] };
}
