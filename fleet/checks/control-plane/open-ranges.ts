import type { Tfvars } from "../../model/cluster";
import type { Subject } from "../../model/subject";
import { eachItem } from "../../rules/each-item";
import { eachWorker } from "../../rules/each-worker";
import type { Check, Finding } from "../../rules/finding";
import { wideRange } from "../../rules/wide-range";

const CLUSTER = ["tfvars", "cluster"] as const;

/** Have their own warning. */
const WHOLE: readonly string[] = ["0.0.0.0/0", "::/0"];

/** Ports that load balancers open to the internet on purpose. */
const WEB: readonly (number | undefined)[] = [80, 443];

type Rule = Tfvars["cluster"]["security_groups"]["nodes"]["rules"][number];

/** Rules about ranges that open the API or the nodes to the internet. */
export const openRangeRules: readonly Check[] = [
  publicRanges("public_access_cidrs"),
  publicRanges("public_access_ipv6_cidrs"),
  privateRanges,
  ingress("control_plane", "the control plane"),
  ingress("nodes", "the nodes"),
  eachWorker([
    ({ remote_access }) =>
      eachItem(["remote_access", "cidrs"], remote_access?.cidrs ?? [], [
        (range) => wideRange([], range, "remote access to the nodes"),
      ]),
  ]),
];

function publicRanges(key: "public_access_cidrs" | "public_access_ipv6_cidrs"): Check {
  return ({ definition: { tfvars } }) =>
    eachItem([...CLUSTER, key], tfvars.cluster.endpoint_public_access ? tfvars.cluster[key] : [], [
      (range) => (WHOLE.includes(range) ? [] : wideRange([], range, "the API")),
    ]);
}

function privateRanges({ definition: { tfvars } }: Subject): Finding[] {
  return eachItem([...CLUSTER, "private_access_cidrs"], tfvars.cluster.private_access_cidrs, [
    (range) => wideRange([], range, "the private endpoint of the API"),
  ]);
}

function ingress(group: "control_plane" | "nodes", what: string): Check {
  return ({ definition: { tfvars } }) =>
    eachItem([...CLUSTER, "security_groups", group, "rules"], tfvars.cluster.security_groups[group].rules, [
      (rule) => (rule.direction !== "ingress" || isWeb(rule) ? [] : ofRule(rule, what)),
    ]);
}

function isWeb({ from_port, protocol, to_port }: Rule): boolean {
  return protocol === "tcp" && WEB.includes(from_port) && (to_port === undefined || to_port === from_port);
}

function ofRule({ cidr, ipv6_cidr }: Rule, what: string): Finding[] {
  return [
    ...(cidr === undefined ? [] : wideRange(["cidr"], cidr, what)),
    ...(ipv6_cidr === undefined ? [] : wideRange(["ipv6_cidr"], ipv6_cidr, what)),
  ];
}
