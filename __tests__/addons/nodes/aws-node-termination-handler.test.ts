import { awsNodeTerminationHandler } from "../../../addons/nodes/aws-node-termination-handler";
import { contextOf, monitoredContext, valuesOf } from "../support/context";

test("reads the cluster's queue, and drains nodes with the tag of self-managed groups only", () => {
  expect(valuesOf(awsNodeTerminationHandler, contextOf(), { node_grace_seconds: 60 })).toMatchObject({
    enableSqsTerminationDraining: true,
    queueURL: "https://sqs.eu-west-1.amazonaws.com/111111111111/demo-node-termination-handler",
    awsRegion: "eu-west-1",
    checkTagBeforeDraining: true,
    managedTag: "k8s.io/cluster/demo",
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
