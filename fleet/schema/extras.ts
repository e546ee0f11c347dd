import { z } from "zod";
import { iamStatement } from "../../language/words/iam";
import { dnsLabel, objectName } from "../../language/words/kubernetes";
import { itemName } from "../../language/words/names";
import { chartRepository } from "../../language/words/network";
import { plainWord, rawValues } from "../../language/words/text";
import { exactVersion } from "../../language/words/versions";

/**
 * The longest name of an extra chart: with the account's id behind it, and a long cluster's name before it, it must still make
 * the name of a bucket (63 characters).
 */
const LONGEST_NAME = 38;

const after = z
  .array(itemName(LONGEST_NAME))
  .optional()
  .describe("Names of extra charts and manifests that come first; every addon does anyway.");

/** What an extra chart can leave to `extra_chart_defaults`. */
export const extraChartDefaults = z.strictObject({
  pod_security: z
    .enum(["privileged", "baseline", "restricted"])
    .nullable()
    .describe(
      "Makes the namespace, whose pods may do what this Pod Security Standard allows; null where something else makes it.",
    ),
  wait: z
    .boolean()
    .describe("Waits until its pods are ready, at most ten minutes, and undoes the release if they do not get there."),
});

const extraChart = extraChartDefaults.extend({
  name: itemName(LONGEST_NAME).describe(
    "Name of the Helm release, unlike that of any addon. Renaming replaces the release and all that is in it.",
  ),
  repository: chartRepository.describe("https:// address of a chart repository, or oci:// of a registry."),
  chart: plainWord
    .regex(/^(?!.*:\/\/)/, "must be the chart's name: the address goes into repository")
    .describe("Name of the chart."),
  version: exactVersion.describe("Exact version of the chart."),
  namespace: dnsLabel.describe("Namespace that it is installed in. Another namespace replaces the release."),
  values: rawValues.optional().describe("Helm values; absent for the chart's own. No secret belongs here."),
  after,
  service_account: objectName
    .optional()
    .describe(
      "Service account of its pods that gets the permissions and the bucket, by a role of its own; absent where it calls no AWS API.",
    ),
  permissions: z
    .array(iamStatement)
    .min(1)
    .optional()
    .describe("Statements of the role's IAM policy; absent for none. They need service_account."),
  bucket: z
    .strictObject({
      expire_days: z
        .int()
        .min(1)
        .nullable()
        .describe("Days after which objects go; null keeps them until the chart deletes them."),
    })
    .optional()
    .describe(
      "Makes an encrypted S3 bucket `<cluster>-<name>-<account id>` that the service account may read and write; absent for none.",
    ),
});

/** Charts that are not in the catalogue. */
export const extraCharts = z
  .array(extraChart)
  .max(100)
  .describe(
    "Charts that no addon is for: each takes extra_chart_defaults, comes after every addon and goes before it.",
  );

const extraManifest = z.strictObject({
  name: itemName(LONGEST_NAME).describe(
    "Name of the Helm release that holds the objects. Renaming deletes them and makes them anew.",
  ),
  namespace: dnsLabel.describe(
    "Namespace of the release and of objects that name none: one that exists, or that another item makes. Another one replaces them all.",
  ),
  manifests: z
    .array(rawValues)
    .min(1)
    .describe("Kubernetes objects, each as it would stand in a file of its own. No Secret, and no template."),
  after,
});

/** Kubernetes objects that no chart is for. */
export const extraManifests = z
  .array(extraManifest)
  .max(100)
  .describe("Kubernetes objects of the cluster's own: each item is one Helm release, after every addon.");
