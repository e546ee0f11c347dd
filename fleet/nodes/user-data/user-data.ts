import { operatingSystemOf } from "../../../aws/ami";
import { bottlerocketText } from "./bottlerocket";
import type { Booting } from "./join";
import { mimeText } from "./mime";
import { nodeadmParts } from "./nodeadm";
import { windowsText } from "./windows";

/** What EC2 takes, before it is encoded. */
export const MOST_BYTES = 16_384;

/** What a group's instances are given to boot by, in the way of their operating system; undefined where there is nothing. */
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
