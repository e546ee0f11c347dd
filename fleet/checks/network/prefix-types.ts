import { takesPrefixes } from "../../../aws/instance-types";
import { eachNamedType, eachWorker } from "../../rules/each-worker";
import type { Check } from "../../rules/finding";

const perType = eachWorker([
  eachNamedType((type) => {
    if (takesPrefixes(type)) return undefined;
    return `${type} accepts no prefixes, because it is not a Nitro type, so its nodes have no address for pods. Use a Nitro type, or set vpc_cni.prefix_delegation: false`;
  }, "warning"),
]);

/** Warns of types whose network interfaces accept no prefixes: the Amazon EKS guide, prefix mode. */
export const checkPrefixTypes: Check = (subject) =>
  subject.definition.tfvars.cluster.vpc_cni.prefix_delegation ? perType(subject) : [];
