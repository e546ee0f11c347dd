import { catalogue } from "../../addons/catalogue";
import type { Addon } from "../../addons/contract/addon";
import type { AwsService } from "../../aws/aws-services";
import type { Networking, Tfvars } from "../model/cluster";
import { enabledAddons } from "../model/enabled-addons";

/** A service that a cluster calls whatever runs on it, and what for. */
interface Need {
  readonly services: readonly AwsService[];
  needed(tfvars: Tfvars): boolean;
}

const always = (): boolean => true;

/** Regions that opened in 2024 or later: Systems Manager has only the newer of its two ways to agents there. */
const WITHOUT_EC2MESSAGES: readonly string[] = [
  "ap-east-2",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "mx-central-1",
];

/** Services that nodes and logs call. Addons list the services that they call themselves. */
const NEEDS: readonly Need[] = [
  { services: ["ec2"], needed: always }, // the VPC CNI's addresses, and nodes that look themselves up
  { services: ["ecr.api", "ecr.dkr"], needed: always }, // images; their layers come from S3
  { services: ["eks"], needed: always }, // nodes that look up their cluster
  { services: ["eks-auth", "sts"], needed: always }, // roles of pods
  { services: ["ssm", "ssmmessages"], needed: always }, // Session Manager: nodes have no SSH
  { services: ["ec2messages"], needed: ({ common }) => !WITHOUT_EC2MESSAGES.includes(common.aws_region) }, // agents before 3.3
  { services: ["logs"], needed: ({ cluster }) => cluster.enabled_cluster_log_types.length > 0 }, // for programs here that read or write logs
];

/** The services of the enabled addons, with the options that the cluster gives them. */
function ofAddons(tfvars: Tfvars): readonly AwsService[] {
  return enabledAddons({ tfvars }).flatMap((name) => {
    const addon: Addon = catalogue[name];
    return addon.aws_services?.(tfvars.addons[name].options) ?? [];
  });
}

/** The services that the network has an interface endpoint of, each once, by name. */
export function interfaceEndpoints(tfvars: Tfvars): readonly AwsService[] {
  const { interface_endpoints, private: isPrivate } = tfvars.networking;
  const needed = isPrivate
    ? [...NEEDS.filter((need) => need.needed(tfvars)).flatMap(({ services }) => services), ...ofAddons(tfvars)]
    : [];
  return [...new Set([...interface_endpoints, ...needed])].sort();
}

/** The services that it has a gateway endpoint of: image layers are in S3. */
export function gatewayEndpoints({
  gateway_endpoints,
  private: isPrivate,
}: Networking): Networking["gateway_endpoints"] {
  return isPrivate && !gateway_endpoints.includes("s3") ? [...gateway_endpoints, "s3"] : gateway_endpoints;
}

/** Returns whose principals can use the endpoints. */
export function endpointPolicy({
  endpoint_policy,
  private: isPrivate,
}: Networking): NonNullable<Networking["endpoint_policy"]> {
  return endpoint_policy ?? (isPrivate ? "account" : "none");
}

/**
 * Services whose endpoints in China carry the prefix `cn.`; the others do not. From aws-cdk's list of exceptions, which
 * follows `aws ec2 describe-vpc-endpoint-services`.
 */
const CHINESE_PREFIX: ReadonlySet<AwsService> = new Set([
  "application-autoscaling",
  "appmesh-envoy-management",
  "athena",
  "autoscaling",
  "backup",
  "batch",
  "cassandra",
  "cloudformation",
  "dms",
  "ebs",
  "ec2",
  "ecr.api",
  "ecr.dkr",
  "eks",
  "elasticache",
  "elasticfilesystem",
  "emr-containers",
  "execute-api",
  "fsx",
  "kinesis-streams",
  "lambda",
  "license-manager",
  "monitoring",
  "rds",
  "redshift",
  "redshift-data",
  "sagemaker.api",
  "sagemaker.runtime",
  "securityhub",
  "sqs",
  "states",
  "sts",
  "synthetics",
  "transfer",
  "xray",
]);

/** The name of a service's endpoint service in a region. */
export function endpointServiceName(service: AwsService | "s3" | "dynamodb", region: string): string {
  const name = `com.amazonaws.${region}.${service}`;
  const chinese = region.startsWith("cn-") && service !== "s3" && service !== "dynamodb" && CHINESE_PREFIX.has(service);
  return chinese ? `cn.${name}` : name;
}
