import { hasNoSpot, isOffered, isRetired, OFFERINGS_DATE } from "../../../aws/instance-offerings";
import { instanceLimits, instanceTypes } from "../../../aws/instance-types";
import { matchesWildcards } from "../../../language/wildcard";
import { buysSpot, namedTypes } from "../../nodes/worker-kind";
import { eachNamedType, eachWorker, type WorkerRule } from "../../rules/each-worker";

/** Families of before 2014, without enhanced networking (ENA) and IPv6: ec2:DescribeInstanceTypes, `EnaSupport` and `Ipv6Supported`. */
const EARLY = /^(?:c1|m[1-3]|t1)\./;

const early = eachNamedType(
  (type) =>
    EARLY.test(type) && instanceLimits(type) !== undefined
      ? `${type} is a previous generation type without enhanced networking (ENA) and IPv6. Use a current type, such as m7i.large`
      : undefined,
  "warning",
);

/** EKS's guide to choosing instance types: AL2023 runs on Graviton2 and later. */
const firstGraviton = eachNamedType((type, { ami_type }) =>
  type.startsWith("a1.") && ami_type.startsWith("AL2023_ARM")
    ? `${type} has a Graviton1 processor, which AL2023 does not support. Use a type with a later one, such as m7g.large`
    : undefined,
);

/** A capacity block is bought in its region before the group is written. */
const inRegion: WorkerRule = (worker, subject) => {
  if (worker.capacity_type === "CAPACITY_BLOCK") return [];
  const region = subject.definition.tfvars.common.aws_region;
  const lacking = eachNamedType((type) => {
    if (EARLY.test(type) || isOffered(type, region)) return undefined;
    const where = isRetired(type) ? "no region offered" : `${region} did not offer`;
    return `${where} ${type} on ${OFFERINGS_DATE}. Use another type, unless AWS offers it now`;
  }, "warning");
  const because = [["tfvars", "common", "aws_region"]];
  return lacking(worker, subject).map((finding) => ({ ...finding, because }));
};

/** Warns of names with wildcards that match only types which the region does not offer. */
const allowedInRegion: WorkerRule = ({ instance_requirements }, { definition }) => {
  const allowed = instance_requirements?.allowed_instance_types;
  const region = definition.tfvars.common.aws_region;
  if (allowed === undefined) return [];
  const matched = allowed.map((pattern) => instanceTypes().filter((type) => matchesWildcards(pattern, type)));
  if (matched.some((types) => types.length === 0)) return []; // newer than the list
  if (matched.flat().some((type) => isOffered(type, region))) return [];
  const message = `${region} offered none of these types on ${OFFERINGS_DATE}. Allow others`;
  return [{ path: ["instance_requirements", "allowed_instance_types"], message, severity: "warning" }];
};

/** Refuses spot groups of types that have no spot instances; a group with other types too gets those. */
const spot: WorkerRule = (worker) => {
  const types = namedTypes(worker);
  if (types.length === 0 || !buysSpot(worker) || !types.every(hasNoSpot)) return [];
  const message = `EC2 sells no spot instances of ${types.join(" and ")}. Set capacity_type: ON_DEMAND or use another type`;
  return [{ path: ["capacity_type"], because: [["instance_types"]], message }];
};

/** Refuses instance types that the image does not support, and warns of those that EC2 would not start. */
export const checkOfferings = eachWorker([early, firstGraviton, inRegion, allowedInRegion, spot]);
