/** What `import … from "cluster-fleet/contracts"` offers: the forms of addons and rules. */

export * from "../../addons/contract/addon";
export type { AddonContext } from "../../addons/contract/addon-context";
export type { Subject } from "../../fleet/model/subject";
export { eachItem, type ItemRule, within } from "../../fleet/rules/each-item";
export { eachWorker, type WorkerRule } from "../../fleet/rules/each-worker";
export type { Check, Finding } from "../../fleet/rules/finding";
export { atLeast, atMost, type Bound, between, exactlyOne, noEffect, requires } from "../../fleet/rules/forms";
