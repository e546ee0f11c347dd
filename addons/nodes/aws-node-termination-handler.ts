import { z } from "zod";
import { defineHelmAddon } from "../contract/addon";
import { monitored } from "../parts/monitoring";
import { replicated } from "../parts/pods";

const options = z.strictObject({
  node_grace_seconds: z
    .int()
    .min(30)
    .max(900)
    .describe("Seconds that the pods of a node have to stop. AWS removes a spot node after 120."),
});

/** Drains nodes before AWS reclaims them: it reads the cluster's queue of interruptions, which the workers' stack creates. */
export const awsNodeTerminationHandler = defineHelmAddon({
  name: "aws_node_termination_handler",
  summary: "Drains nodes before AWS removes them: spot interruptions, maintenance, end of an instance",
  namespace: "kube-system", // where pods may be critical to the cluster
  requires: [],
  after: ["coredns", "kube_prometheus_stack"],
  conflicts_with: [],
  provides: ["node_draining"],
  needs_ec2: "waits for events of EC2 instances",
  auto_mode_brings: "drains its nodes itself",
  wait: false,
  selects_linux: true,
  options,
  service_account: "aws-node-termination-handler",
  aws_services: () => ["autoscaling", "sqs"],

  permissions: ({ account_id, cluster_name, interruption_queues, partition, region }) => [
    {
      sid: "ReadTheQueue",
      actions: ["sqs:DeleteMessage", "sqs:ReceiveMessage"],
      resources: [interruption_queues["node-termination-handler"].arn],
    },
    {
      sid: "Look", // these cannot be limited to some instances
      actions: ["autoscaling:DescribeAutoScalingInstances", "autoscaling:DescribeTags", "ec2:DescribeInstances"],
      resources: ["*"],
    },
    {
      sid: "LetGo",
      actions: ["autoscaling:CompleteLifecycleAction"],
      resources: [`arn:${partition}:autoscaling:${region}:${account_id}:autoScalingGroup:*:autoScalingGroupName/*`],
      condition: { StringEquals: { [`autoscaling:ResourceTag/kubernetes.io/cluster/${cluster_name}`]: "owned" } },
    },
  ],

  values: (context, given) => ({
    fullnameOverride: "aws-node-termination-handler",
    serviceAccount: { name: "aws-node-termination-handler" },
    rbac: { pspEnabled: false },
    enableSqsTerminationDraining: true, // the queue: pods do not reach the metadata of their node
    queueURL: context.interruption_queues["node-termination-handler"].url,
    awsRegion: context.region,
    // The events are of every instance of the account. Only self-managed groups have this tag: EKS and Karpenter tag the nodes that
    // they drain themselves with kubernetes.io/cluster/<name> alone.
    checkTagBeforeDraining: true,
    managedTag: `k8s.io/cluster/${context.cluster_name}`,
    useProviderId: true, // whatever the name of the node
    deleteSqsMsgIfNodeNotFound: true, // a node of another cluster, or one that is gone
    nodeTerminationGracePeriod: given.node_grace_seconds,
    emitKubernetesEvents: true,
    excludeFromLoadBalancers: true, // no new connections to a node that is going
    ...replicated(
      context,
      "replicas",
      { "app.kubernetes.io/instance": "aws-node-termination-handler" },
      "20m",
      "128Mi",
    ),
    podDisruptionBudget: { maxUnavailable: 1 },
    enablePrometheusServer: monitored(context),
    serviceMonitor: { create: monitored(context) },
  }),
});
