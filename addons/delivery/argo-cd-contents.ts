import { z } from "zod";
import { dnsLabel } from "../../language/words/kubernetes";
import type { AddonFinding, Values } from "../contract/addon";

const address = z
  .string()
  .regex(
    /^(?:https|ssh|oci):\/\/[^\s@]+$|^(?:ssh:\/\/)?git@[^\s:]+[:/][^\s]+$/,
    "must be an address without a password",
  );

/** The cluster that Argo CD itself runs on. */
const HERE = "https://kubernetes.default.svc";

const application = z.strictObject({
  name: dnsLabel.describe("Name of the application."),
  project: dnsLabel.describe("Project that it belongs to; default is there from the start."),
  repo_url: address.describe("Repository that holds it."),
  target_revision: z.string().min(1).describe("Branch, tag or commit; of a chart its version."),
  path: z
    .string()
    .min(1)
    .optional()
    .describe("Folder of a Git repository; for an app of apps, that of the applications."),
  chart: z.string().min(1).optional().describe("Chart of a Helm repository, in place of a path."),
  values: z.record(z.string(), z.json()).optional().describe("Helm values; absent for none."),
  namespace: dnsLabel.describe("Namespace that its objects go into."),
  create_namespace: z.boolean().optional().describe("Makes the namespace; absent for false."),
  automated: z
    .strictObject({
      prune: z.boolean().describe("Deletes what the repository no longer has."),
      self_heal: z.boolean().describe("Undoes what somebody changed in the cluster."),
    })
    .optional()
    .describe("Follows the repository by itself; absent: somebody presses the button."),
});

const project = z.strictObject({
  name: dnsLabel.describe("Name of the project."),
  description: z.string().describe("What it is for."),
  source_repos: z
    .array(z.string().min(1))
    .min(1)
    .describe("Repositories that its applications may come from; * for any."),
  namespaces: z
    .array(z.string().min(1))
    .min(1)
    .describe("Namespaces of this cluster that they may go into; * for any."),
  cluster_resources: z
    .boolean()
    .describe("They may have objects outside of namespaces, such as ClusterRoles and CRDs."),
});

const repository = z.strictObject({
  name: dnsLabel.describe("Name of the repository."),
  url: address.describe("Its address."),
  type: z.enum(["git", "helm"]).describe("What it holds."),
});

/** What Argo CD is told to install, as options of the addon. */
export const contents = {
  repositories: z
    .array(repository)
    .describe(
      "Repositories that need no login. One that does is a Secret with the label argocd.argoproj.io/secret-type: repository.",
    ),
  projects: z.array(project).describe("Projects: what applications may come from, and where they may go."),
  applications: z.array(application).describe("Applications; one of a folder of applications brings all the others."),
};

type Contents = z.output<z.ZodObject<typeof contents>>;

function check({ applications, projects }: Contents): readonly AddonFinding[] {
  const known = ["default", ...projects.map((each) => each.name)];
  return applications.flatMap(({ chart, path, project: of, values }, index) => {
    const at = ["options", "applications", index];
    return [
      ...((path === undefined) === (chart === undefined)
        ? [{ path: at, message: "must have one of path (Git) and chart (Helm)" }]
        : []),
      ...(values !== undefined && chart === undefined
        ? [{ path: [...at, "values"], message: "has no effect without chart: remove it" }]
        : []),
      ...(known.includes(of)
        ? []
        : [
            {
              path: [...at, "project"],
              message: `unknown project ${JSON.stringify(of)}. Known: ${known.join(", ")}`,
            },
          ]),
    ];
  });
}

function applicationValues(each: Contents["applications"][number]): Values {
  const { automated, chart, create_namespace = false, namespace, path, project: of, repo_url, target_revision } = each;
  return {
    namespace: "argocd",
    finalizers: ["resources-finalizer.argocd.argoproj.io"], // what an application brought goes with it
    project: of,
    source: {
      repoURL: repo_url,
      targetRevision: target_revision,
      ...(path === undefined ? {} : { path }),
      ...(chart === undefined ? {} : { chart }),
      ...(each.values === undefined ? {} : { helm: { valuesObject: each.values } }),
    },
    destination: { server: HERE, namespace },
    syncPolicy: {
      ...(automated === undefined ? {} : { automated: { prune: automated.prune, selfHeal: automated.self_heal } }),
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
    sourceRepos: source_repos,
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
  return Object.fromEntries(list.map((each) => [each.name, { name: each.name, url: each.url, type: each.type }]));
}

export const argoCdContents = { check, values, repositories } as const;
