import { z } from "zod";
import { type AddonFinding, type AddonSubject, defineHelmAddon, type Values } from "./addon";
import { STORAGE_CLASS } from "./aws-ebs-csi-driver";
import { besideWindows, RESTRICTED_CONTAINER, resources, SYSTEM_TOLERATIONS, spreadOverZones } from "./pods";
import { objectName } from "./secret-reference";
import { volumesAdvice } from "./volumes";

const quantity = z
  .string()
  .regex(/^\d+(?:\.\d+)?(?:m|Ki|Mi|Gi)?$/, "must be a quantity of Kubernetes, such as 500m or 2Gi");

const runnerSet = z.strictObject({
  name: z
    .string()
    .regex(
      /^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/,
      "must be lower-case letters, digits and dashes, at most 40 characters",
    )
    .describe("Name of the set, which workflows write in runs-on. Renaming replaces it."),
  github_url: z
    .string()
    .regex(
      /^https:\/\/[^\s/]+\/[^\s]+$/,
      "must be the address of an organisation or a repository, such as https://github.com/example",
    )
    .describe("Organisation, enterprise or repository whose jobs it runs."),
  github_app_secret: objectName.describe(
    "Secret in the namespace actions-runners with github_app_id, github_app_installation_id and github_app_private_key.",
  ),
  runner_group: z.string().min(1).optional().describe("Runner group of GitHub; absent for its default."),
  min_runners: z.int().min(0).describe("Runners that wait for jobs."),
  max_runners: z.int().min(1).describe("Runners at most."),
  container_mode: z
    .enum(["none", "kubernetes", "dind"])
    .describe(
      "How jobs run containers: kubernetes as pods of their own, with a volume each; dind by a Docker beside the runner, which is privileged on its node; none not at all.",
    ),
  cpu: quantity.describe("CPU that a runner requests, such as 500m."),
  memory: quantity.describe("Memory that a runner requests and may use, such as 2Gi."),
  node_selector: z.record(z.string(), z.string()).optional().describe("Labels of the runners' nodes; absent for any."),
  tolerations: z
    .array(z.record(z.string(), z.json()))
    .optional()
    .describe("Taints of the nodes that it tolerates, as in a pod; absent for none."),
});

const options = z.strictObject({
  runner_image: z
    .string()
    .regex(/:[\w][\w.-]*$/, "must have a tag")
    .refine((image) => !image.endsWith(":latest"), "must have a tag that stays what it is, not latest")
    .describe("Image of the runners, with a tag. GitHub refuses runners that are some months old."),
  docker_image: z
    .string()
    .regex(/:[\w][\w.-]*$/, "must have a tag")
    .describe("Image of the Docker beside a runner, for container_mode dind."),
  work_volume_gib: z.int().min(1).describe("GiB of the volume of each runner, for container_mode kubernetes."),
  runner_sets: z.array(runnerSet).describe("Sets of runners, by name; each is a release of its own."),
});

type Options = z.output<typeof options>;
type RunnerSet = Options["runner_sets"][number];

const NAMESPACE = "actions-runners";
const CONTROLLER = "gha-runner-scale-set-controller";

function check(subject: AddonSubject, { runner_sets }: Options): readonly AddonFinding[] {
  return runner_sets.flatMap(({ container_mode, max_runners, min_runners }, index) => {
    const path = ["options", "runner_sets", index];
    return [
      ...(min_runners > max_runners
        ? [
            {
              path: [...path, "min_runners"],
              message: `must be at most max_runners (${max_runners}), got ${min_runners}`,
            },
          ]
        : []),
      ...(container_mode === "kubernetes" && !subject.volumes
        ? [
            {
              path: [...path, "container_mode"],
              message: `gives each runner a volume, and there are none: ${volumesAdvice(subject)}, or take dind or none`,
            },
          ]
        : []),
    ];
  });
}

/** Group of the user that the runner's image runs as. */
const RUNNER_GROUP = 1001;

/** The runner's pod. Docker beside it is written out here: the chart's own has an image whose tag moves. */
function podSpec(context: AddonSubject, { docker_image, runner_image }: Options, set: RunnerSet): Values {
  const runner = {
    name: "runner",
    image: runner_image,
    command: ["/home/runner/run.sh"],
    resources: { requests: { cpu: set.cpu, memory: set.memory }, limits: { memory: set.memory } },
  };
  const placed = {
    ...(set.node_selector === undefined ? besideWindows(context) : { nodeSelector: set.node_selector }),
    ...(set.tolerations === undefined ? {} : { tolerations: set.tolerations }),
  };
  // A new volume is root's: by the group, the image's user may write into it.
  if (set.container_mode === "kubernetes")
    return { ...placed, securityContext: { fsGroup: RUNNER_GROUP }, containers: [runner] };
  if (set.container_mode === "none") return { ...placed, containers: [runner] };
  const work = { name: "work", mountPath: "/home/runner/_work" };
  const socket = { name: "dind-sock", mountPath: "/var/run" };
  return {
    ...placed,
    initContainers: [
      {
        name: "init-dind-externals",
        image: runner_image,
        command: ["cp", "-r", "/home/runner/externals/.", "/home/runner/tmpDir/"],
        volumeMounts: [{ name: "dind-externals", mountPath: "/home/runner/tmpDir" }],
      },
      {
        name: "dind",
        image: docker_image,
        restartPolicy: "Always", // a sidecar: there before the runner, and as long as it
        args: ["dockerd", "--host=unix:///var/run/docker.sock", "--group=$(DOCKER_GROUP_GID)"],
        env: [{ name: "DOCKER_GROUP_GID", value: "123" }], // the group of the runner's image
        securityContext: { privileged: true },
        startupProbe: { exec: { command: ["docker", "info"] }, failureThreshold: 24, periodSeconds: 5 },
        volumeMounts: [work, socket, { name: "dind-externals", mountPath: "/home/runner/externals" }],
      },
    ],
    containers: [
      {
        ...runner,
        env: [
          { name: "DOCKER_HOST", value: "unix:///var/run/docker.sock" },
          { name: "RUNNER_WAIT_FOR_DOCKER_IN_SECONDS", value: "120" },
        ],
        volumeMounts: [work, socket],
      },
    ],
    volumes: ["work", "dind-sock", "dind-externals"].map((name) => ({ name, emptyDir: {} })),
  };
}

/** The pod that waits for a set's jobs, in the controller's namespace: without this, Pod Security lets none in. */
const LISTENER = {
  spec: {
    securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: "RuntimeDefault" } },
    terminationGracePeriodSeconds: 60, // the controller's own, which a template takes away
    tolerations: SYSTEM_TOLERATIONS,
    containers: [{ name: "listener", securityContext: RESTRICTED_CONTAINER, resources: resources("20m", "128Mi") }],
  },
} as const;

function setValues(context: AddonSubject, given: Options, name: string): Values {
  const set = given.runner_sets.find((each) => each.name === name);
  if (set === undefined) return {};
  return {
    githubConfigUrl: set.github_url,
    githubConfigSecret: set.github_app_secret,
    runnerScaleSetName: name,
    ...(set.runner_group === undefined ? {} : { runnerGroup: set.runner_group }),
    minRunners: set.min_runners,
    maxRunners: set.max_runners,
    containerMode:
      set.container_mode === "kubernetes"
        ? {
            type: "kubernetes",
            kubernetesModeWorkVolumeClaim: {
              accessModes: ["ReadWriteOnce"],
              storageClassName: STORAGE_CLASS,
              resources: { requests: { storage: `${given.work_volume_gib}Gi` } },
            },
          }
        : { type: "" },
    listenerTemplate: LISTENER,
    template: { spec: podSpec(context, given, set) },
    // The chart would look for the controller in the cluster while it is rendered.
    controllerServiceAccount: { namespace: "arc-systems", name: CONTROLLER },
  };
}

/**
 * Runners of GitHub Actions that come with a job and go with it. The controller's CRDs are in its chart's crds/, which Helm never
 * upgrades, and there is no chart of them alone: before a release with a newer chart, `docs/addons.md` says how.
 */
export const githubActionsRunners = defineHelmAddon({
  name: "github_actions_runners",
  summary: "Runners for GitHub Actions, a pod a job, scaled by the jobs that wait",
  namespace: "arc-systems",
  pod_security: "restricted",
  requires: [],
  after: ["coredns", "aws_ebs_csi_driver", "cluster_autoscaler"],
  conflicts_with: [],
  api_groups: ["actions.github.com"],
  wait: true, // a runner set that goes needs the controller, which takes its runners off GitHub
  options,
  check,
  needs_internet: () => "GitHub",
  further_charts: [
    {
      chart: "gha_runner_scale_set",
      order: "after",
      included: (_context, { runner_sets }) => runner_sets.length > 0,
      // Apart from the controller: jobs run what anybody wrote into a pull request.
      namespace: {
        name: NAMESPACE,
        pod_security: ({ runner_sets }) =>
          runner_sets.some(({ container_mode }) => container_mode === "dind") ? "privileged" : "baseline",
      },
      releases: ({ runner_sets }) => runner_sets.map(({ name }) => name),
      values: (context, given, name = "") => setValues(context, given, name),
    },
  ],

  values: ({ service_level }) => ({
    fullnameOverride: CONTROLLER,
    replicaCount: service_level.replicas, // one of them leads
    serviceAccount: { name: CONTROLLER },
    flags: { logLevel: "info", logFormat: "json" },
    podSecurityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: "RuntimeDefault" } },
    securityContext: RESTRICTED_CONTAINER,
    topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/instance": "github-actions-runners" }),
    tolerations: SYSTEM_TOLERATIONS,
    resources: resources("50m", "256Mi"),
  }),
});
