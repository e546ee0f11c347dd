import { sharedTwice } from "../../../language/twice";
import { addressAt } from "../../../language/words/cidr";
import type { Path } from "../../../language/yaml/tree";
import { VPC_CIDR } from "../../network/zones";
import type { Check, Finding } from "../../rules/finding";

const NETWORKING = ["tfvars", "networking"] as const;

/** Where every VPC's DNS answers, besides the third address of its first range. */
const AWS_DNS = "169.254.169.253";

/**
 * Domains that only AWS's DNS knows all names of: its services', all of them or a region's, and those of instances, as Route 53
 * Resolver's autodefined rules name them. One service's own, such as sts.us-east-1.amazonaws.com, is what shared endpoints need.
 */
const OF_AWS =
  /^(?:(?:[a-z]{2}(?:-[a-z]+)+-\d\.)?amazonaws\.com(?:\.cn)?|(?:[a-z0-9-]+\.)?compute\.internal|ec2\.internal)$/;

function takenFromAws(domain: string, path: Path): Finding[] {
  if (!OF_AWS.test(domain)) return [];
  const message = `${domain} is AWS's, and its names are answered here from now on: nodes find neither AWS's services nor each other by those that are missing. Take a domain below it`;
  return [{ path, severity: "warning", message }];
}

/** A domain is answered by one zone or one rule, and what is associated can be. */
export const checkNames: Check = ({ account, definition }) => {
  const { private_zone_associations, private_zones, resolver_rule_associations, resolver_rules } =
    definition.tfvars.networking;
  const at = (list: string): Path => [...NETWORKING, list];
  const findings: Finding[] = [
    ...private_zones.flatMap(({ domain }, index) => takenFromAws(domain, [...at("private_zones"), index, "domain"])),
    ...resolver_rules.flatMap(({ domain_name }, index) =>
      takenFromAws(domain_name, [...at("resolver_rules"), index, "domain_name"]),
    ),
    ...sharedTwice(
      private_zones,
      ({ domain }) => domain,
      at("private_zones"),
      "domain",
      (domain, first) => `${domain} is the domain of ${first} already: a VPC asks one zone of a name`,
    ),
    ...sharedTwice(
      private_zone_associations,
      ({ zone_id }) => zone_id,
      at("private_zone_associations"),
      "zone_id",
      (id, first) => `${id} is what ${first} associates already: name each zone once`,
    ),
    ...sharedTwice(
      resolver_rules,
      ({ domain_name }) => domain_name,
      at("resolver_rules"),
      "domain_name",
      (domain, first) => `${domain} is forwarded by ${first} already: put all its servers into target_ips of one rule`,
    ),
    ...sharedTwice(
      resolver_rule_associations,
      ({ resolver_rule_id }) => resolver_rule_id,
      at("resolver_rule_associations"),
      "resolver_rule_id",
      (id, first) => `${id} is what ${first} associates already: name each rule once`,
    ),
  ];
  const own = [AWS_DNS, addressAt(definition.tfvars.networking.vpc_cidr, 2)];
  resolver_rules.forEach(({ domain_name, target_ips }, index) => {
    target_ips.forEach((ip, place) => {
      if (!own.includes(ip)) return;
      const message = `${ip} is this VPC's own DNS, which would ask itself for ever: name the servers that answer for ${domain_name}`;
      findings.push({ path: [...at("resolver_rules"), index, "target_ips", place], given: [VPC_CIDR], message });
    });
    const zone = private_zones.find(({ domain }) => domain === domain_name);
    if (zone === undefined) return;
    const message = `${domain_name} is the domain of private_zones[${zone.name}], which would never be asked: a rule comes first. Keep one of them`;
    findings.push({ path: [...at("resolver_rules"), index, "domain_name"], given: [at("private_zones")], message });
  });
  private_zone_associations.forEach(({ zone_id }, index) => {
    const known = Object.entries(account?.hosted_zones ?? {}).find(([, id]) => id === zone_id);
    if (known === undefined) return;
    const message = `is the public zone ${known[0]} of account ${account?.name}, which everybody may ask: name a private zone`;
    findings.push({ path: [...at("private_zone_associations"), index, "zone_id"], message });
  });
  return findings;
};
