/** What the Junos target reports (DMC4100 to DMC4199). */
import { catalogue } from "../../grammar/diagnostic.js";

/** The findings of the Junos target by name. */
export const junosDiagnostics = catalogue({
  "junos-interface-name": {
    code: "DMC4101",
    severity: "error",
    message: ({ name }: { readonly name: string; readonly port?: string }) =>
      `\`${name}\` is not the name of a Junos port`,
    help: ({ port }: { readonly name: string; readonly port?: string }) =>
      port === undefined
        ? "write a port like `xe-0/0/3`, `et-0/1/2:0` or `ae10`"
        : `write \`${port}\`: the unit follows from \`vlan\``,
  },
  "junos-instance-name": {
    code: "DMC4102",
    severity: "error",
    message: ({ name, reason }: { readonly name: string; readonly reason: string }) =>
      `\`${name}\` cannot be a routing instance of Junos: ${reason}`,
    help: () => "give the segment another `vrf`",
  },
  "junos-no-common-loopback": {
    code: "DMC4103",
    severity: "error",
    message: ({ router, peer }: { readonly router: string; readonly peer: string }) =>
      `\`${router}\` and \`${peer}\` have no loopback of one family for their VPN session`,
    help: () => "give both routers a `loopback` of the same family",
  },
  "junos-gateway-without-address": {
    code: "DMC4104",
    severity: "error",
    message: ({ lan, gateway }: { readonly lan: string; readonly gateway: string }) =>
      `the virtual gateway \`${gateway}\` of \`${lan}\` lies in no subnet of the router's own addresses`,
    help: () => "add an `address` with the length of the gateway's prefix",
  },
  "junos-mutual-parts": {
    code: "DMC4105",
    severity: "error",
    message: ({ one, other, router }: { readonly one: string; readonly other: string; readonly router: string }) =>
      `\`${router}\` cannot lead parts of LANs both from \`${one}\` to \`${other}\` and back`,
    help: () => "make the shared or returned part a subnet of its own, share the whole LAN, or name single hosts",
  },
  "junos-asn-missing": {
    code: "DMC4106",
    severity: "error",
    message: ({ circuit, end }: { readonly circuit: string; readonly end: string }) =>
      `the BGP session of \`${circuit}\` has no ASN at \`${end}\``,
    help: () => "give the place or the estate an `asn`",
  },
  "junos-no-ipv4-loopback": {
    code: "DMC4107",
    severity: "error",
    message: ({ router }: { readonly router: string }) =>
      `\`${router}\` has no IPv4 loopback, which the route distinguishers of its routing instances begin with`,
    help: () => "give the router an IPv4 `loopback` beside the IPv6 one",
  },
  "junos-mixed-tagging": {
    code: "DMC4108",
    severity: "error",
    message: ({ port, router }: { readonly port: string; readonly router: string }) =>
      `port \`${port}\` of \`${router}\` has tagged units and an untagged one`,
    help: () => "give what lies on the untagged one a `vlan`, or a port of its own",
  },
  "junos-dhcp-server": {
    code: "DMC4109",
    severity: "warning",
    message: ({ server, segment }: { readonly server: string; readonly segment: string; readonly router: string }) =>
      `the DHCP server \`${server}\` is no declared address that segment \`${segment}\` itself has a route to`,
    help: ({ router }: { readonly server: string; readonly segment: string; readonly router: string }) =>
      `declare the network of the server in this segment, or a link that brings its route to \`${router}\``,
  },
  "junos-limit": {
    code: "DMC4110",
    severity: "warning",
    message: ({ what, used, allowed }: { readonly what: string; readonly used: number; readonly allowed: number }) =>
      `${what} has ${used} terms, more than the budget of ${allowed}`,
    help: () =>
      "check what the line cards hold, and raise `terms-per-filter` under `limits` in `demarc.json` if they hold it",
  },
  "junos-inconsistent-output": {
    code: "DMC4190",
    severity: "error",
    message: ({ fault }: { readonly fault: string }) =>
      `the configuration that was made refers to itself wrongly: ${fault}`,
    help: () => "this is a fault of the compiler, nothing was written; please report it with the sources",
  },
});
