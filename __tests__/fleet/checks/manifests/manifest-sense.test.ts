import { type Sections, testMessages } from "../../../support/definition";

const objects = (...lines: string[]): Sections => ({
  extra_manifests: `- name: x\n  namespace: default\n  manifests:\n${lines.map((line) => `    - ${line}`).join("\n")}`,
});
const at = (path: string, message: string): string => `tfvars.extra_manifests[x].manifests[0].${path}: ${message}`;
const labelled = (label: string): Sections =>
  objects(`{ apiVersion: v1, kind: ConfigMap, metadata: { name: x, labels: { a: "${label}" } } }`);
const LABEL =
  "must have at most 63 letters, digits, dots, dashes and underscores, and begin and end with a letter or digit";
const deployment = (selector: string): Sections =>
  objects(
    `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: x }, spec: { ${selector} template: { metadata: { labels: { app: a, tier: b } }, spec: { containers: [] } } } }`,
  );
const webhook = (text: string, resources = "*"): Sections =>
  objects(
    `{ apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingWebhookConfiguration, metadata: { name: x }, webhooks: [{ name: a.example.com, admissionReviewVersions: [v1], clientConfig: { service: { name: a, namespace: b } }, sideEffects: None, rules: [{ apiGroups: ["*"], apiVersions: ["*"], operations: ["*"], resources: ["${resources}"] }]${text} }] }`,
  );
const REFUSES =
  "refuses every change while it does not answer, also of the pods that it runs in. Set failurePolicy: Ignore, or limit it by rules or a namespaceSelector";
const policy = (spec: string, namespace = "kube-system"): Sections =>
  objects(
    `{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: x, namespace: ${namespace} }, spec: ${spec} }`,
  );
const DENIES =
  "denies all traffic of kube-system, such as DNS. Limit its podSelector, or allow what CoreDNS and the controllers require";
const binding = (group: string, role: string): Sections =>
  objects(
    `{ apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: { name: x }, roleRef: { kind: ClusterRole, name: "${role}" }, subjects: [{ kind: Group, name: "${group}" }] }`,
  );

testMessages({
  "accepts a label of 63 characters": { ...labelled("a".repeat(63)), reports: [] },
  "refuses a label of 64 characters": {
    ...labelled("a".repeat(64)),
    reports: [at("metadata.labels.a", LABEL)],
  },
  "accepts an empty label": { ...labelled(""), reports: [] },
  "refuses a label that ends with a dash": { ...labelled("a-"), reports: [at("metadata.labels.a", LABEL)] },
  "accepts a selector of some of the labels": {
    ...deployment("selector: { matchLabels: { app: a } },"),
    reports: [],
  },
  "refuses a selector with another value": {
    ...deployment("selector: { matchLabels: { app: a, tier: a } },"),
    reports: [
      at(
        "spec.selector.matchLabels.tier",
        "does not match the labels of template, so Kubernetes refuses the object. Use the same label in both",
      ),
    ],
  },
  "warns of a webhook for everything": {
    ...webhook(""),
    reports: [`warning: ${at("webhooks[a.example.com]", REFUSES)}`],
  },
  "accepts a webhook that is ignored while it fails": { ...webhook(", failurePolicy: Ignore"), reports: [] },
  "accepts a webhook of some namespaces": {
    ...webhook(", namespaceSelector: { matchLabels: { a: b } }"),
    reports: [],
  },
  "warns of a webhook whose selector is empty": {
    ...webhook(", namespaceSelector: {}"),
    reports: [`warning: ${at("webhooks[a.example.com]", REFUSES)}`],
  },
  "accepts a webhook of some resources": { ...webhook("", "configmaps"), reports: [] },
  "warns of a policy that allows nothing in kube-system": {
    ...policy("{ podSelector: {}, ingress: [], policyTypes: [Ingress] }"),
    reports: [`warning: ${at("spec", DENIES)}`],
  },
  "accepts it in another namespace": {
    ...policy("{ podSelector: {}, ingress: [], policyTypes: [Ingress] }", "default"),
    reports: [],
  },
  "accepts a policy of some pods": {
    ...policy("{ podSelector: { matchLabels: { a: b } }, policyTypes: [Ingress] }"),
    reports: [],
  },
  "accepts a policy that allows something": {
    ...policy("{ podSelector: {}, ingress: [{}], policyTypes: [Ingress] }"),
    reports: [],
  },
  "refuses a role for everybody": {
    ...binding("system:unauthenticated", "edit"),
    reports: [
      at(
        "subjects[system:unauthenticated]",
        "gives edit to system:unauthenticated: to everybody who reaches the API. Name users, groups or service accounts",
      ),
    ],
  },
  "warns of a role for every identity": {
    ...binding("system:authenticated", "edit"),
    reports: [
      `warning: ${at("subjects[system:authenticated]", "gives edit to system:authenticated: to everybody who reaches the API with any identity. Name users, groups or service accounts")}`,
    ],
  },
  "accepts a role that everybody has": { ...binding("system:authenticated", "system:discovery"), reports: [] },
  "warns of an administrator whom no pod chooses": {
    ...binding("system:serviceaccounts:ci", "cluster-admin"),
    reports: [
      `warning: ${at("subjects[system:serviceaccounts:ci]", "gives cluster-admin to every pod of ci. Create a service account for the pods that require it")}`,
    ],
  },
  "accepts a view for every pod": { ...binding("system:serviceaccounts", "view"), reports: [] },
});
