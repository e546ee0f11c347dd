import type { Worker } from "../../model/cluster";
import type { Mime } from "./mime";
import { shellPart } from "./shell";

/**
 * Mounts the data volumes that have a mount path, before any script of the user runs; by id, because devices change their names.
 */
export function mountParts({ data_volumes }: Worker): Mime[] {
  return data_volumes.flatMap(({ device_name, mount_path }) =>
    mount_path === undefined ? [] : [shellPart(mountScript(device_name, mount_path))],
  );
}

/** A volume is attached some seconds after the start; one with something on it keeps it. */
function mountScript(device: string, path: string): string {
  return [
    "set -o errexit",
    `for _ in $(seq 60); do [ -b ${device} ] && break; sleep 1; done`,
    `blkid ${device} || mkfs.xfs ${device}`,
    `mkdir -p ${path}`,
    `echo "UUID=$(blkid -s UUID -o value ${device}) ${path} auto defaults,nofail 0 2" >>/etc/fstab`,
    `mount ${path}`,
    "",
  ].join("\n");
}
