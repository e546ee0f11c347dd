import type { Tfvars } from "../cluster";
import type { Path } from "../yaml/tree";
import type { Check, Finding } from "./finding";

const GROUPS = ["tfvars", "cluster", "security_groups"] as const;
type Part = Tfvars["cluster"]["security_groups"]["nodes"];
type Rule = Part["rules"][number];

const OTHER_SIDES = ["cidr", "security_group_id", "prefix_list_id", "peer"] as const;

/** Every rule says one thing, and no group is attached twice. */
export const checkSecurityGroups: Check = ({ definition }) => {
  const { security_groups } = definition.tfvars.cluster;
  const { additional_ids } = security_groups.control_plane;
  const twice = additional_ids.flatMap((id, index) =>
    additional_ids.indexOf(id) < index
      ? [
          {
            path: [...GROUPS, "control_plane", "additional_ids", index],
            message: `lists ${id} twice: list each group once`,
          },
        ]
      : [],
  );
  const ofRules = (["control_plane", "nodes"] as const).flatMap((name) => {
    const path = [...GROUPS, name];
    const { rules } = security_groups[name];
    return [...rules.flatMap((rule, index) => ruleFindings(rule, [...path, "rules", index]))];
  });
  return [...twice, ...ofRules];
};

function ruleFindings(rule: Rule, path: Path): Finding[] {
  return [...otherSide(rule, path), ...ports(rule, path)];
}

function otherSide(rule: Rule, path: Path): Finding[] {
  const sides = OTHER_SIDES.filter((side) => rule[side] !== undefined);
  if (sides.length === 1) return [];
  const said = sides.length === 0 ? "names no other side" : `names ${sides.join(" and ")}`;
  return [{ path, message: `${said}: give it one of ${OTHER_SIDES.join(", ")}` }];
}

function ports({ from_port, protocol, to_port }: Rule, path: Path): Finding[] {
  if (protocol === "all" || protocol === "icmp") {
    const key = from_port === undefined ? "to_port" : "from_port";
    if (from_port === undefined && to_port === undefined) return [];
    return [
      { path: [...path, key], message: `has no effect with protocol ${protocol}, which has no ports: remove it` },
    ];
  }
  if (from_port === undefined)
    return [
      {
        path,
        message: `must have a from_port, because ${protocol} has ports; 0 and a to_port of 65535 are all of them`,
      },
    ];
  if (to_port !== undefined && to_port < from_port)
    return [{ path: [...path, "to_port"], message: `must be at least from_port (${from_port}), got ${to_port}` }];
  return [];
}
