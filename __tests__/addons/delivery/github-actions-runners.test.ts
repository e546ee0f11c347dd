import { githubActionsRunners } from "../../../addons/delivery/github-actions-runners";
import { spreadOverZones } from "../../../addons/parts/pods";
import {
  contextOf,
  findingsOf,
  manifestsOf,
  monitoredContext,
  optionsOf,
  reportsOf,
  valuesOf,
} from "../support/context";

const SET = {
  name: "linux",
  github_url: "https://github.com/example",
  github_app_secret: "github-app",
  min_runners: 0,
  max_runners: 10,
  container_mode: "none" as const,
  cpu: "500m",
  memory: "2Gi",
};
type Given = Omit<typeof SET, "container_mode"> & { readonly container_mode: "none" | "kubernetes" | "dind" };
const sets = githubActionsRunners.further_charts?.[0];
const valuesOfSet = (set: Given) =>
  sets?.values(contextOf(), optionsOf(githubActionsRunners, { runner_sets: [set] }), set.name);

test("the controller has the service level's replicas, and one of them leads", () => {
  expect(valuesOf(githubActionsRunners)).toMatchObject({
    fullnameOverride: "gha-runner-scale-set-controller",
    replicaCount: 2,
    topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/instance": "github-actions-runners" }),
    serviceAccount: { name: "gha-runner-scale-set-controller" },
  });
});

test("each set is a separate release, in another namespace than the controller", () => {
  const given = optionsOf(githubActionsRunners, { runner_sets: [SET, { ...SET, name: "arm" }] });

  expect(sets?.included?.(contextOf(), optionsOf(githubActionsRunners))).toBe(false);
  expect(sets?.releases?.(given)).toEqual(["linux", "arm"]);
  expect(sets?.namespace?.name).toBe("actions-runners");
  expect(sets?.namespace?.pod_security(given)).toBe("baseline");
});

test("a runner is a pod with a pinned image, and refers to its secret by name", () => {
  expect(valuesOfSet({ ...SET, ...{ node_selector: { pool: "builds" } } })).toEqual({
    githubConfigUrl: "https://github.com/example",
    githubConfigSecret: "github-app",
    runnerScaleSetName: "linux",
    minRunners: 0,
    maxRunners: 10,
    containerMode: { type: "" },
    listenerTemplate: {
      spec: {
        securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: "RuntimeDefault" } },
        terminationGracePeriodSeconds: 60,
        tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
        containers: [
          {
            name: "listener",
            securityContext: {
              allowPrivilegeEscalation: false,
              capabilities: { drop: ["ALL"] },
              readOnlyRootFilesystem: true,
            },
            resources: { requests: { cpu: "20m", memory: "128Mi" }, limits: { memory: "128Mi" } },
          },
        ],
      },
    },
    template: {
      metadata: {
        annotations: {
          "karpenter.sh/do-not-disrupt": "true",
          "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
          "descheduler.alpha.kubernetes.io/prefer-no-eviction": "true",
        },
      },
      spec: {
        nodeSelector: { pool: "builds" },
        containers: [
          {
            name: "runner",
            image: "ghcr.io/actions/actions-runner:2.329.0",
            command: ["/home/runner/run.sh"],
            resources: { requests: { cpu: "500m", memory: "2Gi" }, limits: { memory: "2Gi" } },
          },
        ],
      },
    },
    controllerServiceAccount: { namespace: "arc-systems", name: "gha-runner-scale-set-controller" },
  });
});

test("containers as pods use a volume", () => {
  expect(valuesOfSet({ ...SET, container_mode: "kubernetes" })).toMatchObject({
    containerMode: {
      type: "kubernetes",
      kubernetesModeWorkVolumeClaim: {
        accessModes: ["ReadWriteOnce"],
        storageClassName: "gp3",
        resources: { requests: { storage: "20Gi" } },
      },
    },
    template: { spec: { securityContext: { fsGroup: 1001 } } },
  });
});

test("the pods of a job stay on their nodes until it ends, by a template that their runner passes to them", () => {
  const { template } = valuesOfSet({ ...SET, container_mode: "kubernetes" }) as {
    template: { metadata: { annotations: Record<string, string> }; spec: Record<string, [object]> };
  };
  const { annotations } = template.metadata;

  expect(JSON.parse(annotations["cluster-fleet/job-template"] ?? "")).toEqual({
    metadata: {
      annotations: {
        "karpenter.sh/do-not-disrupt": "true",
        "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
        "descheduler.alpha.kubernetes.io/prefer-no-eviction": "true",
      },
    },
  });
  expect(template.spec["volumes"]?.[0]).toMatchObject({
    name: "job-template",
    downwardAPI: {
      items: [{ path: "template.yaml", fieldRef: { fieldPath: "metadata.annotations['cluster-fleet/job-template']" } }],
    },
  });
  expect(template.spec["containers"]?.[0]).toMatchObject({
    env: [{ name: "ACTIONS_RUNNER_CONTAINER_HOOK_TEMPLATE", value: "/home/runner/job-template/template.yaml" }],
    volumeMounts: [{ name: "job-template", mountPath: "/home/runner/job-template" }],
  });
});

test("Docker beside the runner is privileged, and so is its namespace", () => {
  const set = { ...SET, container_mode: "dind" as const };
  const { template } = valuesOfSet(set) as { template: { spec: Record<string, { name: string; image: string }[]> } };
  const { spec } = template;

  expect(sets?.namespace?.pod_security(optionsOf(githubActionsRunners, { runner_sets: [set] }))).toBe("privileged");
  expect(spec["initContainers"]?.map(({ name, image }) => [name, image])).toEqual([
    ["init-dind-externals", "ghcr.io/actions/actions-runner:2.329.0"],
    ["dind", "public.ecr.aws/docker/library/docker:28.5.1-dind"],
  ]);
  expect(spec["volumes"]?.map(({ name }) => name)).toEqual(["work", "dind-sock", "dind-externals"]);
});

test("refuses settings that contradict each other", () => {
  const check = (runner_sets: Given[], enabled: string[] = []) =>
    reportsOf(githubActionsRunners, contextOf({ enabled }), optionsOf(githubActionsRunners, { runner_sets }));

  expect(check([{ ...SET, min_runners: 11, container_mode: "kubernetes" }])).toEqual([
    { path: ["options", "runner_sets", 0, "min_runners"], message: "must be at most max_runners (10), but is 11" },
    {
      path: ["options", "runner_sets", 0, "container_mode"],
      message:
        "requires a volume for each runner, but nothing provides volumes. To fix this, set aws_ebs_csi_driver_enabled: true, or use dind or none",
    },
  ]);
  expect(check([{ ...SET, container_mode: "kubernetes" }], ["aws_ebs_csi_driver"])).toEqual([]);
  expect(() => optionsOf(githubActionsRunners, { runner_image: "runner:latest" })).toThrow(
    "must have a fixed tag, not latest",
  );
});

test("exposes metrics of jobs if Prometheus is installed", () => {
  const values = valuesOf(githubActionsRunners, monitoredContext);

  expect(values["metrics"]).toEqual({
    controllerManagerAddr: ":8080",
    listenerAddr: ":8080",
    listenerEndpoint: "/metrics",
  });
  expect(valuesOf(githubActionsRunners)).not.toHaveProperty("metrics");
  expect(manifestsOf(githubActionsRunners).map(({ kind }) => kind)).toEqual(["PodDisruptionBudget"]);
  expect(manifestsOf(githubActionsRunners, monitoredContext).map(({ kind, spec }) => [kind, spec])).toEqual([
    ["PodDisruptionBudget", expect.anything()],
    [
      "PodMonitor",
      {
        selector: {
          matchExpressions: [
            {
              key: "app.kubernetes.io/component",
              operator: "In",
              values: ["controller-manager", "runner-scale-set-listener"],
            },
          ],
        },
        podMetricsEndpoints: [{ port: "metrics" }],
      },
    ],
  ]);
});

describe("Docker beside the runner, in a cluster whose Kyverno policies refuse privileged pods", () => {
  const check = (except: string[], container_mode: "dind" | "none" = "dind") =>
    findingsOf(
      githubActionsRunners,
      { runner_sets: [{ ...SET, container_mode }] },
      contextOf({ refuses_privileged: [{ addon: "kyverno", except }] }),
    );

  test("is refused", () => {
    expect(check(["other"])).toEqual([
      "options.runner_sets.0.container_mode: requires privileged pods, which kyverno refuses. Use kubernetes or none, or add actions-runners to kyverno's excluded_namespaces",
    ]);
  });

  test("is accepted if kyverno excludes the namespace", () => {
    expect(check(["actions-runners"])).toEqual([]);
  });

  test("is not reported in another mode", () => {
    expect(check([], "none")).toEqual([]);
  });
});

describe("variables of runners", () => {
  const envOf = (set: object) => {
    const { template } = valuesOfSet({ ...SET, ...set }) as { template: { spec: { containers: [{ env?: unknown }] } } };
    return template.spec.containers[0].env;
  };

  test("let jobs run without a container, if the set does", () => {
    const required = (set: object) =>
      expect((envOf({ container_mode: "kubernetes", ...set }) as { name: string }[]).map(({ name }) => name));

    required({ require_job_container: false }).toContain("ACTIONS_RUNNER_REQUIRE_JOB_CONTAINER");
    required({}).not.toContain("ACTIONS_RUNNER_REQUIRE_JOB_CONTAINER");
  });

  test("are the definition's, beside those of Docker", () => {
    expect(envOf({ container_mode: "dind", env: { HTTPS_PROXY: "http://proxy:3128" } })).toEqual([
      { name: "HTTPS_PROXY", value: "http://proxy:3128" },
      { name: "DOCKER_HOST", value: "unix:///var/run/docker.sock" },
      { name: "RUNNER_WAIT_FOR_DOCKER_IN_SECONDS", value: "120" },
    ]);
  });

  test("contain nothing about containers for a set without them", () => {
    const set = { ...SET, container_mode: "none" as const, require_job_container: true };

    expect(findingsOf(githubActionsRunners, { runner_sets: [set] })).toEqual([
      "options.runner_sets.0.require_job_container: has no effect because container_mode is none. Remove it, or set container_mode: kubernetes",
    ]);
  });
});

test.each([
  ["accepts as many runners at least as at most", { min_runners: 10, max_runners: 10 }, []],
  [
    "refuses more runners at least than at most",
    { min_runners: 11, max_runners: 10 },
    ["options.runner_sets.0.min_runners: must be at most max_runners (10), but is 11"],
  ],
  [
    "accepts require_job_container with a pod for each job",
    { container_mode: "kubernetes" as const, require_job_container: true },
    [],
  ],
])("%s", (_, differences, reports) => {
  expect(
    findingsOf(githubActionsRunners, { runner_sets: [{ ...SET, ...differences }] }, contextOf({ volumes: true })),
  ).toEqual(reports);
});

test("the namespace admits privileged pods if one of several sets runs Docker", () => {
  const given = optionsOf(githubActionsRunners, {
    runner_sets: [SET, { ...SET, name: "docker", container_mode: "dind" }],
  });

  expect(sets?.namespace?.pod_security(given)).toBe("privileged");
});

test("a set has the runner group and tolerations that the definition gives it", () => {
  const tolerations = [{ key: "builds", operator: "Exists" as const }];

  expect(valuesOfSet({ ...SET, ...{ runner_group: "ci", tolerations } })).toMatchObject({
    runnerGroup: "ci",
    template: { spec: { tolerations } },
  });
});
