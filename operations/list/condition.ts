import { ExpectedError } from "../../language/expected-error";
import { listed } from "../../language/suggest";
import { compareValues, isVersion } from "./compare";
import { type Candidate, type LeftSide, leftSide } from "./left-side";

/** True for clusters that satisfy a condition. */
export type Condition = (cluster: Candidate) => boolean;

/** Accepted orders of a value and the right side, by operator. */
const OPERATORS: Readonly<Record<string, (order: number) => boolean>> = {
  "=": (order) => order === 0,
  "!=": (order) => order !== 0,
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
};

/**
 * Reads a condition such as `kubernetes_version<1.34`. If the left side has several values, one of them must satisfy it; with `!=`, all
 * must.
 *
 * @throws ExpectedError if the condition has no operator, or an unknown key
 */
export function parseCondition(text: string, columns: readonly string[], clusters: readonly Candidate[]): Condition {
  const [, left = "", sign = "", right = ""] = /^([^=!<>~]*)([=!<>~]+)(.*)$/s.exec(text) ?? [];
  const meets = Object.hasOwn(OPERATORS, sign) ? OPERATORS[sign] : undefined;
  if (meets === undefined) {
    const what = sign === "" ? "has no operator" : `has the unknown operator ${sign}`;
    const operators = Object.keys(OPERATORS).join(" ");
    throw new ExpectedError(`condition ${JSON.stringify(text)} ${what}. Operators: ${operators}`);
  }
  const read = leftSide(left.trim(), columns, clusters);
  const isMet = comparison({ left: left.trim(), meets, read, right: right.trim(), sign });
  for (const cluster of clusters) isMet(cluster); // a wrong right side is an error even if no cluster needs it
  return isMet;
}

interface Comparison {
  readonly left: string;
  readonly read: LeftSide;
  readonly sign: string;
  readonly meets: (order: number) => boolean;
  readonly right: string;
}

function comparison({ left, meets, read, right, sign }: Comparison): Condition {
  const isEquality = sign === "=" || sign === "!=";
  const holds = (value: unknown): boolean => {
    if (value === null || value === undefined) return isEquality && meets(right === "null" ? 0 : 1);
    if (typeof value === "object")
      throw new ExpectedError(`${left} is a map. Compare one of its keys: ${keysOf(value)}`);
    if (typeof value === "boolean" && !(isEquality && /^(?:true|false)$/.test(right)))
      throw new ExpectedError(`${left} is true or false. Compare it with =true or =false`);
    if (typeof value === "number" && (right === "" || Number.isNaN(Number(right))))
      throw new ExpectedError(`${left} is a number, but ${JSON.stringify(right)} is not`);
    if (isEquality && typeof value !== "number") return meets(String(value) === right ? 0 : 1);
    if (typeof value === "string" && isVersion(value) && !isVersion(right))
      throw new ExpectedError(`${left} is a version, such as ${value}, but ${JSON.stringify(right)} is not`);
    return meets(compareValues(value, typeof value === "number" ? Number(right) : right));
  };
  return (cluster) => {
    const values = read(cluster);
    if (values.length === 0) return holds(undefined);
    return sign === "!=" ? values.every(holds) : values.some(holds);
  };
}

function keysOf(value: object): string {
  return listed(Object.keys(value), 20);
}
