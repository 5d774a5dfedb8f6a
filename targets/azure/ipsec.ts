/**
 * The IPsec policies of Azure: what `ike` of a link may say, which values Azure takes, and what stands without it. Source:
 * Microsoft, "IPsec/IKE policy for VPN" (cryptographic requirements of VPN gateways and Virtual WAN).
 */
import type { IpsecOptions } from "../../compiler/model/estate.js";
import type { Span } from "../../grammar/source.js";
import type { IpsecPolicy } from "./resources.js";

/** Seconds of silence after which a peer is taken for dead: the default of Azure. */
export const DEAD_PEER_SECONDS = 45;

/** Why a value of `ike` is refused. */
export interface IkeFault {
  readonly key: string;
  readonly value: string;
  readonly allowed: string;
  readonly span: Span;
}

/** How much traffic a key is used for, in KiB: the default of Azure. */
const DATA_SIZE = 102_400_000;

/** The policy that stands where `ike` says nothing: one proposal that all clouds and router systems take. */
const defaultPolicy: IpsecPolicy = {
  ike_encryption_algorithm: "AES256",
  ike_integrity_algorithm: "SHA256",
  dh_group: "DHGroup14",
  encryption_algorithm: "GCMAES256",
  integrity_algorithm: "GCMAES256",
  pfs_group: "PFS14",
  sa_lifetime_sec: 3_600,
  sa_data_size_kb: DATA_SIZE,
};

type Change = Partial<IpsecPolicy>;

interface IkeOption {
  readonly allowed: string;
  readonly set: (value: string | number) => Change | undefined;
}

const ikeCiphers: ReadonlyMap<string, string> = new Map([
  ["aes128", "AES128"],
  ["aes192", "AES192"],
  ["aes256", "AES256"],
  ["aes128-gcm", "GCMAES128"],
  ["aes256-gcm", "GCMAES256"],
]);
const espCiphers: ReadonlyMap<string, string> = new Map([
  ["aes128", "AES128"],
  ["aes192", "AES192"],
  ["aes256", "AES256"],
  ["aes128-gcm", "GCMAES128"],
  ["aes192-gcm", "GCMAES192"],
  ["aes256-gcm", "GCMAES256"],
]);
const ikeIntegrities: ReadonlyMap<string, string> = new Map([
  ["sha256", "SHA256"],
  ["sha384", "SHA384"],
]);
const espIntegrities: ReadonlyMap<string, string> = new Map([["sha256", "SHA256"]]);
/** Groups of 2048 bits and more. */
const groups: ReadonlyMap<number, readonly [ike: string, pfs: string]> = new Map([
  [14, ["DHGroup14", "PFS14"]],
  [19, ["ECP256", "ECP256"]],
  [20, ["ECP384", "ECP384"]],
  [24, ["DHGroup24", "PFS24"]],
]);

const names = (keys: Iterable<string | number>): string => [...keys].map((key) => `\`${key}\``).join(", ");

function named(table: ReadonlyMap<string, string>, use: (value: string) => Change): IkeOption {
  return {
    allowed: names(table.keys()),
    set: (value) => {
      const found = table.get(String(value).toLowerCase());
      return found === undefined ? undefined : use(found);
    },
  };
}

function group(use: (value: readonly [string, string]) => Change): IkeOption {
  return {
    allowed: names(groups.keys()),
    set: (value) => {
      const found = typeof value === "number" ? groups.get(value) : undefined;
      return found === undefined ? undefined : use(found);
    },
  };
}

function seconds(low: number, high: number, use: (value: number) => Change): IkeOption {
  return {
    allowed: `${low} to ${high} seconds`,
    set: (value) => (typeof value === "number" && value >= low && value <= high ? use(value) : undefined),
  };
}

/** A cipher that authenticates by itself stands in both fields, and in no other way (T). */
function esp(encryption: string): Change {
  return encryption.startsWith("GCM")
    ? { encryption_algorithm: encryption, integrity_algorithm: encryption }
    : { encryption_algorithm: encryption, integrity_algorithm: "SHA256" };
}

/** Lifetime of the first phase, which Azure does not let be set. */
const IKE_LIFETIME = 28_800;

/** The keys of `ike` that Azure serves, in the order in which they are applied. */
const options: ReadonlyMap<string, IkeOption> = new Map<string, IkeOption>([
  ["version", { allowed: "`2`", set: (value) => (value === 2 ? {} : undefined) }],
  ["encryption", named(ikeCiphers, (value) => ({ ike_encryption_algorithm: value, ...esp(value) }))],
  ["integrity", named(ikeIntegrities, (value) => ({ ike_integrity_algorithm: value }))],
  ["dh-group", group(([ike, pfs]) => ({ dh_group: ike, pfs_group: pfs }))],
  ["lifetime", seconds(IKE_LIFETIME, IKE_LIFETIME, () => ({}))],
  ["esp-encryption", named(espCiphers, esp)],
  ["esp-integrity", named(espIntegrities, () => ({}))],
  ["pfs-group", group(([, pfs]) => ({ pfs_group: pfs }))],
  ["esp-lifetime", seconds(300, 172_799, (value) => ({ sa_lifetime_sec: value }))],
]);

/** The policy of a link's tunnels, and what of its `ike` Azure does not take. */
export function policyOf(written: IpsecOptions | undefined): {
  readonly policy: IpsecPolicy;
  readonly faults: readonly IkeFault[];
} {
  let policy = defaultPolicy;
  const faults: IkeFault[] = [];
  for (const [key, option] of options) {
    const given = written?.ike.get(key);
    if (given === undefined) continue;
    const change = option.set(given.value);
    if (change === undefined) {
      faults.push({ key, value: String(given.value), allowed: option.allowed, span: given.span });
    } else policy = { ...policy, ...change };
  }
  for (const [key, { value, span }] of written?.ike ?? []) {
    if (!options.has(key)) faults.push({ key, value: String(value), allowed: "nothing: it has no such option", span });
  }
  return { policy, faults };
}
