/** Exports of `cluster-fleet/contracts`: the forms of addons, rules, stacks and the hook. */

export { z } from "zod";
export * from "../../addons/contract/addon";
export type { AddonContext, AddonSubject } from "../../addons/contract/addon-context";
export {
  type AddonFinding,
  type AddonRule,
  reportItems,
  reportKey,
  reportOption,
  reportSwitch,
} from "../../addons/contract/rule";
export type { ClusterRef } from "../../constructs/cluster/cluster-ref";
export type { NetworkRef } from "../../constructs/networking/network-ref";
export type { WorkersRef } from "../../constructs/workers/workers-ref";
export type { Account, Cluster, Definition } from "../../fleet/model/cluster";
export type { Subject } from "../../fleet/model/subject";
export type { Owner } from "../../fleet/plan/owner";
export { eachItem, type ItemRule, within } from "../../fleet/rules/each-item";
export { eachWorker, type WorkerRule } from "../../fleet/rules/each-worker";
export type { Check, Finding } from "../../fleet/rules/finding";
export { atLeast, atMost, type Bound, between, exactlyOne, noEffect, requires } from "../../fleet/rules/forms";
export { defineCheck, type OwnCheck } from "../../fleet/rules/own-check";
export {
  type AllowedChange,
  defineHook,
  defineStack,
  type Hook,
  type HookContext,
  type OwnStack,
  type OwnStackContext,
} from "../../stacks/extension-contracts";
