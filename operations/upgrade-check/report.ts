import { z } from "zod";
import type { DeepReadonly } from "../../fleet/model/cluster";
import { diffReport } from "../diff/report";

/** The answer of `fleet upgrade-check`. */
export const upgradeCheckReport = diffReport.omit({ base: true, errors: true, refused: true }).extend({
  from: z.string().describe("Version of the program that runs."),
  to: z.string().describe("Version of the program that was compared with it."),
  refused: z
    .array(z.string())
    .describe("What the other version refuses of the definitions or extensions, so that nothing could be compared."),
  warnings: z.array(z.string()).describe("Warnings that only the other version prints."),
  changelog: z
    .array(z.object({ version: z.string(), text: z.string() }))
    .describe("What the other version's CHANGELOG.md says about the versions in between, the newest first."),
});

export type UpgradeCheckReport = DeepReadonly<z.output<typeof upgradeCheckReport>>;
