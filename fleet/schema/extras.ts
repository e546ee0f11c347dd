import { z } from "zod";
import { iamStatement } from "../../language/words/iam";
import { dnsLabel, labelKey, labelValue, objectName } from "../../language/words/kubernetes";
import { itemName } from "../../language/words/names";
import { chartRepository } from "../../language/words/network";
import { plainWord, rawValues } from "../../language/words/text";
import { exactVersion } from "../../language/words/versions";

/**
 * The longest name of an extra chart: with the account's id behind it, and a long cluster's name before it, it must still make
 * the name of a bucket (63 characters).
 */
const LONGEST_NAME = 38;

/** Further labels of a namespace that the program creates. */
export const namespaceLabels = z
  .record(
    labelKey.regex(/^(?!pod-security\.kubernetes\.io\/enforce$)/, "is a label that pod_security sets. Remove it"),
    labelValue,
  )
  .optional()
  .describe("Further labels of the namespace, such as `istio-injection: enabled`. They override generated labels.");

export const namespaceAnnotations = z.record(labelKey, z.string()).optional().describe("Annotations of the namespace.");

export const namespaceDeleteMinutes = z
  .int()
  .min(5)
  .max(240)
  .optional()
  .describe(
    "Minutes that Terraform waits until the namespace is deleted. Default: 15, or 10 more than the longest terminationGracePeriodSeconds in the values.",
  );

export const podSecurity = z.enum(["privileged", "baseline", "restricted"]);

const after = z
  .array(itemName(LONGEST_NAME))
  .optional()
  .describe("Extra charts and manifests that are installed first. Addons are always installed first.");

/** Keys that an extra chart can inherit from `extra_chart_defaults`. */
export const extraChartDefaults = z.strictObject({
  pod_security: podSecurity
    .nullable()
    .describe("Creates the namespace, with this Pod Security Standard; null if the namespace is created elsewhere."),
  wait: z
    .boolean()
    .describe("Waits until the pods are ready, for at most 10 minutes, and otherwise rolls the release back."),
});

const extraChart = extraChartDefaults.extend({
  name: itemName(LONGEST_NAME).describe(
    "Name of the Helm release. Must not be the name of an addon. Renaming replaces the release with all its objects.",
  ),
  repository: chartRepository.describe("https:// address of a chart repository, or oci:// of a registry."),
  chart: plainWord
    .regex(/^(?!.*:\/\/)/, "must be the chart's name. Put the address into repository")
    .describe("Name of the chart."),
  version: exactVersion.describe("Exact version of the chart."),
  namespace: dnsLabel.describe("Namespace of the release. Changing it replaces the release."),
  namespace_labels: namespaceLabels,
  namespace_annotations: namespaceAnnotations,
  namespace_delete_minutes: namespaceDeleteMinutes,
  values: rawValues.optional().describe("Helm values. Default: the chart's own. Must not contain secrets."),
  after,
  before_nodes: z
    .boolean()
    .optional()
    .describe(
      "true: installs the chart in the stack eks-workers, before the first node, because nodes are not Ready without it, such as a CNI in place of vpc_cni. Its pods are not waited for, and its hooks must not need a node. Set it when the cluster is created: a change moves the chart to another state (docs/nodes.md). Default: false.",
    ),
  service_account: objectName
    .optional()
    .describe(
      "Service account of the chart's pods. It gets a role with the permissions and the bucket. Omit it if the pods call no AWS API.",
    ),
  permissions: z
    .array(iamStatement)
    .min(1)
    .optional()
    .describe("Statements of the role's IAM policy. Optional. Requires service_account."),
  bucket: z
    .strictObject({
      expire_days: z
        .int()
        .min(1)
        .nullable()
        .describe("Days after which objects are deleted; null keeps them until the chart deletes them."),
    })
    .optional()
    .describe(
      "Creates an encrypted S3 bucket `<cluster>-<name>-<account id>` that the service account may read and write. Optional.",
    ),
});

/** Charts that are not in the catalogue. */
export const extraCharts = z
  .array(extraChart)
  .max(100)
  .describe(
    "Charts that are not addons. Each item inherits extra_chart_defaults. They are installed after all addons and removed before them, except those with before_nodes.",
  );

const extraManifest = z.strictObject({
  name: itemName(LONGEST_NAME).describe(
    "Name of the Helm release that contains the objects. Renaming deletes and recreates the objects.",
  ),
  namespace: dnsLabel.describe(
    "Namespace of the release, and of objects that set none. It must exist, or another item must create it. Changing it replaces all objects.",
  ),
  manifests: z
    .array(rawValues)
    .min(1)
    .describe("Kubernetes objects, each as in a file of its own. Secrets and templates are not supported."),
  after,
});

/** Kubernetes objects that no chart is for. */
export const extraManifests = z
  .array(extraManifest)
  .max(100)
  .describe("Your own Kubernetes objects. Each item is one Helm release, installed after all addons.");
