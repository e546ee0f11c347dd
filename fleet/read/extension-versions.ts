import { z } from "zod";
import { catalogue } from "../../addons/catalogue";
import { type Addon, chartsOf } from "../../addons/contract/addon";
import { extensionsOf } from "../../language/extensions/own";
import { fileName } from "../../language/words/names";
import { plainWord } from "../../language/words/text";
import { chart } from "../schema/releases/release";

const ADDONS: Readonly<Record<string, Addon>> = catalogue;

/** The addons of `extensions/addons/`. */
export const ownAddonNames: readonly string[] = extensionsOf("addons")
  .map(({ name }) => name.replaceAll("-", "_"))
  .filter((name) => ADDONS[name] !== undefined);

const own = ownAddonNames.flatMap((name) => ADDONS[name] ?? []);

/** A map with these keys only. */
function mapOf<Value extends z.ZodType>(keys: readonly string[], value: Value) {
  return z.strictObject(Object.fromEntries(keys.map((key) => [key, value.optional()])));
}

const charts = own.flatMap(chartsOf);
const eksAddons = own.flatMap((addon) => (addon.kind === "eks" ? [addon.eks_name] : []));

/** `definitions/extensions.yaml` */
export const extensionVersions = z.strictObject({
  charts: mapOf(charts, chart)
    .optional()
    .describe("Addon of `extensions/addons/` -> Helm chart and its exact version, for every release."),
  eks_addons: mapOf(eksAddons, plainWord)
    .optional()
    .describe("EKS add-on of an addon of `extensions/addons/` -> version, for every release."),
  releases: z
    .record(
      fileName,
      z.strictObject({
        charts: mapOf(charts, chart.partial())
          .optional()
          .describe("What differs in this release, such as the version of a chart."),
        eks_addons: mapOf(eksAddons, plainWord).optional().describe("Versions in this release."),
      }),
    )
    .optional()
    .describe("Release -> its own versions, so that a channel can be ahead of another."),
});
