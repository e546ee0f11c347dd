import { z } from "zod";
import { labelKey, labelValue, nodeLabelKey } from "../../language/words/kubernetes";
import { itemName } from "../../language/words/names";
import { cron, duration } from "../../language/words/schedules";
import { text } from "../../language/words/text";
import { nodeClass } from "./node-class";
import { taint } from "./workers/scheduling";

const count = z.int().min(1).max(100_000);

/** Operators of a NodePool's requirements (karpenter.sh/v1). */
const OPERATORS = ["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"] as const;

const requirement = z.strictObject({
  key: labelKey.describe("Label of an instance type or node, such as karpenter.k8s.aws/instance-family."),
  operator: z.enum(OPERATORS).describe("How it is compared."),
  values: z
    .array(labelValue)
    .max(100)
    .optional()
    .describe("What it is compared with; one whole number for Gt and Lt, absent for Exists and DoesNotExist."),
  min_values: z.int().min(1).max(50).optional().describe("How many different values must stay possible at least."),
});

const disruptionBudget = z.strictObject({
  nodes: text(/^(?:\d{1,4}|(?:100|\d{1,2})%)$/, "a number or a share of nodes in quotes, such as 10% or 3").describe(
    'Most nodes of the pool that go at once: "10%", or "0" for none.',
  ),
  reasons: z
    .array(z.enum(["Underutilized", "Empty", "Drifted"]))
    .optional()
    .describe("Which disruptions it limits; absent for all."),
  schedule: cron.optional().describe("When it begins to hold, as cron in UTC; absent for always. Needs duration."),
  duration: text(/^(?:\d+h)?(?:\d+m)?(?<=[hm])$/, "a duration in hours and minutes, such as 9h or 1h30m")
    .optional()
    .describe("How long it holds each time, in hours and minutes."),
});

/** Everything that a pool can leave to `node_pool_defaults`. */
export const nodePoolDefaults = z.strictObject({
  kind: z
    .enum(["karpenter", "auto_mode"])
    .describe("Who runs the pool: karpenter, the addon; auto_mode, EKS Auto Mode with custom_node_classes."),
  ami_family: z
    .enum(["AL2023", "Bottlerocket"])
    .describe("Operating system of a Karpenter pool, at the release's version. Auto Mode brings its own."),
  instance_categories: z
    .array(text(/^[a-z]{1,8}$/, "a category of instances, such as c, m or r"))
    .describe("Categories of instance types; empty for all."),
  instance_generation_greater_than: z
    .int()
    .min(0)
    .max(99)
    .nullable()
    .describe("Oldest generation that is not taken any more; null takes all."),
  min_vcpus: count.nullable().describe("Fewest vCPUs of an instance; null for no limit."),
  max_vcpus: count.nullable().describe("Most vCPUs of an instance; null for no limit."),
  architectures: z
    .array(z.enum(["amd64", "arm64"]))
    .min(1)
    .describe("Architectures of instances, as Kubernetes names them."),
  capacity_types: z
    .array(z.enum(["on-demand", "spot", "reserved"]))
    .min(1)
    .describe("How instances are bought; of several Karpenter takes reserved first, then spot."),
  availability_zones: z
    .array(z.string())
    .describe("Zones of the network that the pool runs in; empty for all of them."),
  requirements: z
    .array(requirement)
    .max(50)
    .describe("Further requirements of a NodePool as they are (karpenter.sh/v1)."),
  limits: z
    .strictObject({
      vcpus: count.nullable().describe("Most vCPUs of all nodes of the pool together; null for no limit."),
      memory_gib: z
        .int()
        .min(1)
        .max(10_000_000)
        .nullable()
        .describe("Most memory of all nodes of the pool together, in GiB; null for no limit."),
    })
    .describe("Where the pool stops to grow. Each pool sets one of them: a mistake in a Deployment must have an end."),
  weight: z.int().min(1).max(100).nullable().describe("Pools of higher weight are tried first; null is the lowest."),
  labels: z.record(nodeLabelKey, labelValue).describe("Kubernetes labels of the nodes."),
  annotations: z.record(labelKey, z.string()).describe("Kubernetes annotations of the nodes."),
  taints: z.array(taint).max(50).describe("Kubernetes taints of the nodes."),
  startup_taints: z
    .array(taint)
    .max(50)
    .describe("Taints that a node has until something on it, such as a network agent, removes them."),
  expire_after: z
    .union([z.literal("Never"), duration])
    .describe("Age at which a node is replaced; Never for none. Auto Mode takes at most 504h."),
  termination_grace_period: duration
    .nullable()
    .describe("How long a node that is to go waits for its pods, budgets or not; null for ever."),
  consolidation_policy: z
    .enum(["WhenEmpty", "WhenEmptyOrUnderutilized"])
    .describe("Which nodes are taken away to save: those with no pods, or also those whose pods fit elsewhere."),
  consolidate_after: z
    .union([z.literal("Never"), duration])
    .describe("How long a node's pods must not have changed before it is; Never for not at all."),
  disruption_budgets: z
    .array(disruptionBudget)
    .max(50)
    .describe("How many nodes go at once, and when. The strictest that holds counts; empty is Karpenter's 10%."),
  ...nodeClass,
});

const nodePool = nodePoolDefaults.extend({
  name: itemName(40).describe("Name of the NodePool and its node class. Renaming replaces its nodes."),
});

export const nodePools = z
  .array(nodePool)
  .max(30)
  .describe(
    "Pools of nodes that are made for the pods that wait: each item takes node_pool_defaults and says what differs.",
  );
