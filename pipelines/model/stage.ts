/** Steps of jobs. `fleet ci <stage>` runs them in every CI system. */
export const STAGES = [
  "validate", // checks every definition
  "findings", // keeps what validate reports about the branch that is deployed
  "test", // tests the program, unless only definitions changed
  "diff", // compares the stacks with those of the base
  "affected", // lists the stacks that change, shared among jobs
  "rehearse", // applies the change to a simulated cloud
  "choose", // lists the clusters that may be deployed now, or shares all clusters among jobs
  "claim", // records that this run deploys the cluster, or refuses because another one does
  "plan", // plans stacks, and keeps the plans in the job
  "guard", // stops plans that destroy, widen or change too much
  "comment", // writes the results to one comment of the pull request, and updates it later
  "approve", // waits for a person, where the account requires it
  "apply", // applies the saved plans
  "verify", // checks that the cluster is healthy
  "record", // records how it ended, after success or failure
  "drift", // compares AWS with the definitions
  "report", // opens or updates an issue for each cluster with drift
  "promote", // proposes another release for a channel or a cluster
  "bump", // proposes newer versions
  "deadlines", // reports ends of support, and exceptions that end
  "drill", // rehearses the rebuild of a cluster from nothing
  "destroy", // destroys a cluster's stacks
  "tell", // sends messages about the job
] as const;
export type Stage = (typeof STAGES)[number];

/** Stages without a command: the CI system itself does them. */
const WITHOUT_COMMAND: readonly Stage[] = ["approve"];

/** True if `fleet ci <stage>` exists. */
export function hasCommand(stage: Stage): boolean {
  return !WITHOUT_COMMAND.includes(stage);
}
