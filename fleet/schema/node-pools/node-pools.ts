import { z } from "zod";
import { labelKey, labelValue, nodeLabelKey } from "../../../language/words/kubernetes";
import { itemName } from "../../../language/words/names";
import { cron, duration } from "../../../language/words/schedules";
import { text } from "../../../language/words/text";
import { taint } from "../workers/scheduling";
import { nodeClass } from "./node-class";

const count = z.int().min(1).max(100_000);

/** Operators of a NodePool's requirements (karpenter.sh/v1). */
const OPERATORS = ["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"] as const;

const requirement = z.strictObject({
  key: labelKey.describe("Label of an instance type or node, such as karpenter.k8s.aws/instance-family."),
  operator: z.enum(OPERATORS).describe("Operator of the comparison."),
  values: z
    .array(labelValue)
    .max(100)
    .optional()
    .describe("Values of the comparison: one whole number for Gt and Lt, none for Exists and DoesNotExist."),
  min_values: z
    .int()
    .min(1)
    .max(50)
    .optional()
    .describe("Minimum number of different values that must remain possible."),
});

const disruptionBudget = z.strictObject({
  nodes: text(/^(?:\d{1,4}|(?:100|\d{1,2})%)$/, "a number or a share of nodes in quotes", "10%", "3").describe(
    'Maximum number of nodes of the pool that are disrupted at once: "10%", or "0" for none.',
  ),
  reasons: z
    .array(z.enum(["Underutilized", "Empty", "Drifted"]))
    .optional()
    .describe("Disruptions that the budget limits. Default: all."),
  schedule: cron.optional().describe("Start of the budget, as cron in UTC. Default: always. Requires duration."),
  duration: text(/^(?:\d+h)?(?:\d+m)?(?<=[hm])$/, "a duration in hours and minutes", "9h", "1h30m")
    .optional()
    .describe("Duration of the budget each time, in hours and minutes."),
});

/** Everything that a pool can leave to `node_pool_defaults`. */
export const nodePoolDefaults = z.strictObject({
  kind: z
    .enum(["karpenter", "auto_mode"])
    .describe(
      "Controller of the pool: karpenter, the addon, or auto_mode, which is EKS Auto Mode with custom_node_classes.",
    ),
  ami_family: z
    .enum(["AL2023", "Bottlerocket"])
    .describe("Operating system of a Karpenter pool, at the release's version. Auto Mode brings its own."),
  instance_categories: z
    .array(text(/^[a-z]{1,8}$/, "a category of instances", "c", "m", "r"))
    .describe("Categories of instance types; empty for all."),
  instance_generation_greater_than: z
    .int()
    .min(0)
    .max(99)
    .nullable()
    .describe("Instances must have a generation above this number; null accepts all."),
  min_vcpus: count.nullable().describe("Minimum number of vCPUs of an instance; null for no limit."),
  max_vcpus: count.nullable().describe("Maximum number of vCPUs of an instance; null for no limit."),
  architectures: z
    .array(z.enum(["amd64", "arm64"]))
    .min(1)
    .describe("Architectures of instances, as Kubernetes names them."),
  capacity_types: z
    .array(z.enum(["on-demand", "spot", "reserved"]))
    .min(1)
    .describe("Purchase options of instances. Karpenter prefers reserved, then spot."),
  availability_zones: z
    .array(z.string())
    .describe("Zones of the network that the pool runs in; empty for all of them."),
  requirements: z
    .array(requirement)
    .max(50)
    .describe("Further requirements of a NodePool as they are (karpenter.sh/v1)."),
  limits: z
    .strictObject({
      vcpus: count.nullable().describe("Maximum number of vCPUs of all nodes of the pool; null for no limit."),
      memory_gib: z
        .int()
        .min(1)
        .max(10_000_000)
        .nullable()
        .describe("Maximum memory of all nodes of the pool in GiB; null for no limit."),
      nodes: count.nullable().describe("Maximum number of nodes of the pool; null for no limit."),
      resources: z
        .record(labelKey.regex(/^[^/]+\//, "must be the name of an extended resource, such as nvidia.com/gpu"), count)
        .describe("Maximum of other resources of all nodes of the pool, such as `nvidia.com/gpu: 4`."),
    })
    .describe(
      "Limits of the pool. Each pool requires vcpus, memory_gib or nodes, so that a mistake in a Deployment cannot add nodes without end.",
    ),
  weight: z
    .int()
    .min(1)
    .max(100)
    .nullable()
    .describe("Pools of higher weight are used first; null is the lowest weight."),
  labels: z.record(nodeLabelKey, labelValue).describe("Kubernetes labels of the nodes."),
  annotations: z.record(labelKey, z.string()).describe("Kubernetes annotations of the nodes."),
  taints: z.array(taint).max(50).describe("Kubernetes taints of the nodes."),
  startup_taints: z
    .array(taint)
    .max(50)
    .describe("Taints of new nodes that something on the node, such as a network agent, removes."),
  expire_after: z
    .union([z.literal("Never"), duration])
    .nullable()
    .describe(
      "Age at which a node is replaced, at any time of day: disruption_budgets do not apply to it. Never disables it. Auto Mode accepts at most 504h. null: Never for Karpenter, 336h for Auto Mode.",
    ),
  termination_grace_period: duration
    .nullable()
    .describe(
      "Maximum time that a node which is being removed waits for its pods, regardless of disruption budgets; null waits without limit.",
    ),
  consolidation_policy: z
    .enum(["WhenEmpty", "WhenEmptyOrUnderutilized"])
    .describe("Nodes that are removed to save cost: nodes without pods, or also nodes whose pods fit elsewhere."),
  consolidate_after: z
    .union([z.literal("Never"), duration])
    .describe("Time without a change of a node's pods before the node is consolidated; Never disables it."),
  disruption_budgets: z
    .array(disruptionBudget)
    .max(50)
    .describe(
      "Numbers of nodes that may be disrupted at once, and when. The strictest active budget applies. Empty uses Karpenter's 10%.",
    ),
  ...nodeClass,
});

const nodePool = nodePoolDefaults.extend({
  name: itemName(40).describe("Name of the NodePool and its node class. Renaming replaces its nodes."),
});

export const nodePools = z
  .array(nodePool)
  .max(30)
  .describe("Node pools, which add nodes for pending pods. Each item inherits node_pool_defaults.");
