import { DataAwsEksNodeGroup } from "@cdktf/provider-aws/lib/data-aws-eks-node-group";
import { DataAwsEksNodeGroups } from "@cdktf/provider-aws/lib/data-aws-eks-node-groups";
import { TerraformCount, Token } from "cdktf";
import type { Construct } from "constructs";
import type { Worker } from "../../fleet/model/cluster";
import { startSize } from "../../fleet/nodes/start-size";

/**
 * The nodes of a managed group that something scales: as many as there are, within its sizes. EKS takes the three sizes together and
 * refuses a minimum above the desired size, or a maximum below it. Were the desired size ignored, a plan would send back the one
 * that it found, and every larger minimum would fail; so it is read, and a plan with the same sizes finds nothing to do whatever the
 * autoscaler made of the group.
 *
 * The group is asked for only once it exists, because Terraform has no question that may go unanswered: hence the one `count`.
 */
export function scaledSize(scope: Construct, clusterName: string, groupName: string, worker: Worker): number {
  const { max_size, min_size } = worker;
  const start = startSize(worker);
  const groups = new DataAwsEksNodeGroups(scope, "groups-there-are", { clusterName });
  const there = `contains(${groups.fqn}.names, ${JSON.stringify(groupName)})`;
  const group = new DataAwsEksNodeGroup(scope, "group-as-it-is", {
    count: TerraformCount.of(Token.asNumber(`\${${there} ? 1 : 0}`)),
    clusterName,
    nodeGroupName: groupName,
  });
  const now = `one(${group.fqn}[*].scaling_config[0].desired_size)`;
  return Token.asNumber(`\${max(${min_size}, min(${max_size}, coalesce(${now}, ${start})))}`);
}
