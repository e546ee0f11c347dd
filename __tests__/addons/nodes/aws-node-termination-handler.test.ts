import { awsNodeTerminationHandler } from "../../../addons/nodes/aws-node-termination-handler";
import { contextOf, monitoredContext, permissionsOf, valuesOf } from "../support/context";

test("reads the cluster's queue, and drains nodes with the cluster's tag only", () => {
  expect(valuesOf(awsNodeTerminationHandler, contextOf(), { node_grace_seconds: 60 })).toMatchObject({
    enableSqsTerminationDraining: true,
    queueURL: "https://sqs.eu-west-1.amazonaws.com/111111111111/demo-node-termination-handler",
    awsRegion: "eu-west-1",
    checkTagBeforeDraining: true,
    managedTag: "kubernetes.io/cluster/demo",
    deleteSqsMsgIfNodeNotFound: true,
    nodeTerminationGracePeriod: 60,
    replicas: 2,
    podDisruptionBudget: { maxUnavailable: 1 },
    enablePrometheusServer: false,
    serviceMonitor: { create: false },
  });
  expect(valuesOf(awsNodeTerminationHandler, monitoredContext)).toMatchObject({
    enablePrometheusServer: true,
    serviceMonitor: { create: true },
  });
});

test("lets go instances of the cluster's groups only", () => {
  expect(permissionsOf(awsNodeTerminationHandler)).toEqual([
    {
      sid: "ReadTheQueue",
      actions: ["sqs:DeleteMessage", "sqs:ReceiveMessage"],
      resources: ["arn:aws:sqs:eu-west-1:111111111111:demo-node-termination-handler"],
    },
    {
      sid: "Look",
      actions: ["autoscaling:DescribeAutoScalingInstances", "autoscaling:DescribeTags", "ec2:DescribeInstances"],
      resources: ["*"],
    },
    {
      sid: "LetGo",
      actions: ["autoscaling:CompleteLifecycleAction"],
      resources: ["arn:aws:autoscaling:eu-west-1:111111111111:autoScalingGroup:*:autoScalingGroupName/*"],
      condition: { StringEquals: { "autoscaling:ResourceTag/kubernetes.io/cluster/demo": "owned" } },
    },
  ]);
});
