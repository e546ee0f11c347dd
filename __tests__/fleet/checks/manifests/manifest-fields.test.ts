import { type Sections, testMessages } from "../../../support/definition";

const object = (text: string): Sections => ({
  extra_manifests: `- name: x\n  namespace: default\n  manifests:\n    - { ${text} }`,
});
const at = (path: string, message: string): string => `tfvars.extra_manifests[x].manifests[0]${path}: ${message}`;
const named = (apiVersion: string, kind: string, rest: string): Sections =>
  object(`apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: x }, ${rest}`);
const deployment = (spec: string, pod = "", container = "name: a"): Sections =>
  named(
    "apps/v1",
    "Deployment",
    `spec: { ${spec} selector: { matchLabels: { a: b } }, template: { metadata: { labels: { a: b } }, spec: { ${pod} containers: [{ ${container} }] } } }`,
  );
const POD = ".spec.template.spec";
const ingress = (host: string): Sections =>
  named(
    "networking.k8s.io/v1",
    "Ingress",
    `spec: { rules: [{ host: "${host}", http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: a, port: { number: 80 } } } }] } }] }`,
  );
const claim = (spec: string): Sections => named("v1", "PersistentVolumeClaim", `spec: { ${spec} }`);

testMessages({
  "accepts a whole object, also with what Kubernetes writes": {
    ...deployment(
      'replicas: 2, strategy: { rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 } },',
      "volumes: [{ name: v, emptyDir: {} }],",
      "name: a, image: x, volumeMounts: [{ name: v, mountPath: /v }], livenessProbe: { tcpSocket: { port: http } }",
    ),
    reports: [],
  },
  "refuses a field that the kind does not have": {
    ...deployment("replica: 2,"),
    reports: [at(".spec.replica", 'is not a field of DeploymentSpec. Did you mean "replicas"?')],
  },
  "refuses a field deep in a list": {
    ...deployment("", "", "name: a, resource: {}"),
    reports: [at(`${POD}.containers[a].resource`, 'is not a field of Container. Did you mean "resources"?')],
  },
  "refuses an object without a required field": {
    ...named("apps/v1", "Deployment", "spec: { template: { spec: { containers: [{ name: a }] } } }"),
    reports: [at(".spec", "requires selector, as every DeploymentSpec. Add it")],
  },
  "refuses a number in quotes": {
    ...deployment('replicas: "2",'),
    reports: [at(".spec.replicas", 'must be a whole number, but is "2"')],
  },
  "refuses a number where Kubernetes requires text": {
    ...deployment("", "", "name: a, env: [{ name: PORT, value: 80 }]"),
    reports: [at(`${POD}.containers[a].env[PORT].value`, "must be text, but is 80. Write it in quotes")],
  },
  "refuses a list in the place of a map": {
    ...named("v1", "ConfigMap", "data: [a]"),
    reports: [at(".data", "must be a map of texts")],
  },
  "refuses a value that the field does not have": {
    ...claim("accessModes: [ReadWriteOften], resources: { requests: { storage: 1Gi } }"),
    reports: [
      at(
        ".spec.accessModes[0]",
        "must be one of ReadOnlyMany, ReadWriteMany, ReadWriteOnce, ReadWriteOncePod, but is ReadWriteOften",
      ),
    ],
  },
  "refuses a unit that Kubernetes does not have": {
    ...claim("accessModes: [ReadWriteOnce], resources: { requests: { storage: 10GB } }"),
    reports: [
      at(".spec.resources.requests.storage", 'must be a quantity of Kubernetes, such as 500m or 2Gi, but is "10GB"'),
    ],
  },
  "accepts any field of a kind that an addon brings": {
    ...named("example.com/v1", "Deployment", "spec: { replica: 2 }"),
    reports: [],
  },
  "accepts the schema of a new kind, which contains itself": {
    ...object(
      "apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: { name: a.example.com }, spec: { group: example.com, scope: Namespaced, names: { kind: A, plural: a }, versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, x-kubernetes-preserve-unknown-fields: true } } } } }] }",
    ),
    reports: [],
  },
  "refuses an external name that is missing": {
    ...named("v1", "Service", "spec: { type: ExternalName }"),
    reports: [at(".spec", "requires externalName, because its type is ExternalName. Add it")],
  },
  "refuses a Service without ports": {
    ...named("v1", "Service", "spec: { selector: { a: b } }"),
    reports: [at(".spec", "requires ports. Add at least one")],
  },
  "accepts a headless Service without ports": {
    ...named("v1", "Service", "spec: { clusterIP: None, selector: { a: b } }"),
    reports: [],
  },
  "refuses two ports without names": {
    ...named("v1", "Service", "spec: { ports: [{ port: 80, name: web }, { port: 90 }] }"),
    reports: [at(".spec.ports[1]", "requires name, because the Service has several ports. Add it")],
  },
  "accepts a wildcard host": { ...ingress("*.example.com"), reports: [] },
  "refuses an address as a host": {
    ...ingress("https://shop.example.com"),
    reports: [
      at(
        ".spec.rules[0].host",
        "must be a domain name in lower case, such as shop.example.com, but is https://shop.example.com",
      ),
    ],
  },
  "refuses a priority of Kubernetes' own": {
    ...named("scheduling.k8s.io/v1", "PriorityClass", "value: 2000000000"),
    reports: [
      at(".value", "must be at most 1000000000, but is 2000000000. Kubernetes keeps larger ones for its own pods"),
    ],
  },
  "refuses a binding to an account of no namespace": {
    ...named(
      "rbac.authorization.k8s.io/v1",
      "RoleBinding",
      "roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: a }, subjects: [{ kind: ServiceAccount, name: a }]",
    ),
    reports: [at(".subjects[a]", "requires the namespace of the service account. Add it")],
  },
  "refuses limits of no kind": {
    ...named("v1", "LimitRange", "spec: { limits: [{ type: Pods, max: { cpu: 1 } }] }"),
    reports: [at(".spec.limits[0].type", "must be one of Container, PersistentVolumeClaim, Pod, but is Pods")],
  },
  "refuses a type of volume that EC2 does not have": {
    ...named("storage.k8s.io/v1", "StorageClass", "provisioner: ebs.csi.aws.com, parameters: { type: gp4 }"),
    reports: [at(".parameters.type", "must be one of gp2, gp3, io1, io2, sbg1, sbp1, sc1, st1, standard, but is gp4")],
  },
  "refuses a mount of a volume that the pod lacks": {
    ...deployment("", "", "name: a, volumeMounts: [{ name: v, mountPath: /v }]"),
    reports: [at(`${POD}.containers[a].volumeMounts[v].name`, "v is not a volume of the pod. Add it to volumes")],
  },
  "accepts a mount of a volume that a StatefulSet creates": {
    ...named(
      "apps/v1",
      "StatefulSet",
      "spec: { serviceName: a, selector: { matchLabels: { a: b } }, volumeClaimTemplates: [{ metadata: { name: v }, spec: { accessModes: [ReadWriteOnce] } }], template: { metadata: { labels: { a: b } }, spec: { containers: [{ name: a, volumeMounts: [{ name: v, mountPath: /v }] }] } } }",
    ),
    reports: [],
  },
  "refuses two containers of one name": {
    ...deployment("", "initContainers: [{ name: a }],"),
    reports: [at(`${POD}.containers[a].name`, "is the name of another container of the pod. Rename one")],
  },
  "refuses a probe without a way to ask": {
    ...deployment("", "", "name: a, livenessProbe: { periodSeconds: 5 }"),
    reports: [
      at(`${POD}.containers[a].livenessProbe`, "must have exactly one of exec, grpc, httpGet, tcpSocket, but has 0"),
    ],
  },
});
