import { operatingSystemOf } from "../../../aws/ami";
import { bottlerocketText } from "./bottlerocket";
import type { Booting } from "./join";
import { mimeText } from "./mime";
import { nodeadmParts } from "./nodeadm";
import { windowsText } from "./windows";

/** Bytes of user data that EC2 accepts, before the encoding. */
export const MOST_BYTES = 16_384;

/** Returns the user data of a group's instances, as their operating system expects it; undefined if it would be empty. */
export function userData(booting: Booting): string | undefined {
  const system = operatingSystemOf(booting.worker);
  switch (system) {
    case "AL2023": {
      const parts = nodeadmParts(booting);
      return parts.length === 0 ? undefined : mimeText(parts);
    }
    case "BOTTLEROCKET":
      return bottlerocketText(booting);
    case "WINDOWS":
      return windowsText(booting);
    default: {
      const unknown: never = system;
      throw new TypeError(`no user data for ${unknown}`);
    }
  }
}
