import { argoCd } from "../../../addons/delivery/argo-cd";
import { contextOf, LEVELS, monitoredContext, optionsOf, reportsOf, valuesOf } from "../support/context";

const OIDC = {
  name: "Example",
  issuer: "https://login.example.com",
  client_id: "argocd",
  client_secret: { name: "argocd-sso", key: "client-secret" },
  scopes: ["openid", "groups"],
};
const APP = {
  name: "apps",
  project: "platform",
  repo_url: "https://github.com/example/fleet",
  target_revision: "main",
  path: "apps",
  namespace: "argocd",
  automated: { prune: true, self_heal: false },
};
const PROJECT = {
  name: "platform",
  description: "What the platform runs",
  source_repos: ["*"],
  namespaces: ["argocd"],
  cluster_resources: false,
};
type Options = Parameters<typeof optionsOf<typeof argoCd.options>>[1];
const check = (differences: Options) => reportsOf(argoCd, contextOf(), optionsOf(argoCd, differences));
const configsOf = (differences: Options) =>
  valuesOf(argoCd, contextOf(), differences)["configs"] as Record<string, Record<string, unknown>>;

const sized = (cpu: string, memory: string) => ({ requests: { cpu, memory }, limits: { memory } });

test("has no password in its values, and keeps its CRDs when it is removed", () => {
  const values = valuesOf(argoCd);

  expect(values).toMatchObject({
    fullnameOverride: "argocd",
    crds: { install: true, keep: true },
    global: {
      topologySpreadConstraints: [
        { maxSkew: 1, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "ScheduleAnyway" },
      ],
    },
    configs: { cm: { "admin.enabled": true }, secret: { createSecret: true } },
    controller: { replicas: 1 },
    server: {
      replicas: 2,
      extraArgs: ["--insecure"],
      service: { annotations: { "traefik.ingress.kubernetes.io/service.serversscheme": "http" } },
      ingress: { enabled: false },
      metrics: { serviceMonitor: { enabled: false } },
    },
    repoServer: { replicas: 2, pdb: { enabled: true, maxUnavailable: 1 } },
    dex: { enabled: false },
    "redis-ha": { enabled: false },
  });
  expect(configsOf({})["secret"]).toEqual({ createSecret: true });
});

test("follows the service level", () => {
  expect(valuesOf(argoCd, contextOf({ service_level: LEVELS.three }))).toMatchObject({
    server: { replicas: 3 },
    "redis-ha": {
      enabled: true,
      tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
      redis: { resources: sized("50m", "256Mi") },
      sentinel: { resources: sized("10m", "64Mi") },
      splitBrainDetection: { resources: sized("10m", "64Mi") },
      podDisruptionBudget: { maxUnavailable: 1 },
      haproxy: { podDisruptionBudget: { maxUnavailable: 1 }, resources: sized("20m", "128Mi") },
    },
  });
  expect(valuesOf(argoCd, monitoredContext)["server"]).toMatchObject({
    metrics: { enabled: true, serviceMonitor: { enabled: true } },
  });
});

test("is served by HTTPS only, with a certificate from ACM or cert-manager", () => {
  const ingressOf = (given: Options, ...enabled: string[]) =>
    (valuesOf(argoCd, contextOf({ enabled }), given)["server"] as { ingress: unknown }).ingress;
  const host = "cd.example.com";

  expect(ingressOf({ host })).toEqual({
    enabled: true,
    ingressClassName: "alb",
    hostname: host,
    annotations: {
      "alb.ingress.kubernetes.io/listen-ports": '[{"HTTPS": 443}]',
      "alb.ingress.kubernetes.io/healthcheck-path": "/healthz",
      "alb.ingress.kubernetes.io/target-type": "ip",
    },
    tls: true,
  });
  expect(ingressOf({ host, ingress_class: "traefik" }, "cert_manager")).toEqual({
    enabled: true,
    ingressClassName: "traefik",
    hostname: host,
    annotations: { "cert-manager.io/cluster-issuer": "letsencrypt" },
    tls: true,
  });
});

describe("single sign-on", () => {
  test("refers to its secret by name", () => {
    const { cm, rbac } = configsOf({
      host: "cd.example.com",
      oidc: OIDC,
      admin_enabled: false,
      admin_groups: ["platform team"],
      default_role: "readonly",
    });

    expect(cm).toMatchObject({ "admin.enabled": false, url: "https://cd.example.com" });
    expect(JSON.parse(String(cm?.["oidc.config"]))).toEqual({
      name: "Example",
      issuer: "https://login.example.com",
      clientID: "argocd",
      clientSecret: "$argocd-sso:client-secret",
      requestedScopes: ["openid", "groups"],
    });
    expect(rbac).toEqual({ "policy.default": "role:readonly", "policy.csv": 'g, "platform team", role:admin\n' });
  });

  test("with Dex runs Dex", () => {
    const dex_connectors = [{ type: "github", id: "github", name: "GitHub", config: { clientSecret: "$sso:key" } }];
    const values = valuesOf(argoCd, contextOf(), { host: "cd.example.com", dex_connectors });

    expect(values["dex"]).toMatchObject({ enabled: true });
    expect(JSON.parse(String(configsOf({ host: "cd.example.com", dex_connectors })["cm"]?.["dex.config"]))).toEqual({
      connectors: dex_connectors,
    });
  });

  test("refuses settings that contradict each other", () => {
    expect(check({})).toEqual([]);
    expect(check({ oidc: OIDC, dex_connectors: [{ type: "github" }] })).toEqual([
      {
        path: ["options", "dex_connectors"],
        message: "conflicts with oidc, which Argo CD prefers. Keep one of them",
      },
      {
        path: ["options", "host"],
        message: "must be the host of the UI, because the identity provider sends users back to it",
      },
    ]);
    expect(check({ admin_enabled: false })).toEqual([
      {
        path: ["options", "admin_enabled"],
        message: "must be true without single sign-on. Otherwise nobody could log in",
      },
    ]);
  });
});

describe("a repository that it installs", () => {
  const apps = argoCd.further_charts?.[0];
  const given = optionsOf(argoCd, { applications: [APP], projects: [PROJECT] });

  test("is a separate release, which exists only if there is a repository", () => {
    expect(apps?.included?.(contextOf(), optionsOf(argoCd))).toBe(false);
    expect(apps?.included?.(contextOf(), given)).toBe(true);
    expect(apps?.values(contextOf(), given, "argocd-apps")).toEqual({
      applications: {
        apps: {
          namespace: "argocd",
          finalizers: ["resources-finalizer.argocd.argoproj.io"],
          project: "platform",
          source: { repoURL: "https://github.com/example/fleet", targetRevision: "main", path: "apps" },
          destination: { server: "https://kubernetes.default.svc", namespace: "argocd" },
          syncPolicy: { automated: { prune: true, selfHeal: false }, syncOptions: ["ServerSideApply=true"] },
        },
      },
      projects: {
        platform: {
          namespace: "argocd",
          finalizers: ["resources-finalizer.argocd.argoproj.io"],
          description: "What the platform runs",
          sourceRepos: ["*"],
          destinations: [{ server: "https://kubernetes.default.svc", namespace: "argocd" }],
          clusterResourceWhitelist: [],
        },
      },
    });
  });

  test("has a path in a repository, and a project", () => {
    const { path: _, ...nowhere } = APP;
    const at = ["options", "applications", 0];

    expect(check({ applications: [APP], projects: [PROJECT] })).toEqual([]);
    expect(check({ applications: [{ ...nowhere, values: { a: 1 } }] })).toEqual([
      { path: at, message: "must have either path (Git) or chart (Helm)" },
      { path: [...at, "project"], message: 'unknown project "platform". Known: default' },
    ]);
  });

  const REGISTRY = "ghcr.io/stefanprodan/charts";
  const { path: _folder, ...WITHOUT_FOLDER } = APP;
  const CHART = { ...WITHOUT_FOLDER, chart: "podinfo", target_revision: "6.9.2" };
  const sourceOf = (application: object) => {
    const written = optionsOf(argoCd, { applications: [application as never], projects: [PROJECT] });
    const { applications = {} } = apps?.values(contextOf(), written) ?? {};
    return (applications as Record<string, { source: unknown }>)["apps"]?.source;
  };

  test.each([`oci://${REGISTRY}`, REGISTRY])(
    "installs a chart from the registry %s by its address without a scheme",
    (repo_url) => {
      expect(check({ applications: [{ ...CHART, repo_url }], projects: [PROJECT] })).toEqual([]);
      expect(sourceOf({ ...CHART, repo_url })).toEqual({
        repoURL: REGISTRY,
        targetRevision: "6.9.2",
        chart: "podinfo",
      });
    },
  );

  test("keeps the scheme of an OCI artifact that is not a chart", () => {
    expect(sourceOf({ ...APP, repo_url: `oci://${REGISTRY}` })).toMatchObject({ repoURL: `oci://${REGISTRY}` });
  });

  test("lets a project's applications use a registry that is listed with its scheme", () => {
    const written = optionsOf(argoCd, { projects: [{ ...PROJECT, source_repos: [`oci://${REGISTRY}`] }] });

    expect(apps?.values(contextOf(), written)).toMatchObject({
      projects: { platform: { sourceRepos: [`oci://${REGISTRY}`, REGISTRY] } },
    });
  });

  test.each([`oci://${REGISTRY}`, REGISTRY])("reads the repository %s as a registry", (url) => {
    const repositories = [{ name: "charts", url, type: "helm" as const }];

    expect(configsOf({ repositories })["repositories"]).toEqual({
      charts: { name: "charts", url: REGISTRY, type: "helm", enableOCI: "true" },
    });
  });

  test("does not read a Helm repository with an index as a registry", () => {
    const repositories = [{ name: "charts", url: "https://charts.example.com", type: "helm" as const }];

    expect(configsOf({ repositories })["repositories"]).toEqual({
      charts: { name: "charts", url: "https://charts.example.com", type: "helm" },
    });
  });

  test("creates the namespace only if that is set, and syncs automatically only with automated", () => {
    const policyOf = (application: object) => {
      const written = optionsOf(argoCd, { applications: [application as never], projects: [PROJECT] });
      const { applications = {} } = apps?.values(contextOf(), written) ?? {};
      return (applications as Record<string, { syncPolicy: unknown }>)["apps"]?.syncPolicy;
    };
    const { automated: _automated, ...manual } = APP;

    expect(policyOf(manual)).toEqual({ syncOptions: ["ServerSideApply=true"] });
    expect(policyOf({ ...manual, create_namespace: true })).toEqual({
      syncOptions: ["CreateNamespace=true", "ServerSideApply=true"],
    });
  });

  test.each([
    ["an application without a revision", { applications: [{ ...APP, target_revision: "" }] }],
    ["an application with an empty path", { applications: [{ ...APP, path: "" }] }],
    ["an application with an empty name of a file", { applications: [{ ...APP, value_files: [""] }] }],
    ["a project without repositories", { projects: [{ ...PROJECT, source_repos: [] }] }],
    ["a project with an empty repository", { projects: [{ ...PROJECT, source_repos: [""] }] }],
    ["a project without namespaces", { projects: [{ ...PROJECT, namespaces: [] }] }],
    ["a project with an empty namespace", { projects: [{ ...PROJECT, namespaces: [""] }] }],
  ])("refuses %s", (_, wrong) => {
    expect(() => optionsOf(argoCd, wrong)).toThrow("too_small");
  });

  test("accepts names of one character", () => {
    const one = { ...APP, project: "default", target_revision: "v", path: "a", value_files: ["f"] };
    expect(check({ applications: [one], projects: [{ ...PROJECT, source_repos: ["r"], namespaces: ["n"] }] })).toEqual(
      [],
    );
  });

  test.each([
    [
      "a repository that the project does not list",
      { source_repos: ["https://git.example.com/other/*"] },
      ["repo_url"],
    ],
    ["a repository that the project denies", { source_repos: ["*", `!${APP.repo_url}`] }, ["repo_url"]],
    ["a namespace that the project does not list", { namespaces: ["other-*"] }, ["namespace"]],
    ["nothing of a repository written in another way", { source_repos: [APP.repo_url.toUpperCase()] }, []],
    ["nothing of a pattern that matches", { namespaces: [`${APP.namespace.slice(0, 1)}*`] }, []],
  ])("reports of an application %s", (_, permitted, keys) => {
    const found = check({ applications: [APP], projects: [{ ...PROJECT, ...permitted }] });
    expect(found.map(({ path }) => path)).toEqual(keys.map((key) => ["options", "applications", 0, key]));
  });

  test("passes values, files of values and a release name to a chart in a Git folder", () => {
    const helm = { values: { replicas: 2 }, value_files: ["values-prod.yaml"], release_name: "web" };

    expect(check({ applications: [{ ...APP, ...helm }], projects: [PROJECT] })).toEqual([]);
    expect(sourceOf({ ...APP, ...helm })).toMatchObject({
      path: "apps",
      helm: { valuesObject: { replicas: 2 }, valueFiles: ["values-prod.yaml"], releaseName: "web" },
    });
  });

  test("requires a scheme for a source that is not a chart", () => {
    expect(check({ applications: [{ ...APP, repo_url: REGISTRY }], projects: [PROJECT] })).toEqual([
      {
        path: ["options", "applications", 0, "repo_url"],
        message:
          "requires chart, because it is an address without a scheme. Add https:// or ssh:// for Git, oci:// for an OCI artifact",
      },
    ]);
    expect(check({ repositories: [{ name: "x", url: REGISTRY, type: "helm" }] })).toEqual([]);
    expect(check({ repositories: [{ name: "x", url: REGISTRY, type: "git" }] })).toEqual([
      {
        path: ["options", "repositories", 0, "url"],
        message: "requires type helm, because it is an address without a scheme. Add https:// or ssh:// for Git",
      },
    ]);
  });

  test("refuses an address with a password", () => {
    expect(() => check({ applications: [{ ...APP, repo_url: "https://me:secret@example.com/x" }] })).toThrow(
      "must be an address without a password",
    );
  });
});
