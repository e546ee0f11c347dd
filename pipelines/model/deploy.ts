import { always, job, step, withWords } from "./jobs";
import { folderOf, type Pipeline, type Trigger } from "./model";

/** Returns the pipeline that runs after a merge and at windows. It deploys clusters in the order of the rollouts. */
export function deploy(schedule: readonly Trigger[]): Pipeline {
  return {
    name: "deploy",
    purpose: "Deploys the clusters whose turn it is, each from a plan of the merged commit.",
    triggers: [{ on: "merge" }, ...schedule, { on: "manual", inputs: [] }],
    jobs: [
      job({
        name: "choose",
        purpose: "Lists the clusters that may be deployed now: insiders at once, others in their waves and windows.",
        identity: "plan",
        steps: [withWords(step("choose"), "--for", "deploy")],
        keeps: folderOf("choose"),
      }),
      job({
        name: "preview",
        purpose: "Shows what the deploy would do, for the person who approves it.",
        identity: "plan",
        steps: [step("plan", "CLUSTER_NAME"), step("guard", "CLUSTER_NAME"), always(step("tell"))],
        after: ["choose"],
        each: { of: "cluster", from: "choose" },
        reachesClusters: true,
        minutes: 60,
        tells: ["approval"],
      }),
      job({
        name: "apply",
        purpose: "Claims the cluster, plans it again, applies that plan, checks the cluster, and records how it ended.",
        identity: "apply",
        steps: [
          step("approve"),
          step("claim", "CLUSTER_NAME"),
          step("tell"),
          step("plan", "CLUSTER_NAME"),
          step("guard", "CLUSTER_NAME"),
          step("apply", "CLUSTER_NAME"),
          step("verify", "CLUSTER_NAME"),
          always(step("record", "CLUSTER_NAME")),
          always(step("tell")),
        ],
        after: ["choose", "preview"],
        each: { of: "cluster", from: "choose" },
        oneAtATime: "cluster",
        approval: true,
        reachesClusters: true,
        minutes: 180,
        tells: ["started", "finished", "failed", "halted"],
      }),
    ],
  };
}

/** A person destroys a cluster, before its definition is removed. */
export const DESTROY: Pipeline = {
  name: "destroy",
  purpose: "Destroys a cluster. Run it before the pull request that removes the definition.",
  triggers: [
    {
      on: "manual",
      inputs: [{ variable: "CLUSTER_NAME", description: "Name of the cluster to destroy", required: true }],
    },
  ],
  jobs: [
    job({
      name: "choose",
      purpose: "Finds the cluster, and refuses one that is protected.",
      steps: [withWords(step("choose", "CLUSTER_NAME"), "--for", "destroy")],
      keeps: folderOf("choose"),
    }),
    job({
      name: "destroy",
      purpose: "Destroys the stacks of the cluster, the last one first.",
      identity: "destroy",
      steps: [
        step("approve"),
        step("destroy", "CLUSTER_NAME"),
        always(step("record", "CLUSTER_NAME")),
        always(step("tell")),
      ],
      after: ["choose"],
      each: { of: "cluster", from: "choose" },
      oneAtATime: "cluster",
      approval: true,
      reachesClusters: true,
      minutes: 180,
      tells: ["finished", "failed"],
    }),
  ],
};
