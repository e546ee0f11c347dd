import { contextOf } from "../../../operations/ci/context";
import type { Stage } from "../../../pipelines/model/stage";
import { action } from "../../shared/action";
import type { Input } from "../../shared/command";
import type { ExitCode } from "../../shared/exit-code";
import type { StageRun } from "./job";

type Flags = { readonly for: "deploy" | "destroy" | "drift" | undefined };

export const run = action(async ({ flags, positionals: [stage = ""] }: Input<Flags>): Promise<ExitCode> => {
  const context = contextOf({ ...process.env });
  const work = await stageRun(stage as Exclude<Stage, "approve">);
  // Only the stage that is about one cluster selects it: everything else is about the fleet.
  delete process.env["CLUSTER_NAME"];
  return work(context, flags.for);
});

/** Each stage loads only what it needs. */
async function stageRun(stage: Exclude<Stage, "approve">): Promise<StageRun> {
  switch (stage) {
    case "validate":
    case "findings":
    case "test":
    case "diff":
    case "affected":
    case "rehearse":
      return (await import("./review")).REVIEW[stage];
    case "plan":
    case "guard":
      return (await import("./plan")).PLAN[stage];
    case "comment":
      return (await import("./comment")).comment;
    case "choose":
      return (await import("./choose")).choose;
    case "claim":
    case "apply":
    case "verify":
    case "record":
    case "destroy":
      return (await import("./deploy")).DEPLOY[stage];
    case "drift":
    case "report":
      return (await import("./drift")).DRIFT[stage];
    case "bump":
    case "promote":
    case "deadlines":
    case "drill":
      return (await import("./upkeep")).UPKEEP[stage];
    case "tell":
      return (await import("./tell")).tell;
  }
}
