import type { GuardException, GuardSettings } from "../../../fleet/model/guard";
import { type GuardOptions, type GuardPolicy, guard } from "../../../operations/guard/guard";
import type { GuardReport } from "../../../operations/guard/report";
import { planOf } from "../../../operations/plans/plan";

export type Json = Record<string, unknown>;

export const OPEN: GuardSettings = {
  protected: false,
  max_clusters_at_once: null,
  max_nodes_percent: 100,
  max_addons_percent: 100,
};
const PROTECTED: GuardSettings = {
  protected: true,
  max_clusters_at_once: 1,
  max_nodes_percent: 33,
  max_addons_percent: 33,
};

export const policyOf = ({
  exceptions = [],
  clusters = {},
  peers = {},
  development = {},
}: {
  readonly exceptions?: readonly GuardException[];
  readonly clusters?: Readonly<Record<string, string>>;
  readonly peers?: Readonly<Record<string, readonly string[]>>;
  readonly development?: Partial<GuardSettings>;
}): GuardPolicy => ({
  tiers: new Map([
    ["development", { ...OPEN, ...development }],
    ["staging", { ...OPEN, ...development }],
    ["production", PROTECTED],
  ]),
  exceptions,
  clusters: new Map(Object.entries(clusters)),
  peers: new Map(Object.entries(peers)),
});

/** Judges plans by the names of their files. */
export function judge(
  plans: Readonly<Record<string, Json>>,
  policy: Parameters<typeof policyOf>[0] = {},
  options: Partial<GuardOptions> = {},
): GuardReport {
  const files = Object.entries(plans).map(([file, plan]) => ({ file, plan: planOf(plan) }));
  return guard(files, {
    policy: policyOf(policy),
    today: "2026-11-30",
    terraform: ">= 1.10.0",
    commit: { id: "0123456789abcdef", time: "2026-02-01T00:00:00Z" },
    ...options,
  });
}

/** Returns every rule that found something, sorted, once for each finding. */
export const rulesOf = ({ findings }: GuardReport): string[] => findings.map(({ rule }) => rule).sort();

/** A plan with some changes, of a cluster in tier development. */
export function plan(changes: readonly Json[], more: Json = {}, tags: Json = {}): Json {
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    timestamp: "2026-11-30T08:00:00Z",
    complete: true,
    errored: false,
    resource_changes: changes,
    configuration: {
      provider_config: {
        aws: {
          name: "aws",
          expressions: {
            default_tags: [
              { tags: { constant_value: { Cluster: "a.example.com", Stack: "addons", Tier: "development", ...tags } } },
            ],
          },
        },
      },
    },
    ...more,
  };
}

/** A change of one resource. */
export function change(
  address: string,
  actions: readonly string[],
  before: unknown,
  after: unknown,
  more: Json = {},
): Json {
  const { after_unknown = {}, before_sensitive = {}, after_sensitive = {}, ...rest } = more;
  return {
    address,
    mode: "managed",
    type: address.split(".")[0],
    name: address.split(".")[1],
    ...rest,
    change: { actions, before, after, after_unknown, before_sensitive, after_sensitive },
  };
}

export const exception = (fields: Partial<GuardException>): GuardException => ({
  name: "one",
  file: "definitions/exceptions/one.yaml",
  rule: "destroy-data",
  cluster: "a.example.com",
  address: "aws_s3_bucket.logs",
  change: "0000000000000000",
  reason: "the logs are copied",
  who: "jane",
  until: "2026-12-15",
  ...fields,
});
