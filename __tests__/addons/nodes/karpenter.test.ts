import { karpenter } from "../../../addons/nodes/karpenter";
import { contextOf, LEVELS, manifestsOf, monitoredContext, permissionsOf, valuesOf } from "../support/context";

test("finds its cluster and its queue, and resolves names without CoreDNS", () => {
  expect(valuesOf(karpenter, contextOf({ service_level: LEVELS.three, private_network: true }))).toEqual({
    serviceAccount: { name: "karpenter" },
    replicas: 3,
    dnsPolicy: "Default",
    controller: { resources: { requests: { cpu: "250m", memory: "1Gi" }, limits: { memory: "1Gi" } } },
    settings: {
      clusterName: "demo",
      eksControlPlane: true,
      interruptionQueue: "demo-karpenter",
      isolatedVPC: true,
      featureGates: { spotToSpotConsolidation: false, nodeRepair: false },
    },
  });
  expect(
    valuesOf(karpenter, contextOf(), { node_repair: true, spot_to_spot_consolidation: true })["settings"],
  ).toMatchObject({ featureGates: { spotToSpotConsolidation: true, nodeRepair: true }, isolatedVPC: false });
});

test("counts no addresses of the first interface where pods have subnets of their own", () => {
  expect(valuesOf(karpenter, contextOf({ pods_in_own_subnets: true }))["settings"]).toMatchObject({
    reservedENIs: "1",
  });
});

test("takes its CRDs from their own chart, which goes first", () => {
  expect(karpenter.skip_crds).toBe(true);
  expect(karpenter.further_charts?.map(({ chart, order }) => [chart, order])).toEqual([["karpenter_crd", "before"]]);
});

describe("What it may do", () => {
  const statements = permissionsOf(karpenter);
  const byName = Object.fromEntries(statements.map((statement) => [statement.sid, statement]));
  const ec2 = (type: string) => `arn:aws:ec2:eu-west-1:*:${type}/*`;
  const owned = { "aws:ResourceTag/kubernetes.io/cluster/demo": "owned" };
  const ofAPool = { "aws:ResourceTag/karpenter.sh/nodepool": "*" };

  test("is this, and nothing else", () => {
    expect(statements.map(({ sid, actions }) => `${sid}: ${actions.join(" ")}`)).toEqual([
      "StartFrom: ec2:CreateFleet ec2:RunInstances",
      "StartFromOurTemplates: ec2:CreateFleet ec2:RunInstances",
      "Make: ec2:CreateFleet ec2:CreateLaunchTemplate ec2:RunInstances",
      "TagWhatItMakes: ec2:CreateTags",
      "NameOurNodes: ec2:CreateTags",
      "EndOurs: ec2:DeleteLaunchTemplate ec2:TerminateInstances",
      "GiveNodesTheirRole: iam:PassRole",
      "ReadInstanceProfiles: iam:GetInstanceProfile",
      "ListInstanceProfiles: iam:ListInstanceProfiles",
      "ReadTheCluster: eks:DescribeCluster",
      "HearWhatEnds: sqs:DeleteMessage sqs:GetQueueUrl sqs:ReceiveMessage",
      "ReadZonalShift: arc-zonal-shift:GetManagedResource",
      "Read: ec2:DescribeCapacityReservations ec2:DescribeImages ec2:DescribeInstanceStatus ec2:DescribeInstanceTypeOfferings ec2:DescribeInstanceTypes ec2:DescribeInstances ec2:DescribeLaunchTemplates ec2:DescribePlacementGroups ec2:DescribeSecurityGroups ec2:DescribeSpotPriceHistory ec2:DescribeSubnets",
      "FindImages: ssm:GetParameter",
      "ReadPrices: pricing:GetProducts",
    ]);
  });

  test("ends only what carries the cluster's tag", () => {
    expect(byName["EndOurs"]).toEqual({
      sid: "EndOurs",
      actions: ["ec2:DeleteLaunchTemplate", "ec2:TerminateInstances"],
      resources: [ec2("instance"), ec2("launch-template")],
      condition: { StringEquals: owned, StringLike: ofAPool },
    });
  });

  test("makes only what carries it", () => {
    expect(byName["Make"]).toEqual({
      sid: "Make",
      actions: ["ec2:CreateFleet", "ec2:CreateLaunchTemplate", "ec2:RunInstances"],
      resources: ["fleet", "instance", "volume", "network-interface", "launch-template", "spot-instances-request"].map(
        ec2,
      ),
      condition: {
        StringEquals: {
          "aws:RequestTag/kubernetes.io/cluster/demo": "owned",
          "aws:RequestTag/eks:eks-cluster-name": "demo",
        },
        StringLike: { "aws:RequestTag/karpenter.sh/nodepool": "*" },
      },
    });
  });

  test("gives nodes their one role, and reads its one queue", () => {
    expect(byName["GiveNodesTheirRole"]?.resources).toEqual(["arn:aws:iam::111111111111:role/demo-karpenter-node"]);
    expect(byName["HearWhatEnds"]?.resources).toEqual(["arn:aws:sqs:eu-west-1:111111111111:demo-karpenter"]);
  });
});

test("is watched where there is Prometheus, and only there", () => {
  expect(manifestsOf(karpenter)).toEqual([]);
  expect(manifestsOf(karpenter, monitoredContext).map(({ kind }) => kind)).toEqual([
    "ServiceMonitor",
    "PrometheusRule",
  ]);
});
