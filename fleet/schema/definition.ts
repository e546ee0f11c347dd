import { z } from "zod";
import { catalogue } from "../../addons/catalogue";
import { type Addon, chartsOf } from "../../addons/contract/addon";
import { policyArn } from "../../language/words/arns";
import { iamPath } from "../../language/words/iam";
import { domainName, fileName, itemName } from "../../language/words/names";
import { tagMap } from "../../language/words/tags";
import { rawValues } from "../../language/words/text";
import { cluster } from "./cluster";
import { extraChartDefaults, extraCharts, extraManifests } from "./extras";
import { fargateProfiles } from "./fargate";
import { networking } from "./networking";
import { nodePoolDefaults, nodePools } from "./node-pools";
import { serviceLevel } from "./platform";
import { workerDefaults, workers } from "./workers";

/** Nothing, or words that no token looks like; `fleet/secret-shapes.ts` refuses all else as a secret. */
const TELEPORT_SECRET = /^(?:[a-z]{2,}(?:-[a-z]{2,})+)?$/;

const SERVICE_LEVELS = ["none", "development", "production", "critical"] as const;

export const meta = z.strictObject({
  CLUSTER_NAME: domainName.describe(
    "Name of the cluster and of its file; with dots as dashes it is the EKS cluster's name.",
  ),
  CLUSTER_TYPE: z.literal("eks").describe("Kind of cluster: eks."),
  RELEASE_MODEL: fileName.describe("A channel (channels.yaml), or an exact release (releases/)."),
  ACCOUNT: fileName.describe("The AWS account: a file of accounts/."),
  TIER: fileName.describe("The tier: a file of tiers/."),
  OWNER: itemName(63).describe("Team that owns the cluster; a tag on everything."),
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
      'Secret of the namespace teleport that holds the join token of the agent (addon teleport_kube_agent) as auth-token, such as teleport-join-token, and never the token itself; "" means off.',
    ),
  tags: tagMap.describe("Tags on every AWS resource of the cluster."),
  iam: z
    .strictObject({
      permissions_boundary: policyArn
        .nullable()
        .describe("ARN of the IAM policy that bounds every role made here; null for none."),
      path: iamPath.describe(
        "IAM path of every role made here, such as /teams/search/. Changing it replaces the roles, and a cluster or a group of nodes with its role.",
      ),
    })
    .describe("What all IAM roles of the cluster have in common."),
});

type Catalogue = typeof catalogue;

const furtherValues = (charts: readonly string[]) => z.partialRecord(z.enum(charts), rawValues);

/** The part of a definition that belongs to one addon. */
function addonSection<Options extends z.ZodType>(options: Options, addon: Addon) {
  const further = chartsOf(addon).slice(1);
  const section = z.strictObject({
    enabled: z.boolean().describe("Installs it."),
    options: options.describe("Its own settings."),
    values: rawValues.describe("Helm values (for an EKS add-on its configuration), merged over ours; they always win."),
    further_values: furtherValues(further)
      .optional()
      .describe("The same for the charts that it has besides its own, by their keys in a release."),
  });
  // Strict: where there is no further chart, nothing may be said of one.
  return (further.length > 0 ? section : section.omit({ further_values: true })).describe(
    meaningOf(addon),
  ) as typeof section;
}

/** What an addon is for, and which other addons it goes with. */
function meaningOf({ conflicts_with, requires, summary }: Addon): string {
  const needs = requires.length === 0 ? "" : ` Needs ${requires.join(" and ")}.`;
  const not = conflicts_with.length === 0 ? "" : ` Not beside ${conflicts_with.join(" or ")}.`;
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
  runbooks_url: z
    .url({ protocol: /^https?$/ })
    .describe("Address of `docs/runbooks.md` as your people read it: alerts link to its sections."),
  network_policies_enabled: z
    .boolean()
    .describe(
      "Closes the namespaces of addons to all but themselves, Prometheus, and callers of the ports that each serves. Needs `network_policy` of the VPC CNI.",
    ),
  ...addonSections(),
});

export const tfvars = z.strictObject({
  common: common.describe("What every stack needs."),
  networking: networking.describe("The VPC."),
  cluster: cluster.describe("The EKS control plane."),
  worker_defaults: workerDefaults.describe("What each worker group takes unless it says otherwise."),
  workers,
  fargate_profiles: fargateProfiles,
  node_pool_defaults: nodePoolDefaults.describe("What each node pool takes unless it says otherwise."),
  node_pools: nodePools,
  addons: addons.describe(
    "What is installed on the cluster. `<addon>_enabled: true` is short for `<addon>: { enabled: true }`.",
  ),
  extra_chart_defaults: extraChartDefaults.describe("What each extra chart takes unless it says otherwise."),
  extra_charts: extraCharts,
  extra_manifests: extraManifests,
});

/** `definitions/defaults.yaml` holds this beside `meta` and `tfvars`. */
export const serviceLevels = z.record(z.enum(SERVICE_LEVELS), serviceLevel);

/** A definition after its layers are merged. */
export const definition = z.strictObject({
  meta: meta.describe("Which cluster this is, and which layers it takes."),
  tfvars: tfvars.describe("How it is built."),
});
