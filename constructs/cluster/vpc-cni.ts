import type { Tfvars } from "../../fleet/model/cluster";
import { given } from "../../language/given";
import type { PolicyDocumentStatement } from "../iam/policy";

export interface VpcCniProps {
  readonly settings: Tfvars["cluster"]["vpc_cni"];
  readonly runsWindows: boolean;
  /** Zone -> subnet of its pods; undefined if pods are in the nodes' subnets. */
  readonly podSubnetIds: Readonly<Record<string, string>> | undefined;
  readonly nodeSecurityGroupId: string;
  readonly region: string;
}

type Values = Readonly<Record<string, unknown>>;

/** Returns the configuration of the EKS add-on vpc-cni. Its schema requires all switches and numbers as text. */
export function vpcCniValues(props: VpcCniProps): Values {
  const { podSubnetIds, runsWindows, settings } = props;
  const on = (condition: boolean) => (condition ? "true" : undefined);
  const number = (value: number | null) => (value === null ? undefined : String(value));
  const env = given({
    ENABLE_PREFIX_DELEGATION: on(settings.prefix_delegation),
    WARM_ENI_TARGET: number(settings.warm_eni_target),
    WARM_IP_TARGET: number(settings.warm_ip_target),
    MINIMUM_IP_TARGET: number(settings.minimum_ip_target),
    WARM_PREFIX_TARGET: number(settings.warm_prefix_target),
    AWS_VPC_K8S_CNI_EXTERNALSNAT: on(settings.external_snat),
    AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: on(podSubnetIds !== undefined),
    // A node uses the ENIConfig that has the name of its zone.
    ENI_CONFIG_LABEL_DEF: podSubnetIds === undefined ? undefined : "topology.kubernetes.io/zone",
  });
  return {
    enableNetworkPolicy: String(settings.network_policy),
    // A busy node answers later than the add-on's defaults of 5 and 1 seconds, and a restart of the CNI makes it busier.
    livenessProbeTimeoutSeconds: 10,
    readinessProbeTimeoutSeconds: 10,
    resources: { requests: { cpu: "25m" } },
    ...given({
      enableWindowsIpam: on(runsWindows), // then EKS gives Windows pods their addresses
      env: Object.keys(env).length === 0 ? undefined : env,
      eniConfig: podSubnetIds === undefined ? undefined : eniConfig(podSubnetIds, props),
    }),
  };
}

/**
 * Puts the interfaces of a zone's pods into the zone's subnet of the pod tier, with the nodes' security group. The add-on creates
 * the ENIConfig objects itself, so no state contains them.
 */
function eniConfig(
  podSubnetIds: Readonly<Record<string, string>>,
  { nodeSecurityGroupId, region }: VpcCniProps,
): Values {
  const subnets = Object.entries(podSubnetIds).map(([zone, id]) => [
    zone,
    { id, securityGroups: [nodeSecurityGroupId] },
  ]);
  return { create: true, region, subnets: Object.fromEntries(subnets) };
}

/**
 * Returns the CNI's permissions in an IPv6 cluster, for which AWS has no managed policy: it assigns prefixes to interfaces and tags
 * them. Everything else only describes, so it is less than AmazonEKS_CNI_Policy.
 */
export function ipv6Permissions(partition: string): readonly PolicyDocumentStatement[] {
  return [
    {
      Effect: "Allow",
      Action: [
        "ec2:AssignIpv6Addresses",
        "ec2:DescribeInstances",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:DescribeTags",
      ],
      Resource: "*",
    },
    { Effect: "Allow", Action: "ec2:CreateTags", Resource: `arn:${partition}:ec2:*:*:network-interface/*` },
  ];
}
