import { policiesOf as accessPoliciesOf } from "./access";
import type { Config } from "./config";
import { policiesOf } from "./identity";
import type { Translation } from "./translation";

/** Translates capabilities of EKS. */
export function translateCapabilities(translation: Translation): void {
  const { boundaries, config, draft } = translation;
  for (const capability of config.at("capabilities").items()) {
    const item = draft.section("cluster").item("capabilities");
    item.set("name", capability.at("name").text());
    item.set("type", capability.at("type").text());
    const { arns, statements } = policiesOf(capability, translation);
    item.set("managed_policy_arns", arns.length === 0 ? undefined : arns);
    item.set("statements", statements.length === 0 ? undefined : statements);
    item.set("role_arn", capability.at("roleArn").text());
    const policies = accessPoliciesOf(capability.at("accessPolicies"));
    item.set("access_policies", policies.length === 0 ? undefined : policies);
    item.set("argo_cd", argoCd(capability.at("configuration", "argocd")));
    boundaries.push(capability.at("permissionsBoundary"));
    capability.at("deletePropagationPolicy").skip("objects always remain, which is the only choice of EKS");
    capability.at("tags").leave("capabilities have the cluster's tags");
  }
}

function argoCd(config: Config): object | undefined {
  if (!config.isSet) return undefined;
  const mappings = config
    .at("rbacRoleMappings")
    .items()
    .map((each) => ({ role: each.at("role").text(), identities: each.at("identities").value() }));
  const settings = {
    idc_instance_arn: config.at("awsIdc", "idcInstanceArn").text(),
    idc_region: config.at("awsIdc", "idcRegion").text(),
    namespace: config.at("namespace").text(),
    vpce_ids: config.at("networkAccess", "vpceIds").texts(),
    rbac_role_mappings: mappings.length === 0 ? undefined : mappings,
  };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
