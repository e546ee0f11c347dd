import { always, job, step, withWords } from "./jobs";
import { folderOf, type Pipeline, type Trigger } from "./model";

/** Compares AWS with the definitions. */
export function drift(schedule: readonly Trigger[]): Pipeline {
  return {
    name: "drift",
    purpose: "Finds what was changed outside of Terraform, and keeps one issue for each cluster.",
    triggers: [...schedule, { on: "manual", inputs: [] }],
    jobs: [
      job({
        name: "choose",
        purpose: "Shares the clusters among jobs.",
        steps: [withWords(step("choose"), "--for", "drift")],
        keeps: folderOf("choose"),
      }),
      job({
        name: "drift",
        purpose: "Plans the stacks of some clusters, and reports what differs without values.",
        identity: "plan",
        steps: [step("drift", "SHARD")],
        after: ["choose"],
        each: { of: "shard", from: "choose" },
        reachesClusters: true,
        minutes: 120,
        reads: ["choose"],
        keeps: folderOf("drift"),
      }),
      job({
        name: "report",
        purpose: "Opens, updates and closes the issues.",
        steps: [step("report"), always(step("tell"))],
        after: ["drift"],
        evenIfFailed: true,
        oneAtATime: "pipeline",
        rights: ["issues"],
        reads: ["drift"],
        tells: ["drift"],
      }),
    ],
  };
}

/** Proposes newer versions. */
export function bump(schedule: readonly Trigger[]): Pipeline {
  return {
    name: "bump",
    purpose: "Proposes newer versions of charts and pins in a pull request.",
    triggers: [...schedule, { on: "manual", inputs: [] }],
    jobs: [
      job({
        name: "bump",
        purpose: "Asks the registries, and opens or updates one pull request.",
        steps: [step("bump"), always(step("tell"))],
        oneAtATime: "pipeline",
        rights: ["propose"],
        minutes: 30,
        tells: ["proposed"],
      }),
    ],
  };
}

/** Reports what ends soon. */
export function deadlines(schedule: readonly Trigger[]): Pipeline {
  return {
    name: "deadlines",
    purpose: "Reports ends of support, holds, exceptions and certificates before they are reached.",
    triggers: [...schedule, { on: "manual", inputs: [] }],
    jobs: [
      job({
        name: "deadlines",
        purpose: "Sends one message to each owner who must do something.",
        steps: [step("deadlines"), always(step("tell"))],
        oneAtATime: "pipeline",
        reachesClusters: true,
        tells: ["deadline"],
      }),
    ],
  };
}

/** Rehearses what should not be done for the first time in an emergency. */
export function drill(schedule: readonly Trigger[]): Pipeline {
  return {
    name: "drill",
    purpose: "Rebuilds a cluster from nothing in a simulated cloud, and asks its owner to restore a backup.",
    triggers: [...schedule, { on: "manual", inputs: [] }],
    jobs: [
      job({
        name: "drill",
        purpose: "Rehearses another cluster each time, and opens an issue with the steps of the restore.",
        steps: [step("drill"), always(step("tell"))],
        oneAtATime: "pipeline",
        rights: ["issues"],
        minutes: 60,
        tells: ["failed"],
      }),
    ],
  };
}

/** Proposes a release for a channel or a cluster. */
export const PROMOTE: Pipeline = {
  name: "promote",
  purpose: "Proposes another release for a channel or a cluster in a pull request.",
  triggers: [
    {
      on: "manual",
      inputs: [
        { variable: "TARGET", description: "Channel or cluster", required: true },
        { variable: "RELEASE", description: "Release, a name of definitions/releases", required: true },
      ],
    },
  ],
  jobs: [
    job({
      name: "promote",
      purpose: "Checks soak, health and exceptions, and opens the pull request.",
      identity: "plan",
      steps: [step("promote", "TARGET", "RELEASE"), always(step("tell"))],
      oneAtATime: "pipeline",
      rights: ["propose"],
      tells: ["proposed"],
    }),
  ],
};
