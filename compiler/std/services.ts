/**
 * The well-known services, `std.NAME`, fixed for edition 1.
 *
 * Ports are those of the IANA "Service Name and Transport Protocol Port Number Registry" and protocol numbers those of
 * IANA "Assigned Internet Protocol Numbers", unless `origin` says "default": then it is the port that the product listens
 * on unless told otherwise, which no registry assigns to it.
 */
import type { ServiceLiteral } from "../../grammar/literals.js";

/** One service of `std`. The union of `parts` is its meaning. */
export interface StdService {
  readonly name: string;
  readonly title: string;
  readonly parts: readonly ServiceLiteral[];
  readonly origin: "iana" | "default";
}

type Ports = number | readonly [number, number];

function ports(protocol: "tcp" | "udp", range: Ports): ServiceLiteral {
  return typeof range === "number"
    ? { protocol, first: range, last: range }
    : { protocol, first: range[0], last: range[1] };
}

const tcp = (range: Ports): ServiceLiteral => ports("tcp", range);
const udp = (range: Ports): ServiceLiteral => ports("udp", range);
const both = (range: Ports): readonly ServiceLiteral[] => [tcp(range), udp(range)];
const ip = (number: number): ServiceLiteral => ({ protocol: "ip", number });

function iana(name: string, title: string, ...parts: readonly ServiceLiteral[]): StdService {
  return { name, title, parts, origin: "iana" };
}

function usual(name: string, title: string, ...parts: readonly ServiceLiteral[]): StdService {
  return { name, title, parts, origin: "default" };
}

/** Every service of `std`, sorted by name. */
export const STD_SERVICES: readonly StdService[] = [
  iana("ah", "IPsec authentication header", ip(51)),
  iana("amqp", "AMQP message queue", tcp(5672)),
  iana("amqps", "AMQP over TLS", tcp(5671)),
  iana("bfd", "Bidirectional forwarding detection, single hop", udp(3784)),
  iana("bfd-multihop", "Bidirectional forwarding detection, several hops", udp(4784)),
  iana("bgp", "Border Gateway Protocol", tcp(179)),
  usual("cassandra", "Cassandra native protocol", tcp(9042)),
  iana("dhcp", "DHCP server and client, IPv4", udp([67, 68])),
  iana("dhcpv6", "DHCP client and server, IPv6", udp([546, 547])),
  iana("dns", "Domain name system", ...both(53)),
  iana("dns-over-tls", "DNS over TLS", tcp(853)),
  iana("eigrp", "Enhanced Interior Gateway Routing Protocol", ip(88)),
  usual("elasticsearch", "Elasticsearch and OpenSearch interface", tcp(9200)),
  iana("etcd", "etcd clients and peers", tcp([2379, 2380])),
  iana("ftp", "FTP control connection", tcp(21)),
  iana("geneve", "Geneve encapsulation", udp(6081)),
  iana("git", "Git protocol", tcp(9418)),
  iana("global-catalog", "Active Directory global catalog", tcp(3268)),
  iana("global-catalog-tls", "Active Directory global catalog over TLS", tcp(3269)),
  iana("gnmi", "gRPC network management interface", tcp(9339)),
  iana("http", "Web", tcp(80)),
  iana("http-alt", "Web, alternative port", tcp(8080)),
  iana("http3", "Web over QUIC", udp(443)),
  iana("https", "Web over TLS", tcp(443)),
  usual("https-alt", "Web over TLS, alternative port", tcp(8443)),
  iana("igmp", "Internet Group Management Protocol", ip(2)),
  iana("ike", "IPsec key exchange", udp(500)),
  iana("ike-nat-t", "IPsec key exchange and ESP through NAT", udp(4500)),
  iana("imap", "Mail access", tcp(143)),
  iana("imaps", "Mail access over TLS", tcp(993)),
  iana("ipfix", "IP flow information export", ...both(4739)),
  iana("ipp", "Printing", tcp(631)),
  iana("ipsec", "IPsec: key exchange, NAT traversal, ESP and AH", udp(500), udp(4500), ip(50), ip(51)),
  iana("iscsi", "SCSI over TCP", tcp(3260)),
  usual("kafka", "Kafka brokers", tcp(9092)),
  iana("kerberos", "Kerberos authentication", ...both(88)),
  iana("kpasswd", "Kerberos password change", ...both(464)),
  usual("kubelet", "Kubernetes node agent", tcp(10250)),
  usual("kubernetes-api", "Kubernetes interface", tcp(6443)),
  iana("l2tp", "Layer Two Tunnelling Protocol", udp(1701)),
  iana("ldap", "Directory access", ...both(389)),
  iana("ldaps", "Directory access over TLS", tcp(636)),
  iana("ldp", "Label Distribution Protocol", ...both(646)),
  iana("mdns", "Multicast DNS", udp(5353)),
  iana("memcached", "memcached", ...both(11211)),
  iana("mongodb", "MongoDB", tcp(27017)),
  iana("mqtt", "MQTT", tcp(1883)),
  iana("mqtts", "MQTT over TLS", tcp(8883)),
  iana("msdp", "Multicast Source Discovery Protocol", tcp(639)),
  iana("msrpc", "Microsoft RPC endpoint mapper", tcp(135)),
  iana("mssql", "Microsoft SQL Server", tcp(1433)),
  iana("mssql-monitor", "Microsoft SQL Server browser", udp(1434)),
  iana("mysql", "MySQL and MariaDB", tcp(3306)),
  usual("nats", "NATS messaging", tcp(4222)),
  iana("netbios-dgm", "NetBIOS datagram service", udp(138)),
  iana("netbios-ns", "NetBIOS name service", ...both(137)),
  iana("netbios-ssn", "NetBIOS session service", tcp(139)),
  iana("netconf", "NETCONF over SSH", tcp(830)),
  iana("netconf-tls", "NETCONF over TLS", tcp(6513)),
  usual("netflow", "NetFlow export", udp(2055)),
  iana("nfs", "Network file system", ...both(2049)),
  usual("node-exporter", "Prometheus node exporter", tcp(9100)),
  iana("ntp", "Network time", udp(123)),
  iana("nts-ke", "Network time security, key establishment", tcp(4460)),
  iana("openvpn", "OpenVPN", ...both(1194)),
  usual("oracle", "Oracle database listener", tcp(1521)),
  iana("ospf", "Open Shortest Path First", ip(89)),
  iana("pim", "Protocol Independent Multicast", ip(103)),
  iana(
    "ping",
    "Echo request, both families",
    { protocol: "icmp", type: "echo-request" },
    { protocol: "icmpv6", type: "echo-request" },
  ),
  iana("pop3", "Mail retrieval", tcp(110)),
  iana("pop3s", "Mail retrieval over TLS", tcp(995)),
  iana("portmapper", "ONC RPC port mapper", ...both(111)),
  iana("postgresql", "PostgreSQL", tcp(5432)),
  usual("prometheus", "Prometheus server", tcp(9090)),
  iana("ptp", "Precision time protocol", udp([319, 320])),
  iana("radius", "RADIUS authentication and accounting", udp([1812, 1813])),
  iana("radsec", "RADIUS over TLS", tcp(2083)),
  iana("rdp", "Remote desktop", ...both(3389)),
  iana("redis", "Redis", tcp(6379)),
  iana("rpki-rtr", "RPKI to router protocol", tcp(323)),
  iana("rsync", "rsync", tcp(873)),
  iana("rtsp", "Real-time streaming", tcp(554)),
  iana("sctp", "Stream Control Transmission Protocol", ip(132)),
  iana("sflow", "sFlow export", udp(6343)),
  iana("sip", "Session initiation", ...both(5060)),
  iana("sips", "Session initiation over TLS", tcp(5061)),
  iana("smb", "Windows file sharing", tcp(445)),
  iana("smtp", "Mail transfer", tcp(25)),
  iana("snmp", "Network management queries", udp(161)),
  iana("snmp-trap", "Network management traps", udp(162)),
  iana("ssh", "Secure shell", tcp(22)),
  iana("stun", "Session traversal for NAT", ...both(3478)),
  iana("submission", "Mail submission", tcp(587)),
  iana("submissions", "Mail submission over TLS", tcp(465)),
  iana("syslog", "System log", udp(514)),
  iana("syslog-tls", "System log over TLS", tcp(6514)),
  iana("tacacs", "TACACS+ login", tcp(49)),
  iana("telnet", "Telnet", tcp(23)),
  iana("tftp", "Trivial file transfer", udp(69)),
  usual("traceroute", "UDP probes of traceroute", udp([33434, 33534])),
  iana("twamp", "Two-way active measurement, control", tcp(862)),
  iana("vnc", "Remote framebuffer", tcp(5900)),
  iana("vrrp", "Virtual Router Redundancy Protocol", ip(112)),
  iana("vxlan", "VXLAN encapsulation", udp(4789)),
  iana("whois", "Whois", tcp(43)),
  iana("winrm", "Windows remote management", tcp(5985)),
  iana("winrm-tls", "Windows remote management over TLS", tcp(5986)),
  usual("wireguard", "WireGuard", udp(51820)),
  iana("xmpp", "XMPP clients", tcp(5222)),
  usual("zookeeper", "ZooKeeper clients", tcp(2181)),
];

const BY_NAME: ReadonlyMap<string, StdService> = new Map(STD_SERVICES.map((each) => [each.name, each]));

/** The service `std.NAME`; undefined where there is none. */
export function stdService(name: string): StdService | undefined {
  return BY_NAME.get(name);
}

/** The names of `std`, sorted, for suggestions and completion. */
export const STD_SERVICE_NAMES: readonly string[] = STD_SERVICES.map((each) => each.name);

/**
 * Names that `std` has not, by the service whose port they use: SFTP and SCP are SSH (RFC 4254 subsystems and commands), DNS
 * over HTTPS is HTTPS (RFC 8484). Only suggestions come from it: nearness of letters would offer clear-text FTP for SFTP.
 */
export const STD_ALIASES: ReadonlyMap<string, string> = new Map([
  ["dns-over-https", "https"],
  ["doh", "https"],
  ["scp", "ssh"],
  ["sftp", "ssh"],
]);
