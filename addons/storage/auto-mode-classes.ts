import type { Manifest } from "../contract/addon";
import { STORAGE_CLASS, storageClass } from "../parts/storage-class";

const INGRESS_CLASS = "alb";

/** Classes for the controllers of Auto Mode, with the same names as the classes of the addons on other clusters. */
export const AUTO_MODE_CLASSES: readonly Manifest[] = [
  storageClass({
    name: STORAGE_CLASS,
    provisioner: "ebs.csi.eks.amazonaws.com",
    parameters: { type: "gp3", encrypted: "true" },
    reclaim_policy: "Delete",
    is_default: true,
    binding: "WaitForFirstConsumer",
    expandable: true,
  }),
  {
    apiVersion: "eks.amazonaws.com/v1",
    kind: "IngressClassParams",
    metadata: { name: INGRESS_CLASS },
    spec: { scheme: "internal" },
  },
  {
    apiVersion: "networking.k8s.io/v1",
    kind: "IngressClass",
    metadata: { name: INGRESS_CLASS },
    spec: {
      controller: "eks.amazonaws.com/alb",
      parameters: { apiGroup: "eks.amazonaws.com", kind: "IngressClassParams", name: INGRESS_CLASS },
    },
  },
];
