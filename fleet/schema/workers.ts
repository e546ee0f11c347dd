import { z } from "zod";
import { itemName } from "../../language/words/names";
import { autoScalingGroup } from "./workers/auto-scaling-group";
import { groupUpkeep } from "./workers/group-upkeep";
import { instanceOptions } from "./workers/instance-options";
import { instances } from "./workers/instances";
import { kubelet } from "./workers/kubelet";
import { launchTemplate } from "./workers/launch-template";
import { operatingSystem } from "./workers/operating-system";
import { placement } from "./workers/placement";
import { rolling } from "./workers/rolling";
import { scaling } from "./workers/scaling";
import { scheduling } from "./workers/scheduling";
import { volumes } from "./workers/volumes";

/** Everything that a group can leave to `worker_defaults`; each part of a node's life has a file of its own. */
export const workerDefaults = z.strictObject({
  ...instances,
  ...operatingSystem,
  kubelet,
  ...scaling,
  ...volumes,
  ...instanceOptions,
  ...scheduling,
  ...rolling,
  ...placement,
  ...autoScalingGroup,
  ...groupUpkeep,
  ...launchTemplate,
});

const worker = workerDefaults.extend({
  name: itemName(31).describe("Name of the group, unique in the cluster. Renaming replaces the group, node by node."),
});

export const workers = z.array(worker).max(30).describe("Worker groups. Each item inherits worker_defaults.");
