import type { AskedRoom } from "../../../addons/contract/addon-parts";
import type { Room } from "../../../aws/instance-sizes";
import { bytesOf, millicpusOf } from "../../../language/words/quantity";
import { hasFurtherNodes } from "../../addons/fargate-addons";
import { ofEachAddon } from "../../model/enabled-addons";
import type { Check, Finding } from "../../rules/finding";
import { roomIn } from "./platform-fits";

/** Warns of pods that the options of an addon describe, and that no node can hold: they stay Pending. */
export const checkAskedRoom: Check = (subject) => {
  const { definition } = subject;
  const rooms = definition.tfvars.workers.map((worker) => roomIn(subject, worker));
  if (rooms.length === 0 || rooms.includes(undefined)) return [];
  const most = {
    cpu: Math.max(...rooms.map((room) => room?.cpu ?? 0)),
    memory_mib: Math.max(...rooms.map((room) => room?.memory_mib ?? 0)),
  };
  return ofEachAddon(definition, ({ addon, name, options }) =>
    (hasFurtherNodes(definition, name) ? [] : (addon.asks_room?.(options) ?? [])).flatMap((asked) =>
      tooMuch(asked, most).map((finding) => ({ ...finding, path: ["tfvars", "addons", name, ...finding.path] })),
    ),
  );
};

function tooMuch({ cpu, memory, path }: AskedRoom, most: Room): Finding[] {
  const millicpus = millicpusOf(cpu) ?? 0;
  const mib = (bytesOf(memory) ?? 0) / 2 ** 20;
  const key = millicpus > most.cpu ? "cpu" : "memory";
  if (millicpus <= most.cpu && mib <= most.memory_mib) return [];
  const room = key === "cpu" ? `${(most.cpu / 1000).toFixed(1)} CPUs` : `${(most.memory_mib / 1024).toFixed(1)} GiB`;
  const message = `is more than the ${room} that the largest node has for pods, so the pod stays Pending. Lower it, or use larger instance_types`;
  return [{ path: [...path, key], message, severity: "warning" }];
}
