import { z } from "zod";
import { fileName } from "../../../language/words/names";
import { plainWord, text } from "../../../language/words/text";
import { minorVersion } from "../../../language/words/versions";
import { CHARTS, EKS_ADDONS } from "./release";

const sighting = text(
  /^\S.*, \d{4}-\d{2}(?:-\d{2})?(?: to \d{4}-\d{2})?$/,
  "where the version was seen, and when",
  "describe-addon-versions, eu-west-1, 2026-09-04",
);

/** Version -> Kubernetes minor version -> where and when the version was seen. */
const sightings = z.record(plainWord, z.record(minorVersion, sighting));

/** `definitions/seen-versions.yaml`: the versions of releases that were seen at EKS, by the keys of a release. */
export const seenVersions = z.strictObject({
  ami_release_version: sightings.optional(),
  bottlerocket_version: sightings.optional(),
  windows_ami_release_version: sightings.optional(),
  eks_addons: z.partialRecord(z.enum(EKS_ADDONS), sightings).optional(),
  images: z.partialRecord(z.enum(["cluster_autoscaler", "kubectl"]), sightings).optional(),
  /** Key of a chart in releases -> version -> registry that has it, and when it was seen there. */
  charts: z.partialRecord(z.enum(CHARTS), z.record(plainWord, sighting)).optional(),
  /** Release -> Kubernetes minor version -> pins that are allowed although they were never seen. */
  never_seen: z.record(fileName, z.record(minorVersion, z.array(z.string()))).optional(),
});
