import { catalogue } from "../../../addons/catalogue";
import type { Addon } from "../../../addons/contract/addon";
import { listed } from "../../../language/suggest";
import { enabledAddons } from "../../model/enabled-addons";
import { hostedZone } from "../../network/hosted-zone";
import type { Check } from "../../rules/finding";

const ADDONS: Readonly<Record<string, Addon>> = catalogue;

/** Refuses addons that write DNS records if the account has no hosted zone for the cluster's domain. */
export const checkHostedZone: Check = ({ definition, account }) => {
  const { addons, cluster } = definition.tfvars;
  const writers = enabledAddons(definition).filter((name) =>
    ADDONS[name]?.needs?.(addons[name].options).includes("hosted_zone"),
  );
  if (account === undefined || writers.length === 0 || hostedZone(definition, account) !== null) return [];
  const domain = cluster.k8s_base_domain;
  const zones = listed(Object.keys(account.hosted_zones));
  const message =
    domain === null
      ? `must be set, because ${listed(writers)} ${writers.length === 1 ? "writes" : "write"} DNS records. Set a domain in a hosted zone of account ${account.name}: ${zones}`
      : `${domain} is in no hosted zone of account ${account.name}. Its zones: ${zones}`;
  const because = writers.map((name) => ["tfvars", "addons", name, "enabled"]);
  return [{ path: ["tfvars", "cluster", "k8s_base_domain"], message, because }];
};
