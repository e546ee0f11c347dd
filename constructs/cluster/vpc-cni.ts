import { runsWindows } from "../../aws/ami";
import type { Cluster } from "../../fleet/model/cluster";
import { podTier } from "../../fleet/network/subnets";
import type { PolicyDocumentStatement } from "../iam/policy";
import type { NetworkRef } from "../networking/network-ref";

export interface VpcCniProps {
  readonly cluster: Cluster;
  readonly network: NetworkRef;
  readonly nodeSecurityGroupId: string;
}

type Values = Readonly<Record<string, unknown>>;

/** Configuration of the EKS add-on vpc-cni. All of its switches and numbers are text, as the add-on's schema wants them. */
export function vpcCniValues(props: VpcCniProps): Values {
  const { vpc_cni } = props.cluster.tfvars.cluster;
  const custom = eniConfigs(props);
  const env = {
    ...(vpc_cni.prefix_delegation ? { ENABLE_PREFIX_DELEGATION: "true" } : {}),
    ...numbers({
      WARM_ENI_TARGET: vpc_cni.warm_eni_target,
      WARM_IP_TARGET: vpc_cni.warm_ip_target,
      MINIMUM_IP_TARGET: vpc_cni.minimum_ip_target,
      WARM_PREFIX_TARGET: vpc_cni.warm_prefix_target,
    }),
    ...(vpc_cni.external_snat ? { AWS_VPC_K8S_CNI_EXTERNALSNAT: "true" } : {}),
    ...(custom === undefined
      ? {}
      : {
          AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: "true",
          ENI_CONFIG_LABEL_DEF: "topology.kubernetes.io/zone", // a node takes the configuration that is called as its zone
        }),
  };
  return {
    enableNetworkPolicy: String(vpc_cni.network_policy),
    // A busy node answers later than the add-on's own five and one seconds, and a restart of the CNI makes it busier.
    livenessProbeTimeoutSeconds: 10,
    readinessProbeTimeoutSeconds: 10,
    resources: { requests: { cpu: "25m" } },
    // Windows pods get their addresses from EKS, once the CNI's settings say so.
    ...(runsWindows(props.cluster.tfvars) ? { enableWindowsIpam: "true" } : {}),
    ...(Object.keys(env).length === 0 ? {} : { env }),
    ...(custom === undefined ? {} : { eniConfig: custom }),
  };
}

function numbers(settings: Readonly<Record<string, number | null>>): Readonly<Record<string, string>> {
  const set = Object.entries(settings).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]]));
  return Object.fromEntries(set);
}

/**
 * Where the interfaces of a zone's pods are: in the zone's subnet of the pod tier, with the nodes' security group. The add-on
 * makes these objects itself, so none of them is ours to keep in a state.
 */
function eniConfigs({ cluster, network, nodeSecurityGroupId }: VpcCniProps): Values | undefined {
  if (podTier(cluster.tfvars) !== "pod") return undefined;
  const subnets = Object.entries(network.subnet_ids.pod ?? {}).map(([zone, id]) => [
    zone,
    { id, securityGroups: [nodeSecurityGroupId] },
  ]);
  return { create: true, region: cluster.tfvars.common.aws_region, subnets: Object.fromEntries(subnets) };
}

/**
 * What the CNI may do in an IPv6 cluster, for which AWS has no policy of its own: give interfaces prefixes and tag them. That it
 * only describes beside that is why it needs less than AmazonEKS_CNI_Policy.
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
