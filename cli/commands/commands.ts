import type { Command } from "../shared/command";
import { ci } from "./ci/ci";
import { importEksctl } from "./import/eksctl";
import { adopt } from "./own/adopt";
import { init } from "./own/init";
import { newCluster } from "./own/new";
import { generatePipelines } from "./pipelines/generate";
import { releaseCheck } from "./release/check";
import { releaseDiff } from "./release/diff";
import { releaseList } from "./release/list";
import { releaseNew } from "./release/new";
import { releaseNotes } from "./release/notes";
import { promote } from "./release/promote";
import { affected } from "./review/affected";
import { diff } from "./review/diff";
import { guard } from "./review/guard";
import { rehearse } from "./review/rehearse";
import { upgrade } from "./review/upgrade";
import { upgradeCheck } from "./review/upgrade-check";
import { validate } from "./review/validate";
import { rolloutApprove } from "./rollout/approve";
import { rolloutHalt } from "./rollout/halt";
import { rolloutNext } from "./rollout/next";
import { rolloutPlan } from "./rollout/plan";
import { rolloutRecord } from "./rollout/record";
import { rolloutResume } from "./rollout/resume";
import { rolloutStatus } from "./rollout/status";
import { bootstrap } from "./run/bootstrap";
import { deploy } from "./run/deploy";
import { destroy } from "./run/destroy";
import { doctor } from "./run/doctor";
import { drift } from "./run/drift";
import { plan } from "./run/plan";
import { capacity } from "./see/capacity";
import { cidr } from "./see/cidr";
import { cost } from "./see/cost";
import { explain } from "./see/explain";
import { graph } from "./see/graph";
import { list } from "./see/list";
import { show } from "./see/show";
import { size } from "./see/size";
import { status } from "./see/status";
import { versions } from "./see/versions";
import { completion } from "./tools/completion";
import { schema } from "./tools/schema";

/** Every command of `fleet`, in the order of its help. */
export const COMMANDS: readonly Command[] = [
  validate,
  list,
  show,
  explain,
  diff,
  affected,
  guard,
  cidr,
  capacity,
  size,
  cost,
  graph,
  upgrade,
  upgradeCheck,
  versions,
  status,
  init,
  newCluster,
  importEksctl,
  adopt,
  schema,
  rehearse,
  bootstrap,
  deploy,
  destroy,
  plan,
  completion,
  doctor,
  generatePipelines,
  rolloutPlan,
  rolloutNext,
  rolloutStatus,
  rolloutHalt,
  rolloutResume,
  rolloutApprove,
  rolloutRecord,
  ci,
  drift,
  releaseNew,
  releaseCheck,
  releaseDiff,
  releaseNotes,
  releaseList,
  promote,
];
