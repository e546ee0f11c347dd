import { unknownOffline } from "../../../operations/rehearse/unknown-offline";

const stack = (changes: Partial<Parameters<typeof unknownOffline>[0][number]>) => ({
  create: [],
  update: [],
  replace: [],
  destroy: [],
  ...changes,
});
const update = (address: string) => stack({ update: [{ address, attributes: [] }] });
const DRIFT = "whether the real resources were changed by hand: only a plan against the account shows drift";

test("names nothing if nothing changes", () => {
  expect(unknownOffline([stack({})])).toEqual([]);
});

test.each([
  [stack({ create: ["aws_vpc.network"] }), [/quotas/]],
  [update("helm_release.grafana"), [/chart/]],
  [update("aws_launch_template.workers"), [/nodes join/]],
  [update("aws_eks_cluster.eks"), [/insights/]],
  [stack({ destroy: ["aws_eip.nat"] }), [/still uses/]],
  [
    stack({ replace: [{ address: "aws_eks_node_group.a", because: [], create_before_destroy: true }] }),
    [/quotas/, /nodes join/, /still uses/],
  ],
])("lists the values that only AWS can answer about %j", (changed, answers) => {
  const unknown = unknownOffline([changed]);
  expect(unknown.slice(0, -1)).toEqual(answers.map((answer) => expect.stringMatching(answer)));
  expect(unknown.at(-1)).toBe(DRIFT);
});
