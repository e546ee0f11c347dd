import { z } from "zod";
import { objectName, quantity } from "../../language/words/kubernetes";
import { itemName } from "../../language/words/names";
import { plainText } from "../../language/words/text";
import type { AskedRoom } from "../contract/addon-parts";

/** An image with a tag: without one, each start may run another version. */
const taggedImage = z.string().regex(/:[\w][\w.-]*$/, "must have a tag");

const runnerSet = z.strictObject({
  name: itemName(40).describe("Name of the set, which workflows use in runs-on. A new name replaces the set."),
  github_url: z
    .string()
    .regex(
      /^https:\/\/[^\s/]+\/[^\s]+$/,
      "must be the address of an organisation or a repository, such as https://github.com/example",
    )
    .meta({ examples: ["https://github.com/example"] })
    .describe("Organization, enterprise or repository whose jobs the set runs."),
  github_app_secret: objectName.describe(
    "Secret in the namespace actions-runners with github_app_id, github_app_installation_id and github_app_private_key.",
  ),
  runner_group: z.string().min(1).optional().describe("Runner group at GitHub. Default: GitHub's default group."),
  min_runners: z.int().min(0).describe("Minimum number of runners, which wait for jobs."),
  max_runners: z.int().min(1).describe("Maximum number of runners."),
  container_mode: z
    .enum(["none", "kubernetes", "dind"])
    .describe(
      "How jobs run containers. kubernetes: as separate pods, each with a volume. dind: with Docker beside the runner, in a privileged pod. none: jobs cannot run containers.",
    ),
  require_job_container: z
    .boolean()
    .optional()
    .describe(
      "With container_mode kubernetes: refuses jobs without `container:`, which would run in the runner's own pod. Default: true.",
    ),
  env: z
    .record(z.string().regex(/^[A-Za-z_][A-Za-z\d_]*$/, "must be the name of a variable"), plainText)
    .optional()
    .describe("Environment variables of the runner. Must not contain secrets. Default: none."),
  cpu: quantity.meta({ examples: ["2"] }).describe("CPU that a runner requests, such as 500m."),
  memory: quantity.meta({ examples: ["4Gi"] }).describe("Memory that a runner requests and may use, such as 2Gi."),
  node_selector: z
    .record(z.string(), z.string())
    .optional()
    .describe("Labels of the nodes for the runners. Default: any node."),
  tolerations: z.array(z.record(z.string(), z.json())).optional().describe("Tolerations, as in a pod. Default: none."),
});

export const runnerOptions = z.strictObject({
  runner_image: taggedImage
    .refine((image) => !image.endsWith(":latest"), "must have a fixed tag, not latest")
    .describe("Image of the runners, with a tag. GitHub refuses runners that are several months old."),
  docker_image: taggedImage.describe("Image of Docker, for container_mode dind."),
  work_volume_gib: z.int().min(1).describe("Size of each runner's volume, in GiB, for container_mode kubernetes."),
  runner_sets: z.array(runnerSet).describe("Sets of runners, by name. Each is a separate Helm release."),
});

export type Options = z.output<typeof runnerOptions>;
export type RunnerSet = Options["runner_sets"][number];

/** Returns what the runners of each set request. */
export function askedRoom({ runner_sets }: Options): readonly AskedRoom[] {
  return runner_sets.map(({ cpu, memory }, index) => ({ path: ["options", "runner_sets", index], cpu, memory }));
}
