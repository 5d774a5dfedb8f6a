/**
 * The values that literals denote, and how a digit-led run of characters is classified into them.
 *
 * Only the shapes are settled here; whether a value fits where it stands is the checker's business.
 */
import type { Address, AddressRange, Family, InterfaceAddress, Prefix } from "./address.js";

/** A service literal before names are resolved, as written. Numbers are in range already. */
export type ServiceLiteral =
  /** tcp/443, udp/1024-65535: a closed range of destination ports. */
  | { readonly protocol: "tcp" | "udp"; readonly first: number; readonly last: number }
  /** icmp/echo-request (name), icmp/3 (every code), icmp/3/4. A name is resolved by the checker's table. */
  | { readonly protocol: "icmp" | "icmpv6"; readonly type: number | string; readonly code?: number }
  /** ip/47: one protocol number. */
  | { readonly protocol: "ip"; readonly number: number };

/** Dimensions of quantities. `rate` is in bits per second, `time` in milliseconds. */
export type Dimension = "rate" | "time";

/** A literal by its form, with its value; `invalid` where the text is none. */
export type Literal =
  | { readonly form: "int"; readonly value: number }
  | { readonly form: "quantity"; readonly dimension: Dimension; readonly value: number; readonly text: string }
  | { readonly form: "date"; readonly year: number; readonly month: number; readonly day: number }
  | { readonly form: "address"; readonly address: Address }
  /** A prefix whose host bits are clear. */
  | { readonly form: "prefix"; readonly prefix: Prefix }
  /**
   * Address and length with host bits set: an interface address where one is wanted, elsewhere an error that offers the
   * corrected prefix. Reported by the checker, since only it knows what was wanted.
   */
  | { readonly form: "interface-address"; readonly value: InterfaceAddress }
  | { readonly form: "range"; readonly range: AddressRange }
  | { readonly form: "service"; readonly service: ServiceLiteral }
  /** Reported by the scanner already, with the reason. */
  | { readonly form: "invalid"; readonly text: string };

export type { Address, AddressRange, Family, InterfaceAddress, Prefix };
