import { z } from "zod";
import type { DeepReadonly } from "../../fleet/model/cluster";
import { STACKS } from "../../fleet/model/stacks";

const minor = z.string().describe("Kubernetes minor version, such as 1.35.");
const day = z.iso.date();
const place = z.strictObject({ file: z.string(), line: z.int(), column: z.int() });

const changedValue = z.strictObject({
  key: z.string().describe("Path of the argument."),
  from: z.string().nullable(),
  to: z.string().nullable(),
});

const resourceChange = z.strictObject({
  stack: z.enum(STACKS),
  address: z.string().describe("Address in the stack's state."),
  type: z.string(),
  name: z.string(),
  action: z.enum(["create", "update", "delete"]),
  values: z.array(changedValue),
});

const step = z.strictObject({
  id: z.enum([
    "insights",
    "apis",
    "images",
    "vpc-cni",
    "control-plane",
    "kube-proxy",
    "cluster-stack",
    "eks-addons",
    "charts",
    "cluster-autoscaler",
    "nodes",
    "clients",
  ]),
  title: z.string(),
  commands: z.array(z.string()).describe("Commands to run; empty if an earlier step's command did the work."),
  changes: z.array(resourceChange).describe("What the step changes in the cluster's stacks."),
  notes: z.array(z.string()),
});

const support = z.strictObject({
  minor,
  standard_until: day,
  standard_days: z.int().describe("Days of standard support that are left; negative after its end."),
  extended_until: day,
  extended_days: z.int(),
});

const api = z.strictObject({
  api: z.string(),
  kind: z.string(),
  name: z.string().nullable().describe("Name of the object; null if it has none."),
  status: z.enum(["removed", "deprecated"]).describe("removed: the API server refuses the object in the new version."),
  since: minor.describe("Version that removes or deprecates the API."),
  removed_in: minor.nullable(),
  replacement: z.string().nullable(),
  where: z
    .union([place, z.string()])
    .describe("Place in a definition, or the address of the resource with the object."),
});

const rule = z.strictObject({
  id: z.string(),
  minor,
  status: z
    .enum(["found", "not found", "check by hand"])
    .describe("found: the definition uses it. check by hand: the definition cannot show it."),
  change: z.string(),
  check: z.string(),
  where: z.array(z.string()).describe("Places in definitions, or names of groups."),
  sources: z.array(z.string()),
});

const kubelet = z.strictObject({
  group: z.string(),
  image: z.string().describe("Release of the nodes' image, or what decides it."),
  kubelet: minor.nullable().describe("Null if the image is the user's own."),
  behind: z
    .int()
    .nullable()
    .describe("Minor versions behind the new control plane, if the nodes are not replaced before it."),
  allowed: z.boolean().nullable().describe("False if the kubelet would be more than 3 minor versions behind."),
});

const rollback = z.strictObject({
  possible: z.boolean(),
  reason: z.string().nullable().describe("Why it is not possible."),
  last_day: day.nullable().describe("Last day of a rollback, if the upgrade of the control plane ends today."),
  first: z.array(z.string()).describe("What must go back before the control plane, in order."),
});

const round = z.strictObject({
  from: minor,
  to: minor,
  support: z.array(support).describe("Of both versions, as far as their dates are known."),
  steps: z.array(step),
  apis: z.array(api),
  rules: z.array(rule),
  kubelets: z.array(kubelet),
  warnings: z.array(z.string()).describe("Warnings of the definition that only the new version has."),
  rollback,
});

/** Answer of `fleet upgrade`. */
export const upgradeReport = z.strictObject({
  version: z.literal(1).describe("Version of this format. Keys are only added to it."),
  cluster: z.string(),
  release: z.string(),
  from: minor,
  to: minor,
  today: day,
  rounds: z.array(round).describe("One for each minor version; empty if there is nothing to do."),
  edit: z
    .strictObject({ place, from: minor, to: minor, written: z.boolean() })
    .nullable()
    .describe("The edit of the cluster's file that begins the first round; null if another file sets the version."),
  advice: z.string().nullable().describe("Where the version comes from and what to change, if there is no edit."),
  sources: z.array(z.string()).describe("Where the data on APIs is from."),
});

export type UpgradeReport = DeepReadonly<z.output<typeof upgradeReport>>;
export type Round = DeepReadonly<z.output<typeof round>>;
export type Step = DeepReadonly<z.output<typeof step>>;
export type Support = DeepReadonly<z.output<typeof support>>;
export type FoundApi = DeepReadonly<z.output<typeof api>>;
export type AppliedRule = DeepReadonly<z.output<typeof rule>>;
export type Kubelet = DeepReadonly<z.output<typeof kubelet>>;
export type Rollback = DeepReadonly<z.output<typeof rollback>>;
