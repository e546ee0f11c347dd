import type { RuleId } from "../../language/rule-ids";
import type { Check } from "../rules/finding";
import { checkManifestNamespaces } from "./addons/extra-namespaces";
import { checkManifestKinds } from "./manifests/manifest-kinds";
import { manifestSenseRules } from "./manifests/manifest-sense";
import {
  checkManifestShapes,
  checkManifestsAfterKinds,
  checkManifestsOnce,
  checkSecretObjects,
} from "./manifests/manifests";

/** Rules about the objects in `extra_manifests`, by their ids. */
export const MANIFEST_CHECKS: readonly (readonly [RuleId, readonly Check[]])[] = [
  ["manifest-shapes", [checkManifestShapes]],
  ["manifest-sense", manifestSenseRules],
  ["manifests-once", [checkManifestsOnce]],
  ["manifests-after-kinds", [checkManifestsAfterKinds]],
  ["manifest-namespaces", [checkManifestNamespaces]],
  ["manifest-kinds", [checkManifestKinds]],
  ["secret-objects", [checkSecretObjects]],
];
