import { isMap } from "../../language/plain-map";
import type { Leftover, Leftovers, Stays } from "./report";
import type { RunTool } from "./tools";

/** The cluster to search for, and the role that searches. */
export interface Searched {
  /** CLUSTER_NAME. */
  readonly name: string;
  /** Name of the EKS cluster. */
  readonly slug: string;
  readonly region: string;
  readonly role: string;
}

/** Tags by which resources of a cluster are found: the program's own, that of Kubernetes, and that of the load balancer controller. */
const tagsOf = ({ name, slug }: Searched): readonly string[] => [
  `Key=Cluster,Values=${name}`,
  `Key=kubernetes.io/cluster/${slug},Values=owned`,
  `Key=elbv2.k8s.aws/cluster,Values=${slug}`,
];

class NotChecked extends Error {}

/**
 * Returns the AWS resources that remain of a cluster after its stacks were destroyed. docs/operations/delete-a-cluster.md lists the calls.
 */
export async function findLeftovers(searched: Searched, stays: readonly Stays[], tool: RunTool): Promise<Leftovers> {
  const { region, role } = searched;
  try {
    const env = await credentialsOf(role, tool);
    const call = (args: readonly string[]): Promise<unknown> => aws([...args, "--region", region], tool, env);
    const arns = new Set<string>();
    for (const tag of tagsOf(searched)) {
      const found = await call(["resourcegroupstaggingapi", "get-resources", "--tag-filters", tag]);
      for (const each of listIn(found, "ResourceTagMappingList")) arns.add(String(each["ResourceARN"]));
    }
    const found: Leftover[] = [...arns].sort().map((arn) => ({ arn, remove: removalOf(arn, region) }));
    for (const prefix of logGroupsOf(searched)) {
      const groups = await call(["logs", "describe-log-groups", "--log-group-name-prefix", prefix]);
      for (const each of listIn(groups, "logGroups")) {
        const remove = `aws logs delete-log-group --log-group-name ${String(each["logGroupName"])} --region ${region}`;
        const arn = String(each["arn"]).replace(/:\*$/, "");
        if (!arns.has(arn)) found.push({ arn, remove });
      }
    }
    const kept = new Set(stays.flatMap(({ arn }) => arn ?? []));
    const isLeft = ({ arn }: Leftover): boolean => !kept.has(arn) && !arn.includes(":snapshot/");
    return { checked: true, reason: null, found: found.filter(isLeft) };
  } catch (error) {
    if (!(error instanceof NotChecked)) throw error;
    return { checked: false, reason: error.message, found: [] };
  }
}

/**
 * Returns the beginnings of the names of log groups that Terraform does not create, which therefore have no tags: EKS may write logs
 * while it deletes the control plane, and then creates its group again, and agents on nodes create theirs.
 */
function logGroupsOf({ slug }: Searched): readonly string[] {
  return [`/aws/eks/${slug}/`, `/aws/containerinsights/${slug}/`];
}

/** Assumes the role that destroyed the stacks, because the caller's own credentials may belong to another account. */
async function credentialsOf(role: string, tool: RunTool): Promise<Record<string, string>> {
  const answer = await aws(["sts", "assume-role", "--role-arn", role, "--role-session-name", "fleet-destroy"], tool);
  const keys = isMap(answer) ? answer["Credentials"] : undefined;
  if (!isMap(keys)) throw new NotChecked("aws sts assume-role returned no credentials");
  return {
    AWS_ACCESS_KEY_ID: String(keys["AccessKeyId"]),
    AWS_SECRET_ACCESS_KEY: String(keys["SecretAccessKey"]),
    AWS_SESSION_TOKEN: String(keys["SessionToken"]),
  };
}

async function aws(args: readonly string[], tool: RunTool, env: Record<string, string> = {}): Promise<unknown> {
  const ran = await tool("aws", [...args, "--output", "json"], { seconds: 60, env });
  const called = `aws ${args[0]} ${args[1]}`;
  if ("failed" in ran) throw new NotChecked(`${called}: ${ran.failed}`);
  try {
    return JSON.parse(ran.stdout);
  } catch {
    throw new NotChecked(`${called} printed no JSON`);
  }
}

function listIn(answer: unknown, key: string): Readonly<Record<string, unknown>>[] {
  const list = isMap(answer) ? answer[key] : undefined;
  return Array.isArray(list) ? list.filter(isMap) : [];
}

/** Commands that remove what Kubernetes leaves most often, by the service and the kind in the ARN. */
const REMOVALS: readonly (readonly [RegExp, (id: string, arn: string) => string])[] = [
  [
    /^elasticloadbalancing:loadbalancer\/(?:app|net|gwy)\//,
    (_, arn) => `aws elbv2 delete-load-balancer --load-balancer-arn ${arn}`,
  ],
  [/^elasticloadbalancing:loadbalancer\//, (id) => `aws elb delete-load-balancer --load-balancer-name ${id}`],
  [/^elasticloadbalancing:targetgroup\//, (_, arn) => `aws elbv2 delete-target-group --target-group-arn ${arn}`],
  [/^ec2:volume\//, (id) => `aws ec2 delete-volume --volume-id ${id}`],
  [/^ec2:security-group\//, (id) => `aws ec2 delete-security-group --group-id ${id}`],
  [/^ec2:network-interface\//, (id) => `aws ec2 delete-network-interface --network-interface-id ${id}`],
  [/^ec2:instance\//, (id) => `aws ec2 terminate-instances --instance-ids ${id}`],
  [/^ec2:launch-template\//, (id) => `aws ec2 delete-launch-template --launch-template-id ${id}`],
];

function removalOf(arn: string, region: string): string | null {
  const [, , service, , , ...rest] = arn.split(":");
  const resource = `${service}:${rest.join(":")}`;
  const command = REMOVALS.find(([pattern]) => pattern.test(resource))?.[1];
  return command === undefined ? null : `${command(arn.slice(arn.lastIndexOf("/") + 1), arn)} --region ${region}`;
}
