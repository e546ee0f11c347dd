/** Exports of `cluster-fleet`. cdktf is loaded only when something is synthesized. */

export type { Fleet } from "../../fleet/load";
export type { Account, Cluster } from "../../fleet/model/cluster";
export { STACKS, type StackName, stackId } from "../../fleet/model/stacks";
export { type ClusterPlan, planCluster } from "../../fleet/plan/cluster-plan";
export { DefinitionError, formatProblem, type Place, type Problem } from "../../language/problem";
export { type LoadingOptions, load, synthesize, validate } from "./fleet";
export { main } from "./main";
