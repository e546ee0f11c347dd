import type { z } from "zod";
import { listReport } from "../operations/list/report";
import { newClusterReport } from "../operations/new-cluster/report";
import { upgradeReport } from "../operations/upgrade/report";

/** The answers that commands print with `--json`. Each has a property `version`. */
export const ANSWERS: Readonly<Record<string, z.ZodType>> = {
  list: listReport,
  new: newClusterReport,
  upgrade: upgradeReport,
};
