import { z } from "zod";
import { catalogue } from "../../addons/catalogue";
import { type Addon, chartsOf, ownNamespaces } from "../../addons/contract/addon";
import { policyArn } from "../../language/words/arns";
import { iamPath } from "../../language/words/iam";
import { clusterName, fileName, itemName } from "../../language/words/names";
import { bucketName } from "../../language/words/s3";
import { tagMap } from "../../language/words/tags";
import { rawValues } from "../../language/words/text";
import { ownStacks } from "../stacks/own-stacks";
import { addonNamespace } from "./addon-namespace";
import { cluster } from "./cluster";
import { extraChartDefaults, extraCharts, extraManifests } from "./extras";
import { fargateProfiles } from "./fargate";
import { networking } from "./networking";
import { nodePoolDefaults, nodePools } from "./node-pools/node-pools";
import { serviceLevel } from "./platform";
import { hold } from "./releases/hold";
import { rolloutSettings } from "./rollouts/settings";
import { workerDefaults, workers } from "./workers";

/** Empty, or words that do not look like a token; `fleet/secrets/keys.ts` refuses all other values as secrets. */
const TELEPORT_SECRET = /^(?:[a-z]{2,}(?:-[a-z]{2,})+)?$/;

const SERVICE_LEVELS = ["none", "development", "production", "critical"] as const;

export const meta = z.strictObject({
  CLUSTER_NAME: clusterName.describe(
    "Name of the cluster and of its file, a domain name or one word. The EKS cluster has the same name, with dashes in place of dots.",
  ),
  CLUSTER_TYPE: z.literal("eks").describe("Kind of cluster: eks."),
  RELEASE_MODEL: fileName.describe("A channel (channels.yaml), or an exact release (releases/)."),
  ACCOUNT: fileName.describe("The AWS account: a file of accounts/."),
  TIER: fileName.describe("The tier: a file of tiers/."),
  OWNER: itemName(63).describe("Team that owns the cluster. A tag of every resource."),
  HOLD: hold
    .optional()
    .describe("Keeps the cluster on a release until a day. Promotions of its channel do not move it."),
});

const common = z.strictObject({
  aws_region: z.string().describe("AWS region of the cluster."),
  teleport_token: z
    .string()
    .regex(
      TELEPORT_SECRET,
      'must be "", or the name of the Secret that holds the token: two or more words with dashes, such as teleport-join-token',
    )
    .describe(
      'Secret in namespace teleport that contains the agent\'s join token as auth-token, such as teleport-join-token, for the addon teleport_kube_agent. Never the token itself. "" disables it.',
    ),
  tags: tagMap.describe(
    "Tags on every AWS resource of the cluster. Their keys must differ by more than case, because IAM does not distinguish it.",
  ),
  access_logs_bucket: bucketName
    .nullable()
    .describe(
      "An existing bucket in the region and the account that receives the access logs of the buckets that this program creates, below their names. Its policy must let logging.s3.amazonaws.com write. null writes none.",
    ),
  iam: z
    .strictObject({
      permissions_boundary: policyArn
        .nullable()
        .describe("ARN of the IAM policy that is the permissions boundary of every created role; null for none."),
      path: iamPath.describe(
        "IAM path of every created role, such as /teams/search/. Changing it replaces the roles, and each cluster or node group with its role.",
      ),
    })
    .describe("Settings of all IAM roles of the cluster."),
});

type Catalogue = typeof catalogue;

const furtherValues = (charts: readonly string[]) => z.partialRecord(z.enum(charts), rawValues);

/** The part of a definition that belongs to one addon. */
function addonSection<Options extends z.ZodType>(options: Options, addon: Addon) {
  const further = chartsOf(addon).slice(1);
  const section = z.strictObject({
    enabled: z.boolean().describe("Installs it."),
    options: options.describe("Its own settings."),
    values: rawValues.describe(
      "Helm values, or the configuration of an EKS add-on. Merged over the generated values, which they override.",
    ),
    further_values: furtherValues(further)
      .optional()
      .describe("Helm values of the addon's further charts, by their keys in a release."),
    adopt: z
      .boolean()
      .optional()
      .describe(
        "Adopts the addon's Helm releases, objects and namespaces if they exist in the cluster already, such as those that Helm installed before. The namespaces must exist. Default: false: an existing release is an error.",
      ),
    namespace: addonNamespace.optional().describe("Settings of the namespaces that the addon creates."),
  });
  // Strict: an addon without further charts, or without a namespace of its own, has no such key.
  const charted = further.length > 0 ? section : section.omit({ further_values: true });
  const spaced = ownNamespaces(addon).length > 0 ? charted : charted.omit({ namespace: true });
  const adopted = addon.kind === "helm" ? spaced : spaced.omit({ adopt: true });
  return adopted.describe(meaningOf(addon)) as typeof section;
}

/** Returns an addon's purpose, and the addons that it requires or conflicts with. */
function meaningOf({ conflicts_with, requires, summary }: Addon): string {
  const needs = requires.length === 0 ? "" : ` Requires ${requires.join(" and ")}.`;
  const not = conflicts_with.length === 0 ? "" : ` Conflicts with ${conflicts_with.join(" and ")}.`;
  return needs + not === "" ? summary : `${summary}.${needs}${not}`;
}

type AddonSections = {
  [Name in keyof Catalogue]: Catalogue[Name] extends { options: infer Options extends z.ZodType }
    ? ReturnType<typeof addonSection<Options>>
    : never;
};

/** One section an addon, straight from the catalogue. */
function addonSections(): AddonSections {
  const sections = Object.entries<Addon>(catalogue).map(([name, addon]) => [name, addonSection(addon.options, addon)]);
  return Object.fromEntries(sections) as AddonSections;
}

const addons = z.strictObject({
  sla: z
    .enum(SERVICE_LEVELS)
    .describe("Service level: replicas, retention and alerting of the addons (sla_profiles in defaults.yaml)."),
  platform: itemName(40)
    .nullable()
    .describe(
      "Platform of the release that switches on monitoring, logs, DNS, certificates and backups: the name of one of its `platforms`, or `none`. null uses the name of the cluster's tier, and is none if the release has no such platform.",
    ),
  runbooks_url: z
    .url({ protocol: /^https?$/ })
    .describe("Address at which your organization publishes `docs/runbooks.md`. Alerts link to its sections."),
  network_policies_enabled: z
    .boolean()
    .describe(
      "Closes the namespaces of addons to all traffic except from themselves, from Prometheus and from callers of the ports that each serves. Requires `network_policy` of the VPC CNI.",
    ),
  ...addonSections(),
});

/** The part of a definition that belongs to the stacks of `extensions/stacks/`; nothing without any, so that the key is unknown. */
function stackSections(): Record<never, never> {
  const own = ownStacks();
  if (own.length === 0) return {};
  const sections = own.map(({ name, options, summary }) => [
    name,
    z
      .strictObject({
        enabled: z.boolean().describe("Adds the stack to the cluster."),
        options: options.describe("Its own settings."),
      })
      .describe(summary),
  ]);
  const stacks = z.strictObject(Object.fromEntries(sections) as Record<string, z.ZodType>);
  return { stacks: stacks.describe("Further stacks of the cluster: those of this repository's `extensions/stacks/`.") };
}

export const tfvars = z.strictObject({
  common: common.describe("Settings of every stack."),
  networking: networking.describe("The VPC."),
  cluster: cluster.describe("The EKS control plane."),
  worker_defaults: workerDefaults.describe("Defaults of worker groups."),
  workers,
  fargate_profiles: fargateProfiles,
  node_pool_defaults: nodePoolDefaults.describe("Defaults of node pools."),
  node_pools: nodePools,
  addons: addons.describe("Addons of the cluster. `<addon>_enabled: true` is short for `<addon>: { enabled: true }`."),
  extra_chart_defaults: extraChartDefaults.describe("Defaults of extra charts."),
  extra_charts: extraCharts,
  extra_manifests: extraManifests,
  rollout: rolloutSettings.describe("How rollouts treat the cluster (docs/rollouts). No effect on Terraform."),
  ...stackSections(),
});

/** `definitions/defaults.yaml` holds this beside `meta` and `tfvars`. */
export const serviceLevels = z.record(z.enum(SERVICE_LEVELS), serviceLevel);

/** A definition after its layers are merged. */
export const definition = z.strictObject({
  meta: meta.describe("The cluster's identity, and the layers that it uses."),
  tfvars: tfvars.describe("Settings of the cluster."),
});
