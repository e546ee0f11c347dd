import type { Translation } from "./translation";

/** Translates Fargate profiles. */
export function translateFargate({ config, draft }: Translation): void {
  const shared = config.at("iam", "fargatePodExecutionRoleARN").text();
  for (const profile of config.at("fargateProfiles").items()) {
    const item = draft.item("fargate_profiles");
    item.set("name", profile.at("name").text());
    const selectors = profile.at("selectors").items();
    item.set(
      "selectors",
      selectors.map((selector) => {
        const labels = selector.at("labels").map();
        return { namespace: selector.at("namespace").text(), ...(labels !== undefined && { labels }) };
      }),
    );
    item.set("pod_execution_role_arn", profile.at("podExecutionRoleARN").text() ?? shared);
    profile.at("subnets").leave("a profile uses the subnets of a tier: set subnet_tier and availability_zones");
    profile.at("status").skip("eksctl writes it");
    item.set("tags", profile.at("tags").map());
  }
}
