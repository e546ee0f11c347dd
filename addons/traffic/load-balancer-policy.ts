import type { PolicyStatement } from "../../language/words/iam";
import type { AddonContext } from "../contract/addon-context";

/** The controller puts it on all that it makes, with the cluster's name as its value. */
const CLUSTER_TAG = "elbv2.k8s.aws/cluster";

/** EC2, ELB and ACM do not limit reading to some resources. */
const READS = [
  "acm:DescribeCertificate",
  "acm:ListCertificates",
  "cognito-idp:DescribeUserPoolClient",
  "ec2:DescribeAccountAttributes",
  "ec2:DescribeAddresses",
  "ec2:DescribeAvailabilityZones",
  "ec2:DescribeCoipPools",
  "ec2:DescribeInstances",
  "ec2:DescribeInternetGateways",
  "ec2:DescribeIpamPools",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeRouteTables",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ec2:DescribeTags",
  "ec2:DescribeVpcPeeringConnections",
  "ec2:DescribeVpcs",
  "ec2:GetCoipPoolUsage",
  "ec2:GetSecurityGroupsForVpc",
  "elasticloadbalancing:DescribeCapacityReservation",
  "elasticloadbalancing:DescribeListenerAttributes",
  "elasticloadbalancing:DescribeListenerCertificates",
  "elasticloadbalancing:DescribeListeners",
  "elasticloadbalancing:DescribeLoadBalancerAttributes",
  "elasticloadbalancing:DescribeLoadBalancers",
  "elasticloadbalancing:DescribeRules",
  "elasticloadbalancing:DescribeSSLPolicies",
  "elasticloadbalancing:DescribeTags",
  "elasticloadbalancing:DescribeTargetGroupAttributes",
  "elasticloadbalancing:DescribeTargetGroups",
  "elasticloadbalancing:DescribeTargetHealth",
  "elasticloadbalancing:DescribeTrustStores",
  "iam:GetServerCertificate",
  "iam:ListServerCertificates",
] as const;

/** What the controller may do to a load balancer, target group, listener or rule that is there. */
const MANAGES = [
  "elasticloadbalancing:AddListenerCertificates",
  "elasticloadbalancing:CreateListener",
  "elasticloadbalancing:CreateRule",
  "elasticloadbalancing:DeleteListener",
  "elasticloadbalancing:DeleteLoadBalancer",
  "elasticloadbalancing:DeleteRule",
  "elasticloadbalancing:DeleteTargetGroup",
  "elasticloadbalancing:DeregisterTargets",
  "elasticloadbalancing:ModifyCapacityReservation",
  "elasticloadbalancing:ModifyIpPools",
  "elasticloadbalancing:ModifyListener",
  "elasticloadbalancing:ModifyListenerAttributes",
  "elasticloadbalancing:ModifyLoadBalancerAttributes",
  "elasticloadbalancing:ModifyRule",
  "elasticloadbalancing:ModifyTargetGroup",
  "elasticloadbalancing:ModifyTargetGroupAttributes",
  "elasticloadbalancing:RegisterTargets",
  "elasticloadbalancing:RemoveListenerCertificates",
  "elasticloadbalancing:SetIpAddressType",
  "elasticloadbalancing:SetRulePriorities",
  "elasticloadbalancing:SetSecurityGroups",
  "elasticloadbalancing:SetSubnets",
  "elasticloadbalancing:SetWebAcl",
] as const;

export interface LoadBalancerFeatures {
  readonly waf: boolean;
  readonly shield: boolean;
}

/**
 * The policy that aws-load-balancer-controller 3.5.0 publishes (docs/install/iam_policy.json), with one cluster's name in every
 * condition: theirs takes any resource that any controller made, and any security group at all.
 */
export function loadBalancerPermissions(
  context: AddonContext,
  features: LoadBalancerFeatures,
): readonly PolicyStatement[] {
  const { account_id, cluster_name, partition, region, vpc_id } = context;
  const arn = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account_id}:${resource}`;
  const groups = arn("ec2", "security-group/*");
  const balancers = ["loadbalancer/app/*/*", "loadbalancer/net/*/*", "targetgroup/*/*"].map((it) =>
    arn("elasticloadbalancing", it),
  );
  const listeners = ["listener/app/*", "listener/net/*", "listener-rule/app/*", "listener-rule/net/*"].map((it) =>
    arn("elasticloadbalancing", it),
  );
  const tagged = { [`aws:RequestTag/${CLUSTER_TAG}`]: cluster_name };
  const ours = { [`aws:ResourceTag/${CLUSTER_TAG}`]: cluster_name };
  /** Tags may change, but not the one that says whose it is. */
  const retag = { StringEquals: ours, Null: { [`aws:RequestTag/${CLUSTER_TAG}`]: "true" } };

  return [
    { sid: "Read", actions: READS, resources: ["*"] },
    {
      sid: "FirstLoadBalancerOfTheAccount",
      actions: ["iam:CreateServiceLinkedRole"],
      resources: [`arn:${partition}:iam::${account_id}:role/aws-service-role/elasticloadbalancing.amazonaws.com/*`],
      condition: { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
    },
    {
      sid: "LetTrafficReachNodes",
      actions: ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
      resources: [groups],
      condition: { StringEquals: { [`aws:ResourceTag/kubernetes.io/cluster/${cluster_name}`]: "owned" } },
    },
    { sid: "CreateGroupsInTheVpc", actions: ["ec2:CreateSecurityGroup"], resources: [arn("ec2", `vpc/${vpc_id}`)] },
    {
      sid: "CreateGroups",
      actions: ["ec2:CreateSecurityGroup"],
      resources: [groups],
      condition: { StringEquals: tagged },
    },
    {
      sid: "TagGroupsItCreates",
      actions: ["ec2:CreateTags"],
      resources: [groups],
      condition: { StringEquals: { "ec2:CreateAction": "CreateSecurityGroup", ...tagged } },
    },
    { sid: "RetagOurGroups", actions: ["ec2:CreateTags", "ec2:DeleteTags"], resources: [groups], condition: retag },
    {
      sid: "ManageOurGroups",
      actions: ["ec2:AuthorizeSecurityGroupIngress", "ec2:DeleteSecurityGroup", "ec2:RevokeSecurityGroupIngress"],
      resources: [groups],
      condition: { StringEquals: ours },
    },
    {
      sid: "Create",
      actions: ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"],
      resources: balancers,
      condition: { StringEquals: tagged },
    },
    {
      sid: "TagWhatItCreates",
      actions: ["elasticloadbalancing:AddTags"],
      resources: [...balancers, ...listeners],
      condition: {
        StringEquals: {
          "elasticloadbalancing:CreateAction": [
            "CreateListener",
            "CreateLoadBalancer",
            "CreateRule",
            "CreateTargetGroup",
          ],
          ...tagged,
        },
      },
    },
    {
      sid: "RetagOurs",
      actions: ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"],
      resources: [...balancers, ...listeners],
      condition: retag,
    },
    // Also a target group that Terraform made needs the cluster's tag before a TargetGroupBinding can use it.
    { sid: "ManageOurs", actions: MANAGES, resources: [...balancers, ...listeners], condition: { StringEquals: ours } },
    ...(features.waf ? webAcls(arn) : []),
    ...(features.shield ? protections(context) : []),
  ];
}

/** A web ACL belongs to whoever wrote it, so it carries no tag of a cluster. */
function webAcls(arn: (service: string, resource: string) => string): readonly PolicyStatement[] {
  return [
    {
      sid: "UseWebAcls",
      actions: ["wafv2:AssociateWebACL", "wafv2:DisassociateWebACL", "wafv2:GetWebACL", "wafv2:GetWebACLForResource"],
      resources: [arn("wafv2", "regional/webacl/*/*"), arn("elasticloadbalancing", "loadbalancer/app/*/*")],
    },
  ];
}

/** Shield Advanced knows no tags of a cluster either. */
function protections({ account_id, partition }: AddonContext): readonly PolicyStatement[] {
  return [
    { sid: "ReadShield", actions: ["shield:GetSubscriptionState"], resources: ["*"] },
    {
      sid: "Protect",
      actions: ["shield:CreateProtection", "shield:DeleteProtection", "shield:DescribeProtection"],
      resources: [`arn:${partition}:shield::${account_id}:protection/*`],
    },
  ];
}
