/**
 * Classes of services that guard rails speak about, as data: each is a list of well-known services (`std`). A service set
 * is of a class where it has a service of it in common, so that `any` and wide ranges of ports are of every class they
 * touch.
 */
import { ServiceSet } from "../sets/service-set.js";
import { stdService } from "../std/services.js";

/** One class: what it gathers, and the `std` services in it. */
export interface ServiceClass {
  readonly name: string;
  readonly meaning: string;
  readonly services: readonly string[];
}

/** Every class, by name. Membership is what each protocol's own specification says it is for. */
export const SERVICE_CLASSES: readonly ServiceClass[] = [
  {
    name: "cleartext",
    meaning: "carries logins or content without encryption of its own",
    services: [
      "amqp",
      "ftp",
      "http",
      "http-alt",
      "imap",
      "ldap",
      "mqtt",
      "pop3",
      "rsync",
      "rtsp",
      "snmp",
      "syslog",
      "telnet",
      "tftp",
      "vnc",
      "winrm",
    ],
  },
  {
    name: "cluster-control",
    meaning: "controls a cluster of machines or holds its state",
    services: ["etcd", "kubelet", "kubernetes-api", "zookeeper"],
  },
  {
    name: "database",
    meaning: "a database, cache or search index",
    services: [
      "cassandra",
      "elasticsearch",
      "memcached",
      "mongodb",
      "mssql",
      "mssql-monitor",
      "mysql",
      "oracle",
      "postgresql",
      "redis",
    ],
  },
  {
    name: "directory",
    meaning: "directories and what logins are checked against",
    services: ["global-catalog", "global-catalog-tls", "kerberos", "kpasswd", "ldap", "ldaps"],
  },
  {
    name: "file-sharing",
    meaning: "shares files or blocks",
    services: ["ftp", "iscsi", "netbios-dgm", "netbios-ns", "netbios-ssn", "nfs", "portmapper", "rsync", "smb", "tftp"],
  },
  {
    name: "mail",
    meaning: "sends or fetches mail",
    services: ["imap", "imaps", "pop3", "pop3s", "smtp", "submission", "submissions"],
  },
  {
    name: "messaging",
    meaning: "queues and brokers of messages",
    services: ["amqp", "amqps", "kafka", "mqtt", "mqtts", "nats"],
  },
  {
    name: "network-management",
    meaning: "manages or observes network devices",
    services: ["gnmi", "netconf", "netconf-tls", "snmp", "tacacs"],
  },
  {
    name: "remote-administration",
    meaning: "gives a shell, a desktop or the administration of a machine",
    services: ["rdp", "ssh", "telnet", "vnc", "winrm", "winrm-tls"],
  },
  {
    name: "remote-procedure",
    meaning: "finds and calls procedures of other machines, on ports that are given out as asked",
    services: ["msrpc", "portmapper"],
  },
  {
    name: "routing",
    meaning: "exchanges routes, or is of the control plane of routers",
    services: ["bfd", "bfd-multihop", "bgp", "eigrp", "ldp", "msdp", "ospf", "pim", "vrrp"],
  },
  {
    name: "tunnel",
    meaning: "carries packets inside packets, past every filter on the way",
    services: ["ah", "geneve", "ike", "ike-nat-t", "ipsec", "l2tp", "openvpn", "vxlan", "wireguard"],
  },
];

interface Member {
  readonly name: string;
  readonly set: ServiceSet;
}

/** The meaning of a `std` service of the table: ports or whole protocols. */
function stdServiceSet(name: string): ServiceSet {
  const service = stdService(name);
  if (service === undefined) throw new Error(`std.${name} is in a class and is no service`);
  return ServiceSet.unionAll(
    service.parts.map((part) => {
      if (part.protocol === "ip") return ServiceSet.protocol(part.number);
      if (part.protocol === "tcp" || part.protocol === "udp") {
        return ServiceSet.ports(part.protocol, part.first, part.last);
      }
      throw new Error(`std.${name} has an ICMP part, which no class has`);
    }),
  );
}

let membersMemo: readonly (readonly [string, readonly Member[]])[] | undefined;

function members(): readonly (readonly [string, readonly Member[]])[] {
  membersMemo ??= SERVICE_CLASSES.map(({ name, services }) => [
    name,
    services.map((service) => ({ name: service, set: stdServiceSet(service) })),
  ]);
  return membersMemo;
}

/** The classes of a set, each with the `std` services of it that the set touches. GRE and ESP alone are tunnels too. */
export function classesOf(set: ServiceSet): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {};
  for (const [name, list] of members()) {
    const touched = list.filter((member) => member.set.overlaps(set)).map((member) => member.name);
    const bare = name === "tunnel" ? BARE_TUNNELS.filter((one) => one.set.overlaps(set)).map((one) => one.name) : [];
    const all = [...new Set([...touched, ...bare])].sort();
    if (all.length > 0) found[name] = all;
  }
  return found;
}

/** Protocols that tunnel and have a bare name in the language: GRE and ESP (IANA "Assigned Internet Protocol Numbers"). */
const BARE_TUNNELS: readonly Member[] = [
  { name: "esp", set: ServiceSet.protocol(50) },
  { name: "gre", set: ServiceSet.protocol(47) },
];
