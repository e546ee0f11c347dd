import { catalogue } from "../../../addons/catalogue";
import type { Addon } from "../../../addons/contract/addon";
import { listed } from "../../../language/suggest";
import { namedTwice } from "../../../language/twice";
import type { Path } from "../../../language/yaml/tree";
import type { Definition } from "../../model/cluster";
import { enabledAddons } from "../../model/enabled-addons";
import { leadsOutElsewhere } from "../../network/connections";
import { gatewayEndpoints, interfaceEndpoints } from "../../network/endpoints";
import { usesExistingVpc } from "../../network/existing-vpc";
import type { Check, Finding } from "../../rules/finding";

const NETWORKING = ["tfvars", "networking"] as const;
const PRIVATE = [...NETWORKING, "private"] as const;

/** A private network has no way in or out but its endpoints and connections, and what runs on it can do without others. */
export const checkPrivateNetwork: Check = ({ definition }) => {
  const { networking, cluster } = definition.tfvars;
  if (!networking.private) return [];
  const findings: Finding[] = [];
  const refuse = (path: Path, message: string): void => {
    findings.push({ path, given: [PRIVATE], message });
  };
  const ours = !usesExistingVpc(networking);
  if (ours && networking.nat_gateways !== "none") {
    const message = `must be none in a private network, which has no internet gateway, got ${networking.nat_gateways}`;
    refuse([...NETWORKING, "nat_gateways"], message);
  }
  if (ours && networking.subnet_tiers.includes("public")) {
    const path = [...NETWORKING, "subnet_tiers", networking.subnet_tiers.indexOf("public")];
    const message = "has no effect in a private network, which has no public subnets: leave it out";
    findings.push({ own: true, path, given: [PRIVATE], message });
  }
  if (cluster.endpoint_public_access) {
    const message =
      "must be false in a private network: reach the API by a connection of it, and list that one's ranges in private_access_cidrs";
    refuse(["tfvars", "cluster", "endpoint_public_access"], message);
  }
  for (const [part, mode] of Object.entries(networking.public_access_block_exclusions)) {
    if (!ours || mode === null) continue;
    refuse(
      [...NETWORKING, "public_access_block_exclusions", part],
      "has no effect in a private network, which has no internet gateway: remove it",
    );
  }
  return leadsOutElsewhere(networking) ? findings : [...findings, ...addons(definition)];
};

/** What addons need of the internet, where nothing leads there. */
function addons({ tfvars }: Definition): Finding[] {
  const enabled = enabledAddons({ tfvars });
  const refused = enabled.flatMap((name): Finding[] => {
    const addon: Addon = catalogue[name];
    const { options } = tfvars.addons[name];
    const needed = addon.needs_internet?.(options);
    if (needed === undefined) return [];
    const message = `needs ${needed}, and nothing leads there from a private network: disable it, or route 0.0.0.0/0 of the tier private to a transit gateway or a VPN`;
    return [{ path: ["tfvars", "addons", name, "enabled"], given: [PRIVATE], message }];
  });
  const pulling = enabled.filter((name) => catalogue[name].kind === "helm" && !namesImages(tfvars.addons[name].values));
  if (pulling.length === 0) return refused;
  const message = `the images of ${listed(pulling, 40)} come from registries on the internet, where nothing leads from here: copy them to ECR, and name that registry in their values`;
  return [...refused, { path: PRIVATE, severity: "warning", message }];
}

/** Whether values say anywhere where images come from: charts spell it image, repository or registry, alone or in a longer word. */
function namesImages(values: unknown): boolean {
  if (typeof values !== "object" || values === null) return false;
  return Object.entries(values).some(
    ([key, value]) => (/image|repository|registry/i.test(key) && value !== null) || namesImages(value),
  );
}

/** Each endpoint is named once, and their policy has something to hold. */
export const checkEndpoints: Check = ({ definition }) => {
  const { networking } = definition.tfvars;
  const { endpoint_policy, organization_id } = networking;
  const policy = [...NETWORKING, "endpoint_policy"];
  const organization = [...NETWORKING, "organization_id"];
  const findings: Finding[] = [
    ...namedTwice(networking.gateway_endpoints, [...NETWORKING, "gateway_endpoints"]),
    ...namedTwice(networking.interface_endpoints, [...NETWORKING, "interface_endpoints"]),
  ];
  if (endpoint_policy === "organization" && organization_id === null) {
    findings.push({ path: policy, given: [organization], message: "organization needs organization_id: name yours" });
  }
  if (endpoint_policy !== "organization" && organization_id !== null) {
    const message = "has no effect: set endpoint_policy: organization, or remove it";
    findings.push({ path: organization, given: [policy], message });
  }
  const none = interfaceEndpoints(definition.tfvars).length === 0 && gatewayEndpoints(networking).length === 0;
  if (none && endpoint_policy !== null) {
    findings.push({ path: policy, message: "has no effect, because the network has no endpoint: remove it" });
  }
  return findings;
};
