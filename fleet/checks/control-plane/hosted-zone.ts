import { catalogue } from "../../../addons/catalogue";
import type { Addon } from "../../../addons/contract/addon";
import { listed } from "../../../language/suggest";
import { enabledAddons } from "../../model/enabled-addons";
import { hostedZone } from "../../network/hosted-zone";
import type { Check } from "../../rules/finding";

const ADDONS: Readonly<Record<string, Addon>> = catalogue;

/** Whatever writes DNS records has a zone to write to. */
export const checkHostedZone: Check = ({ definition, account }) => {
  const { addons } = definition.tfvars;
  const needing = enabledAddons(definition).filter((name) =>
    ADDONS[name]?.needs?.(addons[name].options).includes("hosted_zone"),
  );
  if (account === undefined || needing.length === 0 || hostedZone(definition, account) !== null) return [];
  const domain = definition.tfvars.cluster.k8s_base_domain;
  const zones = listed(Object.keys(account.hosted_zones));
  const message =
    domain === null
      ? `must name a domain, because ${listed(needing)} ${needing.length === 1 ? "writes" : "write"} records in it; account ${account.name} has the zones: ${zones}`
      : `${domain} lies in no hosted zone of account ${account.name}, which has: ${zones}`;
  const given = needing.map((name) => ["tfvars", "addons", name, "enabled"]);
  return [{ path: ["tfvars", "cluster", "k8s_base_domain"], message, given }];
};
