import { z } from "zod";
import { affectedReport } from "../operations/affected/report";
import { bootstrapReport } from "../operations/bootstrap/report";
import { capacityReport, sizeReport } from "../operations/capacity/report";
import { cidrReport } from "../operations/cidr/report";
import { costReport } from "../operations/cost/report";
import { deployReport, planReport } from "../operations/deploy/report";
import { destroyReport } from "../operations/destroy/report";
import { diffReport } from "../operations/diff/report";
import { doctorReport } from "../operations/doctor/report";
import { driftReport } from "../operations/drift/report";
import { explainReport } from "../operations/explain/report";
import { graphReport } from "../operations/graph/report";
import { guardReport } from "../operations/guard/report";
import { adoptReport } from "../operations/import/adopt/report";
import { eksctlImportReport } from "../operations/import/eksctl/report";
import { initReport } from "../operations/init/report";
import { listReport } from "../operations/list/report";
import { newClusterReport } from "../operations/new-cluster/report";
import { rehearsalReport } from "../operations/rehearse/report";
import {
  promoteReport,
  releaseCheckReport,
  releaseDiffReport,
  releaseListReport,
  releaseNewReport,
  releaseNotesReport,
} from "../operations/release/report";
import {
  nextReport,
  recordedReport,
  planReport as rolloutPlanReport,
  statusReport,
} from "../operations/rollout/report";
import { runsReport } from "../operations/rollout/runs";
import { fleetLayersReport, showReport } from "../operations/show/report";
import { upgradeReport } from "../operations/upgrade/report";
import { upgradeCheckReport } from "../operations/upgrade-check/report";
import { validateReport } from "../operations/validate/report";
import { versionsReport } from "../operations/versions/report";
import { pipelinesReport } from "../pipelines/report";

/** The answers that commands print with `--json`. Each has a property `version`. */
export const ANSWERS: Readonly<Record<string, z.ZodType>> = {
  adopt: adoptReport,
  affected: affectedReport,
  bootstrap: bootstrapReport,
  capacity: capacityReport,
  cidr: cidrReport,
  cost: costReport,
  deploy: deployReport,
  destroy: destroyReport,
  diff: diffReport,
  doctor: doctorReport,
  drift: driftReport,
  explain: explainReport,
  graph: graphReport,
  guard: guardReport,
  init: initReport,
  "import eksctl": eksctlImportReport,
  list: listReport,
  new: newClusterReport,
  "pipelines generate": pipelinesReport,
  plan: planReport,
  promote: promoteReport,
  rehearse: rehearsalReport,
  "release check": releaseCheckReport,
  "release diff": releaseDiffReport,
  "release list": releaseListReport,
  "release new": releaseNewReport,
  "release notes": releaseNotesReport,
  "rollout approve": recordedReport,
  "rollout halt": recordedReport,
  "rollout next": nextReport,
  "rollout plan": rolloutPlanReport,
  "rollout record": recordedReport,
  "rollout resume": recordedReport,
  "rollout status": statusReport,
  show: z.union([showReport, fleetLayersReport]),
  size: sizeReport,
  status: runsReport,
  upgrade: upgradeReport,
  "upgrade-check": upgradeCheckReport,
  validate: validateReport,
  versions: versionsReport,
};
