import type { PolicyStatement } from "../../language/words/iam";
import type { AddonContext } from "../contract/addon-context";

/** Types of resources that Karpenter makes for a node, and tags with the pool that it is for. */
const MADE = ["fleet", "instance", "volume", "network-interface", "launch-template", "spot-instances-request"] as const;

/** What an instance is started from. */
const STARTED_FROM = ["security-group", "subnet", "capacity-reservation", "placement-group"] as const;

/**
 * The statements of Karpenter 1.14's own CloudFormation template, less what it needs to make instance profiles: ours has one. What
 * it makes carries the cluster's tag, and what it ends must.
 */
export function karpenterPermissions(context: AddonContext): readonly PolicyStatement[] {
  const { account_id, cluster_name, karpenter_node_role_arn, partition, region } = context;
  const ec2 = (type: string, account = "*") => `arn:${partition}:ec2:${region}:${account}:${type}/*`;
  const owned = { [`aws:ResourceTag/kubernetes.io/cluster/${cluster_name}`]: "owned" };
  const ofAPool = { "aws:ResourceTag/karpenter.sh/nodepool": "*" };
  const tagged = {
    StringEquals: {
      [`aws:RequestTag/kubernetes.io/cluster/${cluster_name}`]: "owned",
      "aws:RequestTag/eks:eks-cluster-name": cluster_name,
    },
    StringLike: { "aws:RequestTag/karpenter.sh/nodepool": "*" },
  };
  return [
    {
      sid: "StartFrom", // what is only used, and belongs to others
      actions: ["ec2:CreateFleet", "ec2:RunInstances"],
      resources: [ec2("image", ""), ec2("snapshot", ""), ...STARTED_FROM.map((type) => ec2(type))],
    },
    {
      sid: "StartFromOurTemplates",
      actions: ["ec2:CreateFleet", "ec2:RunInstances"],
      resources: [ec2("launch-template")],
      condition: { StringEquals: owned, StringLike: ofAPool },
    },
    {
      sid: "Make",
      actions: ["ec2:CreateFleet", "ec2:CreateLaunchTemplate", "ec2:RunInstances"],
      resources: MADE.map((type) => ec2(type)),
      condition: tagged,
    },
    {
      sid: "TagWhatItMakes",
      actions: ["ec2:CreateTags"],
      resources: MADE.map((type) => ec2(type)),
      condition: {
        ...tagged,
        StringEquals: {
          ...tagged.StringEquals,
          "ec2:CreateAction": ["CreateFleet", "CreateLaunchTemplate", "RunInstances"],
        },
      },
    },
    {
      sid: "NameOurNodes",
      actions: ["ec2:CreateTags"],
      resources: [ec2("instance")],
      condition: {
        StringEquals: owned,
        StringLike: ofAPool,
        StringEqualsIfExists: { "aws:RequestTag/eks:eks-cluster-name": cluster_name },
        "ForAllValues:StringEquals": { "aws:TagKeys": ["Name", "eks:eks-cluster-name", "karpenter.sh/nodeclaim"] },
      },
    },
    {
      sid: "EndOurs",
      actions: ["ec2:DeleteLaunchTemplate", "ec2:TerminateInstances"],
      resources: [ec2("instance"), ec2("launch-template")],
      condition: { StringEquals: owned, StringLike: ofAPool },
    },
    {
      sid: "GiveNodesTheirRole",
      actions: ["iam:PassRole"],
      resources: [karpenter_node_role_arn],
      condition: { StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] } },
    },
    {
      sid: "ReadInstanceProfiles",
      actions: ["iam:GetInstanceProfile"],
      resources: [`arn:${partition}:iam::${account_id}:instance-profile/*`],
    },
    { sid: "ListInstanceProfiles", actions: ["iam:ListInstanceProfiles"], resources: ["*"] },
    {
      sid: "ReadTheCluster",
      actions: ["eks:DescribeCluster"],
      resources: [`arn:${partition}:eks:${region}:${account_id}:cluster/${cluster_name}`],
    },
    {
      sid: "HearWhatEnds",
      actions: ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
      resources: [context.interruption_queue("karpenter").arn],
    },
    {
      sid: "ReadZonalShift",
      actions: ["arc-zonal-shift:GetManagedResource"],
      resources: ["*"],
      condition: {
        StringEquals: {
          "arc-zonal-shift:ResourceIdentifier": `arn:${partition}:eks:${region}:${account_id}:cluster/${cluster_name}`,
        },
      },
    },
    {
      sid: "Read",
      actions: [
        "ec2:DescribeCapacityReservations",
        "ec2:DescribeImages",
        "ec2:DescribeInstanceStatus",
        "ec2:DescribeInstanceTypeOfferings",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeInstances",
        "ec2:DescribeLaunchTemplates",
        "ec2:DescribePlacementGroups",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSpotPriceHistory",
        "ec2:DescribeSubnets",
      ],
      resources: ["*"],
      condition: { StringEquals: { "aws:RequestedRegion": region } },
    },
    {
      sid: "FindImages",
      actions: ["ssm:GetParameter"],
      resources: [`arn:${partition}:ssm:${region}::parameter/aws/service/*`],
    },
    { sid: "ReadPrices", actions: ["pricing:GetProducts"], resources: ["*"] },
  ];
}
