import type { StackReport } from "./report";

/** A kind of change, and the effects that only a real cloud shows. */
interface Unknown {
  readonly when: (changed: Changed) => boolean;
  readonly what: string;
}

/** Resource types by what happens to them. */
interface Changed {
  readonly made: ReadonlySet<string>;
  readonly updated: ReadonlySet<string>;
  readonly gone: ReadonlySet<string>;
}

const any = (types: ReadonlySet<string>, pattern: RegExp): boolean => [...types].some((type) => pattern.test(type));

const UNKNOWN: readonly Unknown[] = [
  {
    when: ({ made }) => any(made, /^aws_/),
    what: "whether the account may create this: its quotas, the permissions of the role, whether a zone sells the instance types",
  },
  {
    when: ({ made, updated }) => made.has("helm_release") || updated.has("helm_release"),
    what: "whether each chart exists, accepts its values, and whether its pods start",
  },
  {
    when: ({ made, updated }) =>
      [made, updated].some((types) => any(types, /^aws_(eks_node_group|launch_template|autoscaling_group)$/)),
    what: "whether new nodes join, and how long pods take to leave old ones (PodDisruptionBudgets may stop it)",
  },
  {
    when: ({ updated }) => updated.has("aws_eks_cluster"),
    what: "what the update insights of EKS report, and the duration of the control plane's update",
  },
  {
    when: ({ gone }) => gone.size > 0,
    what: "what else still uses the resources that go, such as load balancers and volumes that Kubernetes created",
  },
  {
    when: ({ made, updated, gone }) => made.size + updated.size + gone.size > 0,
    what: "whether the real resources were changed by hand: only a plan against the account shows drift",
  },
];

/** Returns the effects of these changes that cannot be tested without a cloud. */
export function unknownOffline(
  stacks: readonly Pick<StackReport, "create" | "update" | "replace" | "destroy">[],
): string[] {
  const types = (addresses: readonly string[]): ReadonlySet<string> => new Set(addresses.map(typeOf));
  const changed: Changed = {
    made: types(stacks.flatMap(({ create, replace }) => [...create, ...replace.map(({ address }) => address)])),
    updated: types(stacks.flatMap(({ update }) => update.map(({ address }) => address))),
    gone: types(stacks.flatMap(({ destroy, replace }) => [...destroy, ...replace.map(({ address }) => address)])),
  };
  return UNKNOWN.filter(({ when }) => when(changed)).map(({ what }) => what);
}

const typeOf = (address: string): string => address.split(".")[0] ?? address;
