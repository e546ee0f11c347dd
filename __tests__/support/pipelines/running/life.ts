import { Store } from "../../../../offline/store/store";
import type { RunningFleet } from "./running-fleet";
import { FIRST, fileOf } from "./small-fleet";

/** Address of the node group that everything happens to. */
export const GROUP = "aws_eks_node_group.workers_general_CE6D1FA2";

/** Runs jobs while AWS differs from the definitions: somebody let a node group grow further than its definition says. */
export async function whileDrifted<Runs>(fleet: RunningFleet, run: () => Promise<Runs>): Promise<Runs> {
  const store = new Store(fleet.store);
  const group = store.only("aws_eks_node_group");
  const [scaling] = group.state["scaling_config"] as [Record<string, never>];
  store.edit(group, { scaling_config: [{ ...scaling, max_size: 9 }] });
  const runs = await run();
  store.update(group.place, group.state);
  return runs;
}

/** Opens a pull request that lets a node group grow further, and returns its number. */
export function openChange(fleet: RunningFleet): number {
  const number = fleet.hosting.openPull("more-nodes");
  const text = fleet.repository.read(fileOf(FIRST));
  fleet.repository.pull(number, "more-nodes", { [fileOf(FIRST)]: text.replace("max_size: 3", "max_size: 4") });
  return number;
}

/** Merges a node group that AWS refuses to create, and runs jobs. */
export async function whileFailing<Runs>(fleet: RunningFleet, run: () => Promise<Runs>): Promise<Runs> {
  const more = "    - { name: more, min_size: 1, max_size: 1 }\n";
  fleet.repository.merge({ [fileOf(FIRST)]: fleet.repository.read(fileOf(FIRST)).replace("  addons:\n", `${more}$&`) });
  fleet.fail("aws_eks_node_group");
  const runs = await run();
  fleet.fail();
  return runs;
}

/** Returns the objects that are left in the cloud. */
export const leftOf = (fleet: RunningFleet): readonly object[] => new Store(fleet.store).objects();

/** The messages that a deploy sends to the owner of the cluster. */
export const MESSAGES = {
  waits: `#search: ${FIRST} waits for approval`,
  started: `#search: ${FIRST}: deploy of 2026.12 started`,
  healthy: `#search: ${FIRST} is deployed and healthy`,
  failed: `#search: The deploy of ${FIRST} failed`,
  halted: "#search: The rollout is halted",
  drift: `#search: Drift: ${FIRST}`,
  destroyed: `#search: ${FIRST} is destroyed`,
} as const;
