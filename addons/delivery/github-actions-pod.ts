import { inKeyOrder } from "../../language/plain-map";
import type { Values } from "../contract/addon";
import type { AddonSubject } from "../contract/addon-context";
import { besideWindows } from "../parts/pods";
import type { Options, RunnerSet } from "./github-actions-options";

/** Annotations that keep a pod on its node until its job ends: another runner cannot continue the job. */
const UNDISTURBED = {
  "karpenter.sh/do-not-disrupt": "true",
  "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
  "descheduler.alpha.kubernetes.io/prefer-no-eviction": "true",
} as const;

/** Annotation of a runner that contains the template of the pods that it starts for its job. */
const TEMPLATE_ANNOTATION = "cluster-fleet/job-template";

/** The template as a file, which GitHub's container hooks read. The pod of a job would have no annotations without it. */
const JOB_TEMPLATE = {
  annotation: { [TEMPLATE_ANNOTATION]: JSON.stringify({ metadata: { annotations: UNDISTURBED } }) },
  variable: { name: "ACTIONS_RUNNER_CONTAINER_HOOK_TEMPLATE", value: "/home/runner/job-template/template.yaml" },
  mount: { name: "job-template", mountPath: "/home/runner/job-template" },
  volume: {
    name: "job-template",
    downwardAPI: {
      items: [{ path: "template.yaml", fieldRef: { fieldPath: `metadata.annotations['${TEMPLATE_ANNOTATION}']` } }],
    },
  },
} as const;

/** Group of the user that the runner's image runs as. */
const RUNNER_GROUP = 1001;

/** Variables of the runner. By default, the chart requires a container for each job. */
function variables({ env = {}, require_job_container }: RunnerSet): readonly Values[] {
  const required =
    require_job_container === undefined ? {} : { ACTIONS_RUNNER_REQUIRE_JOB_CONTAINER: String(require_job_container) };
  return Object.entries({ ...required, ...inKeyOrder(env) }).map(([name, value]) => ({ name, value }));
}

/** The runner's pod. Docker beside it is written out here: the chart's own has an image whose tag moves. */
function podSpec(context: AddonSubject, { docker_image, runner_image }: Options, set: RunnerSet): Values {
  const runner = {
    name: "runner",
    image: runner_image,
    command: ["/home/runner/run.sh"],
    ...(variables(set).length === 0 ? {} : { env: variables(set) }),
    resources: { requests: { cpu: set.cpu, memory: set.memory }, limits: { memory: set.memory } },
  };
  const placed = {
    ...(set.node_selector === undefined ? besideWindows(context) : { nodeSelector: set.node_selector }),
    ...(set.tolerations !== undefined && { tolerations: set.tolerations }),
  };
  // A new volume belongs to root. Through the group, the image's user may write to it.
  if (set.container_mode === "kubernetes")
    return {
      ...placed,
      securityContext: { fsGroup: RUNNER_GROUP },
      containers: [{ ...runner, env: [...variables(set), JOB_TEMPLATE.variable], volumeMounts: [JOB_TEMPLATE.mount] }],
      volumes: [JOB_TEMPLATE.volume],
    };
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
        resources: { requests: { cpu: "100m", memory: "512Mi" } }, // no limit: what it needs follows its jobs
        startupProbe: { exec: { command: ["docker", "info"] }, failureThreshold: 24, periodSeconds: 5 },
        volumeMounts: [work, socket, { name: "dind-externals", mountPath: "/home/runner/externals" }],
      },
    ],
    containers: [
      {
        ...runner,
        env: [
          ...variables(set),
          { name: "DOCKER_HOST", value: "unix:///var/run/docker.sock" },
          { name: "RUNNER_WAIT_FOR_DOCKER_IN_SECONDS", value: "120" },
        ],
        volumeMounts: [work, socket],
      },
    ],
    volumes: ["work", "dind-sock", "dind-externals"].map((name) => ({ name, emptyDir: {} })),
  };
}

/** Returns the template of a set's runners. */
export function runnerTemplate(context: AddonSubject, given: Options, set: RunnerSet): Values {
  const annotations = { ...UNDISTURBED, ...(set.container_mode === "kubernetes" && JOB_TEMPLATE.annotation) };
  return { metadata: { annotations }, spec: podSpec(context, given, set) };
}
