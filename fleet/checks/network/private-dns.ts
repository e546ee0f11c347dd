import { listed } from "../../../language/suggest";
import { sharedTwice } from "../../../language/twice";
import { addressAt, contains } from "../../../language/words/cidr";
import type { Path } from "../../../language/yaml/tree";
import { ofEachAddon } from "../../model/enabled-addons";
import { hostedZone, isBelow, zoneId } from "../../network/hosted-zone";
import { eachItem } from "../../rules/each-item";
import type { Check, Finding } from "../../rules/finding";

const NETWORKING = ["tfvars", "networking"] as const;
const ZONES = [...NETWORKING, "private_zones"] as const;
const ZONE_ASSOCIATIONS = [...NETWORKING, "private_zone_associations"] as const;
const RULES = [...NETWORKING, "resolver_rules"] as const;
const RULE_ASSOCIATIONS = [...NETWORKING, "resolver_rule_associations"] as const;

/** Address of the DNS server in each VPC, besides the third address of the VPC's first range. */
const AWS_DNS = "169.254.169.253";

/**
 * Domains whose names only AWS's DNS can all resolve: those of its services, all of them or one region's, those of the APIs of
 * clusters, and those of instances, as Route 53 Resolver's autodefined rules name them. The domain of one service, such as sts.us-east-1.amazonaws.com, is what
 * shared endpoints need.
 */
const OF_AWS =
  /^(?:(?:[a-z]{2}(?:-[a-z]+)+-\d\.)?(?:eks\.)?amazonaws\.com(?:\.cn)?|(?:[a-z0-9-]+\.)?compute\.internal|ec2\.internal)$/;

function hidesAws(path: Path, domain: string): Finding[] {
  if (!OF_AWS.test(domain)) return [];
  const message = `${domain} belongs to AWS. Nodes cannot resolve its names that are missing here, such as AWS services or other nodes. Use a domain below it`;
  return [{ path, severity: "warning", message }];
}

const zonesHideAws: Check = ({ definition }) =>
  eachItem(ZONES, definition.tfvars.networking.private_zones, [({ domain }) => hidesAws(["domain"], domain)]);

const rulesHideAws: Check = ({ definition }) =>
  eachItem(RULES, definition.tfvars.networking.resolver_rules, [
    ({ domain_name }) => hidesAws(["domain_name"], domain_name),
  ]);

/** A VPC looks up names below the domain of a private zone in that zone only, even those that it does not have. */
const zonesHidePublicHosts: Check = ({ account, definition }) => {
  const { cluster, networking } = definition.tfvars;
  const { k8s_base_domain: base } = cluster;
  if (account === undefined || base === null || hostedZone(definition, account) === null) return [];
  return eachItem(ZONES, networking.private_zones, [
    ({ domain }) => {
      if (!isBelow(base, domain)) return [];
      const hidden = ofEachAddon(definition, ({ addon, name, options }) => {
        const published = addon.publishes_hosts?.(options);
        return published === undefined || published.further_zones.some((zone) => zone.domain === domain) ? [] : [name];
      });
      if (hidden.length === 0) return [];
      const message = `hides the hosts below ${base} that ${listed(hidden)} publishes in the public zone from this VPC, which looks them up in this zone only. Use a domain that does not contain k8s_base_domain, or add this zone to further_zones of ${listed(hidden)}`;
      return [{ path: ["domain"], message, severity: "warning" }];
    },
  ]);
};

const oneZonePerDomain: Check = ({ definition }) =>
  sharedTwice(
    definition.tfvars.networking.private_zones,
    ({ domain }) => domain,
    ZONES,
    "domain",
    (domain, first) =>
      `${domain} is already the domain of ${first}. A VPC uses one zone for a domain. Remove one of them`,
  );

const zoneAssociatedOnce: Check = ({ definition }) =>
  sharedTwice(
    definition.tfvars.networking.private_zone_associations,
    ({ zone_id }) => zone_id,
    ZONE_ASSOCIATIONS,
    "zone_id",
    (id, first) => `${first} already associates ${id}. Remove one of them`,
  );

const oneRulePerDomain: Check = ({ definition }) =>
  sharedTwice(
    definition.tfvars.networking.resolver_rules,
    ({ domain_name }) => domain_name,
    RULES,
    "domain_name",
    (domain, first) => `${first} already forwards ${domain}. List all servers in target_ips of one rule`,
  );

const ruleAssociatedOnce: Check = ({ definition }) =>
  sharedTwice(
    definition.tfvars.networking.resolver_rule_associations,
    ({ resolver_rule_id }) => resolver_rule_id,
    RULE_ASSOCIATIONS,
    "resolver_rule_id",
    (id, first) => `${first} already associates ${id}. Remove one of them`,
  );

const asksOtherServers: Check = ({ definition }) => {
  const { resolver_rules, vpc_cidr } = definition.tfvars.networking;
  const own = [AWS_DNS, addressAt(vpc_cidr, 2)];
  return eachItem(RULES, resolver_rules, [
    ({ domain_name, target_ips }) =>
      eachItem(["target_ips"], target_ips, [
        (ip) => {
          if (!own.includes(ip)) return [];
          const message = `${ip} is the DNS server of this VPC, which would ask itself in a loop. Name the servers that answer for ${domain_name}`;
          return [{ path: [], message }];
        },
      ]),
  ]);
};

/** Ranges that no server in another network has: this network, loopback, link-local, multicast and reserved (RFC 6890, RFC 5771). */
const NO_SERVER = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"];

const reachableServers: Check = ({ definition }) =>
  eachItem(RULES, definition.tfvars.networking.resolver_rules, [
    ({ target_ips }) =>
      eachItem(["target_ips"], target_ips, [
        (ip) => {
          const range = ip === AWS_DNS ? undefined : NO_SERVER.find((each) => contains(each, `${ip}/32`));
          if (range === undefined) return [];
          return [
            { path: [], message: `${ip} is in ${range}, where no server can be reached. Use the server's address` },
          ];
        },
      ]),
  ]);

/** Domain of Services and pods, which CoreDNS answers itself. */
const OF_THE_CLUSTER = "cluster.local";

const hiddenByCluster: readonly Check[] = [
  ({ definition }) =>
    eachItem(ZONES, definition.tfvars.networking.private_zones, [({ domain }) => hidden(["domain"], domain)]),
  ({ definition }) =>
    eachItem(RULES, definition.tfvars.networking.resolver_rules, [
      ({ domain_name }) => hidden(["domain_name"], domain_name),
    ]),
];

function hidden(path: Path, domain: string): Finding[] {
  if (!isBelow(domain, OF_THE_CLUSTER)) return [];
  const message = `${domain} is the domain of Services, which CoreDNS answers itself, so pods never see these names. Use another domain`;
  return [{ path, severity: "warning", message }];
}

const zoneOrRule: Check = ({ definition }) => {
  const { private_zones, resolver_rules } = definition.tfvars.networking;
  return eachItem(RULES, resolver_rules, [
    ({ domain_name }) => {
      const zone = private_zones.find(({ domain }) => domain === domain_name);
      if (zone === undefined) return [];
      const message = `${domain_name} is also the domain of private_zones[${zone.name}], which is never used because rules come first. Remove one of them`;
      return [{ path: ["domain_name"], message }];
    },
  ]);
};

const associatesPrivateZones: Check = ({ account, definition }) =>
  eachItem(ZONE_ASSOCIATIONS, definition.tfvars.networking.private_zone_associations, [
    ({ zone_id }) => {
      const known = Object.entries(account?.hosted_zones ?? {}).find(([, zone]) => zoneId(zone) === zone_id);
      if (known === undefined) return [];
      const message = `${zone_id} is the public zone ${known[0]} of account ${account?.name}. Name a private zone`;
      return [{ path: ["zone_id"], message }];
    },
  ]);

export const privateDnsRules: readonly Check[] = [
  zonesHideAws,
  zonesHidePublicHosts,
  rulesHideAws,
  oneZonePerDomain,
  zoneAssociatedOnce,
  oneRulePerDomain,
  ruleAssociatedOnce,
  asksOtherServers,
  reachableServers,
  ...hiddenByCluster,
  zoneOrRule,
  associatesPrivateZones,
];
