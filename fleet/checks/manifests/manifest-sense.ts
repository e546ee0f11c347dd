import { isMap, valueAt } from "../../../language/plain-map";
import { didYouMean } from "../../../language/suggest";
import type { Path } from "../../../language/yaml/tree";
import { groupAndKind, type WrittenObject } from "../../addons/manifests";
import type { Subject } from "../../model/subject";
import type { Check, Finding } from "../../rules/finding";
import { knownFields } from "./manifest-fields";
import { malformedPart } from "./manifest-shape";
import {
  boundAccounts,
  ingressHosts,
  limitTypes,
  podParts,
  priorities,
  servicePorts,
  volumeTypes,
} from "./manifest-values";
import {
  autoscalerBounds,
  closedQuotas,
  containerResources,
  cronJobs,
  disruptionBudgets,
  limitRanges,
  nodePorts,
  policyRanges,
  restartPolicy,
} from "./manifest-workloads";

/** A rule about one well-formed object. Its paths begin at the object. */
type ObjectRule = (object: WrittenObject) => readonly Finding[];

/** Rules about objects that the API refuses, that never work, or that stop or open the cluster. */
export const manifestSenseRules: readonly Check[] = [
  knownKinds,
  knownFields,
  podLabels,
  labelValues,
  failingWebhooks,
  deniesSystem,
  bindsEverybody,
  restartPolicy,
  containerResources,
  cronJobs,
  autoscalerBounds,
  disruptionBudgets,
  nodePorts,
  limitRanges,
  closedQuotas,
  limitTypes,
  policyRanges,
  servicePorts,
  ingressHosts,
  priorities,
  boundAccounts,
  volumeTypes,
  podParts,
].map(
  (rule: ObjectRule): Check =>
    ({ definition }: Subject) =>
      definition.tfvars.extra_manifests.flatMap(({ manifests, namespace }, item) =>
        manifests.flatMap((object, index) => {
          if (malformedPart(object) !== undefined) return [];
          const path = ["tfvars", "extra_manifests", item, "manifests", index];
          return rule(inNamespace(object, namespace)).map((finding) => ({
            ...finding,
            path: [...path, ...finding.path],
          }));
        }),
      ),
);

/** Returns an object with the namespace of its release, which Helm uses for an object without one. */
function inNamespace(object: WrittenObject, namespace: string): WrittenObject {
  const { metadata } = object;
  return isMap(metadata) ? { ...object, metadata: { namespace, ...metadata } } : object;
}

/** Kinds of the API groups of Kubernetes that cannot get others: its API reference, 1.32 to 1.36. */
const KINDS: Readonly<Record<string, string>> = {
  "": "ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount",
  apps: "ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet",
  batch: "CronJob Job",
  autoscaling: "HorizontalPodAutoscaler",
  policy: "PodDisruptionBudget",
  "rbac.authorization.k8s.io": "ClusterRole ClusterRoleBinding Role RoleBinding",
};

function knownKinds(object: WrittenObject): Finding[] {
  const [group = "", kind = ""] = groupAndKind(object).split("/");
  if (!Object.hasOwn(KINDS, group)) return [];
  const kinds = (KINDS[group] ?? "").split(" ");
  if (kinds.includes(kind)) return [];
  const name = group === "" ? "v1" : group;
  return [{ path: ["kind"], message: `${kind} is not a kind of ${name}${didYouMean(kind, kinds) || ". Correct it"}` }];
}

const WITH_SELECTOR: readonly string[] = ["apps/Deployment", "apps/StatefulSet", "apps/DaemonSet", "apps/ReplicaSet"];

/** The API refuses an object whose selector does not match the labels of its own pods. */
function podLabels(object: WrittenObject): Finding[] {
  const kind = groupAndKind(object);
  if (!WITH_SELECTOR.includes(kind)) return [];
  const wanted = valueAt(object, "spec", "selector", "matchLabels");
  const labels = valueAt(object, "spec", "template", "metadata", "labels");
  if (!isMap(wanted)) return [];
  return Object.entries(wanted).flatMap(([key, value]) =>
    valueAt(labels, key) === value
      ? []
      : [
          {
            path: ["spec", "selector", "matchLabels", key],
            message:
              "does not match the labels of template, so Kubernetes refuses the object. Use the same label in both",
          },
        ],
  );
}

const LONGEST_LABEL = 63;
const LABEL = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)?$/;

function labelValues(object: WrittenObject): Finding[] {
  const places: readonly Path[] = [
    ["metadata", "labels"],
    ["spec", "template", "metadata", "labels"],
    ["spec", "selector", "matchLabels"],
  ];
  return places.flatMap((path) => {
    const labels = valueAt(object, ...path.map(String));
    if (!isMap(labels)) return [];
    return Object.entries(labels).flatMap(([key, value]): Finding[] => {
      if (typeof value !== "string" || (value.length <= LONGEST_LABEL && LABEL.test(value))) return [];
      const message = `must have at most ${LONGEST_LABEL} letters, digits, dots, dashes and underscores, and begin and end with a letter or digit`;
      return [{ path: [...path, key], message }];
    });
  });
}

const WEBHOOKS: readonly string[] = ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"];

/** While such a webhook does not answer, nothing can be created, and its own pods neither. */
function failingWebhooks(object: WrittenObject): Finding[] {
  const webhooks = object["webhooks"];
  if (!WEBHOOKS.includes(String(object["kind"])) || !Array.isArray(webhooks)) return [];
  return webhooks.flatMap((webhook: unknown, index): Finding[] => {
    const rules = valueAt(webhook, "rules");
    const all =
      Array.isArray(rules) &&
      rules.some((rule) =>
        [valueAt(rule, "resources"), valueAt(rule, "apiGroups")].every(
          (list) => Array.isArray(list) && list.some((each) => String(each).startsWith("*")),
        ),
      );
    const limited = ["namespaceSelector", "objectSelector"].some((key) => {
      const selector = valueAt(webhook, key);
      return isMap(selector) && Object.keys(selector).length > 0;
    });
    if (!all || limited || valueAt(webhook, "failurePolicy") === "Ignore") return [];
    const message =
      "refuses every change while it does not answer, also of the pods that it runs in. Set failurePolicy: Ignore, or limit it by rules or a namespaceSelector";
    return [{ path: ["webhooks", index], message, severity: "warning" }];
  });
}

const SYSTEM = "kube-system";

function deniesSystem(object: WrittenObject): Finding[] {
  if (groupAndKind(object) !== "networking.k8s.io/NetworkPolicy" || valueAt(object, "metadata", "namespace") !== SYSTEM)
    return [];
  const spec = valueAt(object, "spec");
  const selector = valueAt(spec, "podSelector");
  const limited = isMap(selector) && Object.keys(selector).length > 0;
  const empty = ["ingress", "egress"].every((key) => {
    const rules = valueAt(spec, key);
    return rules === undefined || rules === null || (Array.isArray(rules) && rules.length === 0);
  });
  if (limited || !empty) return [];
  const message = `denies all traffic of ${SYSTEM}, such as DNS. Limit its podSelector, or allow what CoreDNS and the controllers require`;
  return [{ path: ["spec"], message, severity: "warning" }];
}

const EVERYBODY: readonly unknown[] = ["system:unauthenticated", "system:anonymous", "system:authenticated"];
const HARMLESS: readonly unknown[] = [
  "system:discovery",
  "system:basic-user",
  "system:public-info-viewer",
  "system:service-account-issuer-discovery",
];

/** Roles that may change everything. */
const POWERFUL: readonly unknown[] = ["cluster-admin", "admin"];

/** Returns which pods are meant by a subject that no pod chooses: one that names no service account. */
function podsOf(subject: unknown): string | undefined {
  const [kind, name, namespace] = ["kind", "name", "namespace"].map((key) => valueAt(subject, key));
  if (kind === "ServiceAccount" && name === "default")
    return `every pod of ${String(namespace)} without a service account of its own`;
  const [, of] = typeof name === "string" ? (name.match(/^system:serviceaccounts(?::(.+))?$/) ?? []) : [];
  if (name === "system:serviceaccounts") return "every pod of the cluster";
  return of === undefined ? undefined : `every pod of ${of}`;
}

function bindsEverybody(object: WrittenObject): Finding[] {
  const kind = groupAndKind(object);
  const subjects = object["subjects"];
  if (!/^rbac\.authorization\.k8s\.io\/(?:Cluster)?RoleBinding$/.test(kind) || !Array.isArray(subjects)) return [];
  const role = valueAt(object, "roleRef", "name");
  if (HARMLESS.includes(role)) return [];
  return subjects.flatMap((subject: unknown, index): Finding[] => {
    const name = valueAt(subject, "name");
    const pods = POWERFUL.includes(role) ? podsOf(subject) : undefined;
    if (pods !== undefined) {
      const message = `gives ${String(role)} to ${pods}. Create a service account for the pods that require it`;
      return [{ path: ["subjects", index], message, severity: "warning" }];
    }
    if (!EVERYBODY.includes(name)) return [];
    const message = `gives ${String(role)} to ${String(name)}: to everybody who reaches the API${name === "system:authenticated" ? " with any identity" : ""}. Name users, groups or service accounts`;
    return [
      {
        path: ["subjects", index],
        message,
        ...(role === "cluster-admin" || name !== "system:authenticated" ? {} : { severity: "warning" as const }),
      },
    ];
  });
}
