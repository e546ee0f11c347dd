import type { Values } from "../../../addons/contract/addon";
import { alloy } from "../../../addons/observability/alloy";
import { contextOf, findingsOf, optionsOf, valuesOf } from "../support/context";

type Given = Parameters<typeof valuesOf<typeof alloy.options>>[2];
const content = (given: Given = {}): string => {
  const { alloy: own } = valuesOf(alloy, contextOf(), given) as { alloy: { configMap: { content: string } } };
  return own.configMap.content;
};
const [events] = alloy.further_charts ?? [];

test("reads the files of its node, and continues at the same position after a restart", () => {
  expect(valuesOf(alloy)).toMatchObject({
    crds: { create: false },
    alloy: {
      enableReporting: false,
      storagePath: "/var/lib/alloy",
      mounts: { varlog: true, extra: [{ name: "data", mountPath: "/var/lib/alloy" }] },
    },
    controller: {
      type: "daemonset",
      priorityClassName: "system-node-critical",
      tolerations: [{ operator: "Exists" }],
      volumes: { extra: [{ name: "data", hostPath: { path: "/var/lib/alloy", type: "DirectoryOrCreate" } }] },
    },
  });
});

test("sends all pods' logs to Loki, with the cluster's name", () => {
  expect(content()).toContain('url = "http://loki-gateway.loki.svc/loki/api/v1/push"');
  expect(content()).toContain('cluster = "demo",');
  expect(content()).toContain('field = "spec.nodeName=" + sys.env("HOSTNAME")');
  expect(content()).not.toContain('action        = "');
  expect(content({ labels: { team: "platform" } })).toContain('team = "platform",');
});

test.each([
  [{ include_namespaces: ["a", "b"] }, 'regex         = "a|b"\n    action        = "keep"'],
  [{ exclude_namespaces: ["kube-system"] }, 'regex         = "kube-system"\n    action        = "drop"'],
])("sends logs of some namespaces only: %p", (given, rule) => {
  expect(content(given)).toContain(rule);
});

test("closes every block of its configuration", () => {
  for (const text of [content(), content({ include_namespaces: ["a"], labels: { b: "c" } })]) {
    expect(text.split("{").length).toBe(text.split("}").length);
    expect(text.split('"').length % 2).toBe(1);
    expect(text).not.toContain("${");
  }
});

test("sends the cluster's events from one pod", () => {
  const values = events?.values(contextOf(), optionsOf(alloy, { include_namespaces: ["a"] })) as Record<string, Values>;

  expect(events?.included?.(contextOf(), optionsOf(alloy))).toBe(true);
  expect(events?.included?.(contextOf(), optionsOf(alloy, { kubernetes_events: false }))).toBe(false);
  expect(values).toMatchObject({
    fullnameOverride: "alloy-events",
    controller: { type: "deployment", replicas: 1 },
    alloy: { mounts: { varlog: false }, configMap: { content: expect.stringContaining('namespaces = ["a"]') } },
  });
});

test("refuses namespaces that are both included and excluded", () => {
  expect(findingsOf(alloy, { include_namespaces: ["a"], exclude_namespaces: ["b"] })).toEqual([
    "options.exclude_namespaces: has no effect because include_namespaces lists all collected namespaces. Remove one of them",
  ]);
});
