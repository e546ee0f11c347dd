import { newEntry, setPolicies } from "../access-entry";
import type { Config } from "./config";
import { byDefault, type Translation } from "./translation";

const ADMIN_GROUP = "system:masters";
const ADMIN_POLICY = "AmazonEKSClusterAdminPolicy";

/** Translates who may use the cluster. */
export function translateAccess(translation: Translation): void {
  const { config, draft, note } = translation;
  const cluster = draft.section("cluster");
  const access = config.at("accessConfig");
  const mode = access.at("authenticationMode");
  if (mode.peek() === "CONFIG_MAP") {
    mode.leave("this program requires access entries: add one for each line of aws-auth, and then set API");
    cluster.set("authentication_mode", "API_AND_CONFIG_MAP", "was CONFIG_MAP");
  } else byDefault(cluster, "authentication_mode", mode.text(), "API_AND_CONFIG_MAP");
  const creator = access.at("bootstrapClusterCreatorAdminPermissions");
  if (creator.peek() === false) creator.skip("nobody is an administrator without an access entry");
  else {
    creator.leave("add an access entry for the creator of the cluster, because only entries give access here");
    note(
      "eksctl gave the rights of an administrator to the principal that created the cluster. Add an access entry if it still needs them.",
    );
  }

  const taken = new Set<string>();
  for (const entry of access.at("accessEntries").items()) accessEntry(entry, taken, translation);
  for (const mapping of config.at("iamIdentityMappings").items()) identityMapping(mapping, taken, translation);
  for (const provider of config.at("identityProviders").items()) identityProvider(provider, translation);
}

function accessEntry(config: Config, taken: Set<string>, { draft, entryNames }: Translation): void {
  const arn = config.at("principalARN").text();
  if (arn === undefined) {
    config.leave("has no principalARN");
    return;
  }
  const item = newEntry(draft.section("cluster"), arn, taken, entryNames);
  item.set("type", config.at("type").text());
  setPolicies(item, policiesOf(config.at("accessPolicies")));
  item.set("kubernetes_groups", config.at("kubernetesGroups").texts());
  item.set("user_name", config.at("kubernetesUsername").text());
}

/** Returns access policies as definitions write them. */
export function policiesOf(list: Config) {
  return list.items().flatMap((config) => {
    const policy = config.at("policyARN").text()?.split("/").at(-1);
    const namespaces = config.at("accessScope", "namespaces").texts();
    config.at("accessScope", "type").skip("a policy with namespaces is for them, and one without is for the cluster");
    return policy === undefined ? [] : [{ policy, ...(namespaces !== undefined && { namespaces }) }];
  });
}

function identityMapping(config: Config, taken: Set<string>, { draft, entryNames }: Translation): void {
  config.at("noDuplicateARNs").skip("a principal has one access entry");
  config.at("account").leave("an access entry is for one principal: add one for each role that is used");
  const service = config.at("serviceName");
  service.leave("the AWS service creates its own access entry");
  const arn = config.at("arn").text();
  if (arn === undefined) {
    config.at("namespace").leave("belongs to serviceName");
    for (const key of ["groups", "username"])
      config.at(key).leave("belongs to an arn, which the mapping does not have");
    return;
  }
  const item = newEntry(draft.section("cluster"), arn, taken, entryNames);
  const groups = config.at("groups").texts() ?? [];
  if (groups.includes(ADMIN_GROUP)) item.set("access_policy", ADMIN_POLICY, `what ${ADMIN_GROUP} is`);
  const own = groups.filter((group) => group !== ADMIN_GROUP);
  if (own.some((group) => group.startsWith("system:")))
    config
      .at("groups")
      .leave("EKS reserves groups that start with system: for itself; nodes get their access by their role");
  const usable = own.filter((group) => !group.startsWith("system:"));
  item.set("kubernetes_groups", usable.length === 0 ? undefined : usable);
  const user = config.at("username");
  if (user.peek() !== undefined && String(user.peek()).includes("{{"))
    user.leave("EKS derives this name from the ARN by default");
  else item.set("user_name", user.text());
  config.at("namespace").skip("belongs to serviceName");
}

function identityProvider(config: Config, { draft }: Translation): void {
  config.at("type").text();
  const item = draft.section("cluster").item("oidc_identity_providers");
  item.set("name", config.at("name").text());
  item.set("issuer_url", config.at("issuerURL").text());
  item.set("client_id", config.at("clientID").text());
  item.set("username_claim", config.at("usernameClaim").text());
  item.set("username_prefix", config.at("usernamePrefix").text());
  item.set("groups_claim", config.at("groupsClaim").text());
  item.set("groups_prefix", config.at("groupsPrefix").text());
  item.set("required_claims", config.at("requiredClaims").map());
  config.at("tags").leave("the association has the cluster's tags");
}
