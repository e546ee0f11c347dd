import { catalogue } from "../../../addons/catalogue";
import type { Addon } from "../../../addons/contract/addon";
import { ifCertain } from "../../../language/refused";
import { listed } from "../../../language/suggest";
import { namedTwice } from "../../../language/twice";
import { enabledAddons } from "../../model/enabled-addons";
import { leadsOutElsewhere } from "../../network/connections";
import { gatewayEndpoints, interfaceEndpoints } from "../../network/endpoints";
import { usesExistingVpc } from "../../network/existing-vpc";
import type { Check } from "../../rules/finding";
import { noEffect, requires } from "../../rules/forms";

const NETWORKING = ["tfvars", "networking"] as const;
const PRIVATE = [...NETWORKING, "private"] as const;
const POLICY = [...NETWORKING, "endpoint_policy"] as const;

/** Returns a check that applies to private networks only. */
function inPrivateNetworks(check: Check): Check {
  return (subject) => (subject.definition.tfvars.networking.private ? check(subject) : []);
}

const noNatGateways: Check = ({ definition }) => {
  const { networking } = definition.tfvars;
  if (usesExistingVpc(networking) || networking.nat_gateways === "none") return [];
  const message = `must be none because a private network has no internet gateway, but is ${networking.nat_gateways}`;
  return [{ path: [...NETWORKING, "nat_gateways"], message, because: [PRIVATE] }];
};

const noPublicSubnets: Check = ({ definition }) => {
  const { networking } = definition.tfvars;
  const index = networking.subnet_tiers.indexOf("public");
  if (usesExistingVpc(networking) || index < 0) return [];
  return [
    { own: true, ...noEffect([...NETWORKING, "subnet_tiers", index], "a private network has no public subnets") },
  ];
};

const noPublicEndpoint: Check = ({ definition }) => {
  if (!definition.tfvars.cluster.endpoint_public_access) return [];
  const message =
    "must be false in a private network. Reach the API through a connection and list its ranges in private_access_cidrs";
  return [{ path: ["tfvars", "cluster", "endpoint_public_access"], message, because: [PRIVATE] }];
};

const noExclusions: Check = ({ definition }) => {
  const { networking } = definition.tfvars;
  if (usesExistingVpc(networking)) return [];
  const exclusions = Object.entries(networking.public_access_block_exclusions).filter(([, mode]) => mode !== null);
  return exclusions.map(([part]) =>
    noEffect([...NETWORKING, "public_access_block_exclusions", part], "a private network has no internet gateway"),
  );
};

const addonsWithoutInternet: Check = ({ definition: { tfvars } }) => {
  if (leadsOutElsewhere(tfvars.networking)) return [];
  return enabledAddons({ tfvars }).flatMap((name) => {
    const addon: Addon = catalogue[name];
    const needed = ifCertain(() => addon.needs_internet?.(tfvars.addons[name].options));
    if (needed === undefined) return [];
    const what = `${needed}, which a private network does not reach`;
    const remedy = "Disable it or route 0.0.0.0/0 of the tier private to a transit gateway or a VPN";
    return [{ ...requires(["tfvars", "addons", name, "enabled"], what, remedy), because: [PRIVATE] }];
  });
};

const imagesWithoutInternet: Check = ({ definition: { tfvars } }) => {
  if (leadsOutElsewhere(tfvars.networking)) return [];
  const pulling = enabledAddons({ tfvars }).filter(
    (name) => catalogue[name].kind === "helm" && !namesImages(tfvars.addons[name].values),
  );
  if (pulling.length === 0) return [];
  const message = `the images of ${listed(pulling, 40)} come from registries on the internet, which a private network does not reach. Copy them to ECR and name that registry in their values`;
  const because = pulling.map((name) => ["tfvars", "addons", name, "enabled"]);
  return [{ path: PRIVATE, because, severity: "warning", message }];
};

/** True if values name a source of images: charts spell it image, repository or registry, alone or in a longer word. */
function namesImages(values: unknown): boolean {
  if (typeof values !== "object" || values === null) return false;
  return Object.entries(values).some(
    ([key, value]) => (/image|repository|registry/i.test(key) && value !== null) || namesImages(value),
  );
}

/** Returns a check that endpoints are listed once. */
function endpointsOnce(key: "gateway_endpoints" | "interface_endpoints"): Check {
  return ({ definition }) => namedTwice(definition.tfvars.networking[key], [...NETWORKING, key]);
}

const policyHasOrganization: Check = ({ definition }) => {
  const { endpoint_policy, organization_id } = definition.tfvars.networking;
  if (endpoint_policy !== "organization" || organization_id !== null) return [];
  return [requires(POLICY, "organization_id", "Set it to the id of your organization")];
};

const organizationHasPolicy: Check = ({ definition }) => {
  const { endpoint_policy, organization_id } = definition.tfvars.networking;
  if (endpoint_policy === "organization" || organization_id === null) return [];
  const reason = "endpoint_policy is not organization";
  return [noEffect([...NETWORKING, "organization_id"], reason, "or set endpoint_policy: organization")];
};

const policyHasEndpoints: Check = ({ definition: { tfvars } }) => {
  if (tfvars.networking.endpoint_policy === null) return [];
  if (interfaceEndpoints(tfvars).length + gatewayEndpoints(tfvars.networking).length > 0) return [];
  return [noEffect(POLICY, "the network has no endpoint")];
};

export const privateNetworkRules: readonly Check[] = [
  noNatGateways,
  noPublicSubnets,
  noPublicEndpoint,
  noExclusions,
  addonsWithoutInternet,
  imagesWithoutInternet,
].map(inPrivateNetworks);

export const endpointRules: readonly Check[] = [
  endpointsOnce("gateway_endpoints"),
  endpointsOnce("interface_endpoints"),
  policyHasOrganization,
  organizationHasPolicy,
  policyHasEndpoints,
];
