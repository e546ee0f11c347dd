import type { Command } from "../shared/command";
import { affected } from "./affected";
import { capacity } from "./capacity";
import { cidr } from "./cidr";
import { completion } from "./completion";
import { deploy } from "./deploy";
import { destroy } from "./destroy";
import { diff } from "./diff";
import { doctor } from "./doctor";
import { explain } from "./explain";
import { graph } from "./graph";
import { guard } from "./guard";
import { list } from "./list";
import { newCluster } from "./new";
import { plan } from "./plan";
import { rehearse } from "./rehearse";
import { schema } from "./schema";
import { show } from "./show";
import { size } from "./size";
import { upgrade } from "./upgrade";
import { validate } from "./validate";
import { versions } from "./versions";

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
  graph,
  upgrade,
  versions,
  newCluster,
  schema,
  rehearse,
  deploy,
  destroy,
  plan,
  completion,
  doctor,
];
