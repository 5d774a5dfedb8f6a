/** Schema of `estate` and `segment`. */
import { asnRange, description, integer, many, one, text } from "../build.js";
import type { KindSchema } from "../types.js";

/** Schema of `estate NAME`. */
export const estateKind: KindSchema = {
  word: "estate",
  doc: "The whole that a package describes, with what holds for all of it. At most one in a package.",
  inside: [],
  form: "body",
  name: "declares",
  headers: [],
  statements: [],
  properties: [
    integer("asn", asnRange, "The autonomous system of our routers. Needed where a router speaks BGP."),
    text("owner", "Who answers for the estate."),
    one(
      "tags",
      { type: "object", keys: "free", values: { type: "text" }, many: false },
      "Tags put on everything that can carry tags.",
    ),
    many("link-addresses", { type: "prefix" }, "Where addresses of links are allocated from, one prefix per family.", {
      perFamily: true,
      default: "169.254.0.0/16 less the providers' reservations, and a fixed ULA /48",
    }),
  ],
  example: 'estate acme { asn = 64520  owner = "network@acme.example" }',
};

/** Schema of `segment NAME`. */
export const segmentKind: KindSchema = {
  word: "segment",
  doc: "A part of the estate that is isolated from the others: a routing domain.",
  inside: [],
  form: "body",
  name: "declares",
  headers: [],
  statements: [],
  properties: [
    text("owner", "Who answers for the segment."),
    description,
    integer("id", { min: 1, max: 65_535 }, "Pins the number of the VRF.", { default: "an allocated number" }),
    text("vrf", "Name of the VRF on routers.", { default: "the segment's name" }),
    text("rt", "Route target of the VRF, `ASN:number` or `address:number`.", { default: "`<estate asn>:<id>`" }),
  ],
  example: 'segment prod { owner = "platform@acme.example" }',
};
