import { concourse } from "../../../addons/delivery/concourse";
import { githubActionsRunners } from "../../../addons/delivery/github-actions-runners";
import { falco } from "../../../addons/security/falco";
import { contextOf, manifestsOf } from "../support/context";

const falcosidekick = {
  alertmanager: false,
  alertmanager_minimum_priority: "critical" as const,
  secret: "falcosidekick",
};
const { service_level } = contextOf();
const at = (replicas: number) => contextOf({ service_level: { ...service_level, replicas } });

test.each([
  ["concourse", (replicas: number) => manifestsOf(concourse, at(replicas)), "concourse", { app: "concourse-web" }],
  [
    "falco",
    (replicas: number) => manifestsOf(falco, at(replicas), { falcosidekick }),
    "falco",
    { "app.kubernetes.io/name": "falcosidekick", "app.kubernetes.io/component": "core" },
  ],
  [
    "github_actions_runners",
    (replicas: number) => manifestsOf(githubActionsRunners, at(replicas)),
    "arc-systems",
    {
      "app.kubernetes.io/component": "controller-manager",
      "app.kubernetes.io/instance": "github-actions-runners",
    },
  ],
])(
  "%s, whose chart has no budget for its replicas, gets one if there are several",
  (_, manifests, namespace, matchLabels) => {
    expect(manifests(2)).toEqual([
      {
        apiVersion: "policy/v1",
        kind: "PodDisruptionBudget",
        metadata: { name: expect.any(String), namespace },
        spec: { maxUnavailable: 1, selector: { matchLabels } },
      },
    ]);
    expect(manifests(1)).toEqual([]);
  },
);
