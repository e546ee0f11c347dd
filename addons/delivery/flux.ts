import { z } from "zod";
import { kmsKeyArn } from "../../language/words/arns";
import type { PolicyStatement } from "../../language/words/iam";
import { objectName } from "../../language/words/kubernetes";
import { defineHelmAddon } from "../contract/addon";
import type { AddonContext, AddonSubject } from "../contract/addon-context";
import { dashboardData } from "../contract/dashboard";
import { type AddonFinding, reportOption } from "../contract/rule";
import { monitored } from "../parts/monitoring";
import { resources, SHORT_JOB, SYSTEM_TOLERATIONS } from "../parts/pods";
import dashboard from "./flux.dashboard.json";

const git = z.strictObject({
  url: z
    .string()
    .regex(
      /^(?:https|ssh):\/\/(?:[^\s:@/]+@)?[^\s:@/]+(?::[1-9]\d{0,4})?(?:\/[^\s:]*)?$/,
      "must be an https:// or ssh:// address without a password",
    )
    .meta({ examples: ["https://github.com/example/fleet.git"] })
    .describe("Repository to sync from."),
  branch: z.string().min(1).optional().describe("Branch to sync. Excludes tag and semver."),
  tag: z.string().min(1).optional().describe("Tag to sync."),
  semver: z
    .string()
    .min(1)
    .optional()
    .describe('Range of tags of which the newest is followed, such as ">=1.0.0 <2.0.0".'),
  path: z
    .string()
    .regex(/^\.\//, "must begin with ./")
    .meta({ examples: ["./clusters/production"] })
    .describe("Folder of the repository that contains this cluster's objects."),
  interval_minutes: z.int().min(1).default(5).describe("Minutes between checks of the repository. Default: 5."),
  prune: z.boolean().default(true).describe("Deletes objects that the repository no longer has. Default: true."),
  wait: z
    .boolean()
    .default(false)
    .describe("Reports a revision as ready only when all of its objects are ready. Default: false."),
  target_namespace: objectName
    .nullable()
    .default(null)
    .describe("Namespace for all objects. Default: null, which keeps the namespace that each object names."),
  secret: objectName
    .nullable()
    .default(null)
    .describe(
      "Secret in the namespace flux-system with username and password, or identity and known_hosts, or a GitHub App's keys. Default: null, for a public repository.",
    ),
  provider: z
    .enum(["generic", "github"])
    .optional()
    .describe(
      "Login method. github: by a GitHub App, whose keys are in the Secret (githubAppID, githubAppInstallationID, githubAppPrivateKey). Default: generic, by password or SSH key.",
    ),
});

const options = z.strictObject({
  git: git.nullable().describe("Desired state of the cluster. null installs Flux alone."),
  image_automation: z.boolean().describe("Runs the controllers that write new image tags back to the repository."),
  multi_tenancy: z
    .boolean()
    .describe(
      "Lockdown: applies objects with the rights of a service account in their namespace, and refuses references to other namespaces.",
    ),
  ecr_repositories: z
    .array(
      z
        .string()
        .regex(/^[a-z0-9][a-z0-9._/*-]{0,255}$/, "must be the name of an ECR repository, in which * may stand")
        .refine((name) => !name.includes(".dkr.ecr."), "must be a name without the address of the registry")
        .meta({ examples: ["charts/*"] }),
    )
    .describe("ECR repositories of the account that Flux may read: charts, OCI artifacts and images."),
  sops_key_arns: z.array(kmsKeyArn).describe("KMS keys for secrets that SOPS encrypted."),
});

type Options = z.output<typeof options>;

function references(_subject: AddonSubject, { git: given }: Options): readonly AddonFinding[] {
  if (given === null) return [];
  const refs = (["branch", "tag", "semver"] as const).filter((key) => given[key] !== undefined);
  const found = refs.length === 0 ? "none of them" : refs.join(" and ");
  return reportOption(refs.length !== 1, "git", `must have one of branch, tag and semver, but has ${found}`);
}

/** Reports a login by a GitHub App without its Secret, or over SSH, which GitHub Apps cannot use. */
function gitHubApp(_subject: AddonSubject, { git: given }: Options): readonly AddonFinding[] {
  if (given?.provider !== "github") return [];
  return [
    ...reportOption(
      given.secret === null,
      ["git", "secret"],
      "must name the Secret of the GitHub App for provider github",
    ),
    ...reportOption(
      !given.url.startsWith("https://"),
      ["git", "url"],
      "must begin with https:// for provider github, because a GitHub App does not log in over SSH",
    ),
  ];
}

function readEcr(
  { account_id, partition, region }: AddonContext,
  names: readonly string[],
): readonly PolicyStatement[] {
  if (names.length === 0) return [];
  return [
    { sid: "LogInToEcr", actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
    {
      sid: "ReadRepositories",
      actions: [
        "ecr:BatchGetImage",
        "ecr:DescribeImages",
        "ecr:DescribeRepositories",
        "ecr:GetDownloadUrlForLayer",
        "ecr:ListImages",
      ],
      resources: names.map((name) => `arn:${partition}:ecr:${region}:${account_id}:repository/${name}`),
    },
  ];
}

const controller = (memory: string) => ({
  tolerations: SYSTEM_TOLERATIONS,
  priorityClassName: "system-cluster-critical", // Flux must work to repair the other addons
  resources: resources("50m", memory),
});

/** Keeps the cluster in the state of a Git repository. */
export const flux = defineHelmAddon({
  name: "flux",
  summary: "GitOps: syncs the cluster from a Git repository (source, kustomize, helm and notification controllers)",
  namespace: "flux-system",
  pod_security: "restricted",
  release_notes: {
    "https://fluxcd-community.github.io/helm-charts/flux2":
      "https://github.com/fluxcd-community/helm-charts/releases/tag/flux2-", // 2.18.3
    "https://fluxcd-community.github.io/helm-charts/flux2-sync":
      "https://github.com/fluxcd-community/helm-charts/releases/tag/flux2-sync-", // 1.14.5
  },
  requires: [],
  after: ["coredns", "kube_prometheus_stack"],
  conflicts_with: [],
  served_ports: [9292], // webhooks of Git
  dashboard: dashboardData.parse(dashboard),
  api_groups: [
    "source.toolkit.fluxcd.io",
    "kustomize.toolkit.fluxcd.io",
    "helm.toolkit.fluxcd.io",
    "notification.toolkit.fluxcd.io",
    "image.toolkit.fluxcd.io",
  ],
  crds: "upgraded",
  wait: true, // the sources and Kustomizations need its CRDs and its controllers
  options,
  checks: [references, gitHubApp],
  service_account: "source-controller",
  permissions: (context, { ecr_repositories }) => readEcr(context, ecr_repositories),
  further_identities: [
    {
      service_account: "kustomize-controller",
      permissions: (_context, { sops_key_arns }) =>
        sops_key_arns.length === 0
          ? []
          : [{ sid: "DecryptSecrets", actions: ["kms:Decrypt", "kms:DescribeKey"], resources: sops_key_arns }],
    },
    {
      service_account: "image-reflector-controller",
      permissions: (context, { ecr_repositories, image_automation }) =>
        image_automation
          ? readEcr(context, ecr_repositories).map((statement) => ({ ...statement, sid: `${statement.sid}ForTags` }))
          : [],
    },
  ],
  aws_services: ({ sops_key_arns }) => (sops_key_arns.length === 0 ? [] : ["kms"]),
  further_charts: [
    {
      chart: "flux2_sync",
      order: "after",
      included: (_context, { git: given }) => given !== null,
      values: (_context, { git: given, multi_tenancy, sops_key_arns }) => {
        if (given === null) return {};
        const { branch = null, tag = null, semver = null } = given;
        const interval = `${given.interval_minutes}m0s`;
        return {
          secret: { create: false }, // no key gets into Terraform's state
          gitRepository: {
            spec: {
              url: given.url,
              interval,
              ref: { branch, ...(tag !== null && { tag }), ...(semver !== null && { semver }) }, // null: the chart's own is master
              ...(given.secret !== null && { secretRef: { name: given.secret } }),
              ...(given.provider !== undefined && { provider: given.provider }),
            },
          },
          kustomization: {
            spec: {
              interval,
              path: given.path,
              prune: given.prune,
              wait: given.wait,
              ...(given.target_namespace !== null && { targetNamespace: given.target_namespace }),
              ...(sops_key_arns.length > 0 && { decryption: { provider: "sops" } }),
              ...(multi_tenancy && { serviceAccountName: "kustomize-controller" }), // the platform's own may do everything
            },
          },
        };
      },
    },
  ],

  values: (context, { image_automation, multi_tenancy }) => ({
    installCRDs: true, // from its templates, so that Helm upgrades them
    crds: { annotations: { "helm.sh/resource-policy": "keep" } }, // deleting them would delete all that Flux applied
    multitenancy: { enabled: multi_tenancy },
    cli: { tolerations: SYSTEM_TOLERATIONS, resources: SHORT_JOB },
    sourceController: controller("512Mi"),
    kustomizeController: controller("512Mi"),
    helmController: controller("512Mi"),
    notificationController: controller("128Mi"),
    imageAutomationController: { create: image_automation, ...controller("128Mi") },
    imageReflectionController: { create: image_automation, ...controller("128Mi") },
    prometheus: { podMonitor: { create: monitored(context) } },
  }),
});
