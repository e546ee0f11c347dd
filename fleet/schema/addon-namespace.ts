import { z } from "zod";
import { namespaceAnnotations, namespaceDeleteMinutes, namespaceLabels, podSecurity } from "./extras";

/** Settings of the namespaces that an addon creates. */
export const addonNamespace = z.strictObject({
  labels: namespaceLabels,
  annotations: namespaceAnnotations,
  pod_security: podSecurity
    .optional()
    .describe(
      "Pod Security Standard that the namespace enforces. Default: the strictest that the addon's own pods meet. Your `values` can require a laxer one.",
    ),
  delete_minutes: namespaceDeleteMinutes,
});
