import { z } from "zod";
import { objectName, quantity } from "../../language/words/kubernetes";
import { itemName } from "../../language/words/names";

/** An image with a tag: without one, each start may run another version. */
const taggedImage = z.string().regex(/:[\w][\w.-]*$/, "must have a tag");

const runnerSet = z.strictObject({
  name: itemName(40).describe("Name of the set, which workflows write in runs-on. Renaming replaces it."),
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

export const runnerOptions = z.strictObject({
  runner_image: taggedImage
    .refine((image) => !image.endsWith(":latest"), "must have a tag that stays what it is, not latest")
    .describe("Image of the runners, with a tag. GitHub refuses runners that are some months old."),
  docker_image: taggedImage.describe("Image of the Docker beside a runner, for container_mode dind."),
  work_volume_gib: z.int().min(1).describe("GiB of the volume of each runner, for container_mode kubernetes."),
  runner_sets: z.array(runnerSet).describe("Sets of runners, by name; each is a release of its own."),
});

export type Options = z.output<typeof runnerOptions>;
export type RunnerSet = Options["runner_sets"][number];
