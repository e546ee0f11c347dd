import { z } from "zod";
import { listedInOrder } from "../../language/suggest";
import { matchesWildcards } from "../../language/wildcard";
import { dnsLabel } from "../../language/words/kubernetes";
import type { Values } from "../contract/addon";
import { type AddonRule, reportItems, reportKey } from "../contract/rule";

const address = z
  .string()
  .regex(
    /^(?:https|ssh|oci):\/\/[^\s@]+$|^(?:ssh:\/\/)?git@[^\s:]+[:/][^\s]+$/,
    "must be an address without a password",
  )
  .meta({ examples: ["https://github.com/example/apps.git"] });

/** An address of an OCI registry without its scheme, as Argo CD expects it of a chart. */
const REGISTRY = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?(?:\/[\w.-]+)*$/;

const chartAddress = z
  .union([address, z.string().regex(REGISTRY, "must be a registry and a path")])
  .meta({ examples: ["https://github.com/example/apps.git", "registry.example.com/charts"] });

/** The cluster that Argo CD itself runs on. */
const HERE = "https://kubernetes.default.svc";

const application = z.strictObject({
  name: dnsLabel.describe("Name of the application."),
  project: dnsLabel.describe("Project of the application. `default` always exists."),
  repo_url: chartAddress.describe(
    "Repository of the application. With chart, it can be an OCI registry: oci://<host>/<path>.",
  ),
  target_revision: z.string().min(1).describe("Branch, tag or commit. For a chart, its version."),
  path: z
    .string()
    .min(1)
    .optional()
    .describe("Folder of a Git repository. For an app of apps, the folder of its applications."),
  chart: z.string().min(1).optional().describe("Chart of a Helm repository. Excludes path."),
  values: z
    .record(z.string(), z.json())
    .optional()
    .describe("Helm values of the chart, or of a Git folder that contains one. Default: none."),
  value_files: z
    .array(z.string().min(1))
    .optional()
    .describe("Files of Helm values, relative to the chart or the folder. Default: none."),
  release_name: dnsLabel.optional().describe("Name of the Helm release. Default: the name of the application."),
  namespace: dnsLabel.describe("Namespace for the objects of the application."),
  create_namespace: z.boolean().optional().describe("Creates the namespace. Default: false."),
  automated: z
    .strictObject({
      prune: z.boolean().describe("Deletes objects that the repository no longer contains."),
      self_heal: z.boolean().describe("Reverts manual changes in the cluster."),
    })
    .optional()
    .describe("Syncs automatically. Default: syncs only when a person starts it."),
});

const project = z.strictObject({
  name: dnsLabel.describe("Name of the project."),
  description: z.string().describe("Description of the project."),
  source_repos: z
    .array(z.string().min(1))
    .min(1)
    .describe("Repositories that applications of the project may use. `*` means any."),
  namespaces: z
    .array(z.string().min(1))
    .min(1)
    .describe("Namespaces of this cluster that applications of the project may use. `*` means any."),
  cluster_resources: z
    .boolean()
    .describe("Applications of the project may contain cluster-wide objects, such as ClusterRoles and CRDs."),
});

const repository = z.strictObject({
  name: dnsLabel.describe("Name of the repository."),
  url: chartAddress.describe(
    "Address of the repository. With type helm, it can be an OCI registry: oci://<host>/<path>.",
  ),
  type: z.enum(["git", "helm"]).describe("Type of the repository."),
});

/** Options for the repositories, projects and applications of Argo CD. */
export const contents = {
  repositories: z
    .array(repository)
    .describe(
      "Repositories that require no login. For a repository with a login, create a Secret with the label argocd.argoproj.io/secret-type: repository.",
    ),
  projects: z.array(project).describe("Projects: the sources and targets that applications may use."),
  applications: z
    .array(application)
    .describe("Applications. An application of a folder of applications (app of apps) is enough for all of them."),
};

type Contents = z.output<z.ZodObject<typeof contents>>;

const APPLICATIONS = ["options", "applications"] as const;

const rules: readonly AddonRule<Contents>[] = [
  (_, { applications }) =>
    reportItems(APPLICATIONS, applications, [
      ({ chart, path }) =>
        reportKey((path === undefined) === (chart === undefined), [], "must have either path (Git) or chart (Helm)"),
      ({ chart, repo_url }) =>
        reportKey(
          chart === undefined && isRegistry(repo_url),
          ["repo_url"],
          "requires chart, because it is an address without a scheme. Add https:// or ssh:// for Git, oci:// for an OCI artifact",
        ),
    ]),
  (_, { repositories: list }) =>
    reportItems(["options", "repositories"], list, [
      ({ type, url }) =>
        reportKey(
          type === "git" && isRegistry(url),
          ["url"],
          "requires type helm, because it is an address without a scheme. Add https:// or ssh:// for Git",
        ),
    ]),
  (_, { applications, projects }) => {
    const known = ["default", ...projects.map((each) => each.name)];
    return reportItems(APPLICATIONS, applications, [
      ({ project: of }) =>
        reportKey(
          !known.includes(of),
          ["project"],
          `unknown project ${JSON.stringify(of)}. Known: ${listedInOrder(known)}`,
        ),
    ]);
  },
  (_, { applications, projects }) =>
    reportItems(APPLICATIONS, applications, [
      ({ project: of, repo_url }) => {
        const { source_repos } = projects.find(({ name }) => name === of) ?? {};
        const message = `is none of source_repos of the project ${of} (${source_repos?.join(", ")}), so Argo CD refuses the application. Add it there, or use another project`;
        return reportKey(source_repos !== undefined && !permits(source_repos, repo_url), ["repo_url"], message);
      },
      ({ namespace, project: of }) => {
        const { namespaces } = projects.find(({ name }) => name === of) ?? {};
        const message = `is none of namespaces of the project ${of} (${namespaces?.join(", ")}), so Argo CD refuses the application. Add it there, or use another project`;
        return reportKey(namespaces !== undefined && !permits(namespaces, namespace), ["namespace"], message);
      },
    ]),
];

/** True if one of a project's patterns permits an address or a namespace, and none that begins with `!` denies it. */
function permits(patterns: readonly string[], text: string): boolean {
  const matches = (pattern: string) => matchesWildcards(sameForm(pattern), sameForm(text));
  return (
    patterns.some((each) => !each.startsWith("!") && matches(each)) &&
    !patterns.some((each) => each.startsWith("!") && matches(each.slice(1)))
  );
}

/** Returns an address as Argo CD compares it: in lower case, without the suffix of Git repositories. */
function sameForm(url: string): string {
  return withoutOci(url)
    .toLowerCase()
    .replace(/\.git$/, "");
}

const OCI = "oci://";

function isRegistry(url: string): boolean {
  return !url.includes("://") && !url.startsWith("git@");
}

/** Returns an address as Argo CD expects it of charts: it reads oci:// as an OCI artifact that is no chart. */
function withoutOci(url: string): string {
  return url.startsWith(OCI) ? url.slice(OCI.length) : url;
}

function helmValues({ release_name, value_files, values: given }: Contents["applications"][number]): Values {
  const helm = {
    ...(release_name !== undefined && { releaseName: release_name }),
    ...(value_files !== undefined && { valueFiles: value_files }),
    ...(given !== undefined && { valuesObject: given }),
  };
  return Object.keys(helm).length === 0 ? {} : { helm };
}

function applicationValues(each: Contents["applications"][number]): Values {
  const { automated, chart, create_namespace = false, namespace, path, project: of, repo_url, target_revision } = each;
  return {
    namespace: "argocd",
    finalizers: ["resources-finalizer.argocd.argoproj.io"], // deletes the objects of a deleted application
    project: of,
    source: {
      repoURL: chart === undefined ? repo_url : withoutOci(repo_url),
      targetRevision: target_revision,
      ...(path !== undefined && { path }),
      ...(chart !== undefined && { chart }),
      ...helmValues(each),
    },
    destination: { server: HERE, namespace },
    syncPolicy: {
      ...(automated !== undefined && { automated: { prune: automated.prune, selfHeal: automated.self_heal } }),
      syncOptions: [...(create_namespace ? ["CreateNamespace=true"] : []), "ServerSideApply=true"],
    },
  };
}

function projectValues({
  cluster_resources,
  description,
  namespaces,
  source_repos,
}: Contents["projects"][number]): Values {
  return {
    namespace: "argocd",
    finalizers: ["resources-finalizer.argocd.argoproj.io"],
    description,
    // Its applications have the address without the scheme.
    sourceRepos: [...new Set(source_repos.flatMap((url) => [url, withoutOci(url)]))],
    destinations: namespaces.map((namespace) => ({ server: HERE, namespace })),
    clusterResourceWhitelist: cluster_resources ? [{ group: "*", kind: "*" }] : [],
  };
}

/** Values of the chart argocd-apps. */
function values({ applications, projects }: Contents): Values {
  return {
    applications: Object.fromEntries(applications.map((each) => [each.name, applicationValues(each)])),
    projects: Object.fromEntries(projects.map((each) => [each.name, projectValues(each)])),
  };
}

function repositories({ repositories: list }: Contents): Values {
  return Object.fromEntries(
    list.map(({ name, type, url }) => {
      const oci = type === "helm" && (url.startsWith(OCI) || isRegistry(url));
      // Without it, Argo CD looks for an index, which a registry does not have.
      return [name, { name, url: oci ? withoutOci(url) : url, type, ...(oci && { enableOCI: "true" }) }];
    }),
  );
}

export const argoCdContents = { rules, values, repositories } as const;
