import { problemsInEach, type Sections } from "../../support/definition";

const STACK = "kube_prometheus_stack: { enabled: true, options: ";
const alerting = (text: string): Sections => ({
  addons: `${STACK}{ alerting: { receivers: [{ name: a, webhook: { url: "https://example.com" } }], default_receiver: a, ${text} } } }`,
});
const manifest = (text: string): Sections => ({
  extra_manifests: `- name: x\n  namespace: default\n  manifests:\n    - ${text}`,
});
const rules = (group: string, text: string): Sections => ({
  cluster: `security_groups: { ${group}: { rules: [${text}] } }`,
});
const rule = (text: string): string => `{ name: r, direction: ingress, protocol: tcp, ${text} }`;
const worker = (text: string): Sections => ({ worker: text });
const kubelet = (text: string): Sections => worker(`instance_types: [m6i.large]\nkubelet: { ${text} }`);
const role = (text: string): Sections => ({
  cluster: `service_account_roles: [{ name: r, namespace: default, service_account: r, by: pod_identity, ${text} }]`,
});
const apps = (kind: string, spec: string): Sections =>
  manifest(`{ apiVersion: apps/v1, kind: ${kind}, metadata: { name: x }, spec: ${spec} }`);
const TEMPLATE = "template: { metadata: { labels: { app: a } }, spec: { containers: [] } }";
const webhook = (kind: string, text: string): Sections =>
  manifest(
    `{ apiVersion: admissionregistration.k8s.io/v1, kind: ${kind}, metadata: { name: x }, webhooks: [{ name: a.example.com, rules: [{ apiGroups: ["*"], apiVersions: ["*"], operations: ["*"], resources: ["*"] }]${text} }] }`,
  );
const binding = (kind: string, subject: string, target = "cluster-admin"): Sections =>
  manifest(
    `{ apiVersion: rbac.authorization.k8s.io/v1, kind: ${kind}, metadata: { name: x }, roleRef: { kind: ClusterRole, name: ${target} }, subjects: [{ kind: Group, name: "${subject}" }] }`,
  );
const policy = (spec: string): Sections =>
  manifest(
    `{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: x, namespace: kube-system }, spec: ${spec} }`,
  );

const chart = (values: string): Sections => ({
  extra_charts: `- { name: x, repository: "https://charts.example.com", chart: x, version: 1.0.0, namespace: x, values: ${values} }`,
});
const autoMode = (object: string): Sections => ({
  ...manifest(object),
  cluster: "auto_mode: { enabled: true }",
  addons: "aws_load_balancer_controller_enabled: false",
});

const pool = (text: string): Sections => ({
  worker: "min_size: 2",
  addons: "karpenter_enabled: true\ncluster_autoscaler_enabled: false",
  node_pools: `- name: p\n  limits: { vcpus: 100 }\n  ${text}`,
});

/** Definitions that cannot work, or that open what nobody means to open, and words of what is reported. */
const NONSENSE: Readonly<Record<string, readonly [Sections, RegExp]>> = {
  "Karpenter replaces nodes each minute": [pool("expire_after: 1m"), /replaces each node after 1m/],
  "Karpenter may never replace a node": [
    pool('disruption_budgets: [{ nodes: "0" }]'),
    /disruption_budgets\[0\]\.nodes: lets Karpenter replace no node at any time/,
  ],
  "backups expire before the next": [
    { addons: 'velero: { enabled: true, options: { schedule: "0 0 1 * *", retention_days: 30 } }' },
    /keeps a backup for 720 hours, but schedule waits up to 744 hours/,
  ],
  "backups each minute": [
    { addons: 'velero: { enabled: true, options: { schedule: "* * * * *" } }' },
    /starts a backup every 1 minutes/,
  ],
  "a window without length": [
    { addons: 'kured: { enabled: true, options: { start_time: "05:00", end_time: "05:00" } }' },
    /end_time: must differ from start_time/,
  ],
  "Argo CD without a login": [
    { addons: 'argo_cd: { enabled: true, values: { configs: { cm: { users.anonymous.enabled: "true" } } } }' },
    /opens Argo CD to everybody without a login/,
  ],
  "Grafana without a login": [
    {
      addons:
        "kube_prometheus_stack: { enabled: true, values: { grafana: { grafana.ini: { auth.anonymous: { enabled: true } } } } }",
    },
    /opens Grafana to everybody without a login/,
  ],
  "a load balancer that nobody chose": [
    manifest("{ apiVersion: v1, kind: Service, metadata: { name: a }, spec: { type: LoadBalancer } }"),
    /gets a Classic Load Balancer/,
  ],
  "a load balancer of a chart that nobody chose": [
    chart("{ proxy: { type: LoadBalancer } }"),
    /values\.proxy\.type: gets a Classic Load Balancer/,
  ],
  "ranges that Auto Mode ignores": [
    autoMode(
      "{ apiVersion: v1, kind: Service, metadata: { name: a, annotations: { service.beta.kubernetes.io/load-balancer-source-ranges: 203.0.113.0/24 } }, spec: { type: LoadBalancer } }",
    ),
    /load-balancer-source-ranges: is ignored by Auto Mode/,
  ],
  "codes of logins over plain HTTP": [
    {
      cluster: "k8s_base_domain: a.eks.example.com",
      addons:
        'dex: { enabled: true, options: { ingress_class: alb, secret: d, connectors: [{ id: a, name: A, type: github, config: { clientID: a, clientSecret: $A } }], static_clients: [{ id: x, name: x, redirect_uris: ["http://app.example.com/cb"], secret_env: B }] } }',
    },
    /redirect_uris\[0\]: sends codes of logins unencrypted/,
  ],
  "halves of the internet reach the API": [
    { cluster: "endpoint_public_access: true\npublic_access_cidrs: [0.0.0.0/1, 128.0.0.0/1]" },
    /0\.0\.0\.0\/1 opens the API/,
  ],
  "quarters of the internet reach the API": [
    { cluster: "endpoint_public_access: true\npublic_access_cidrs: [0.0.0.0/2, 64.0.0.0/2, 128.0.0.0/2]" },
    /64\.0\.0\.0\/2 opens the API/,
  ],
  "the internet reaches the private endpoint": [
    { cluster: "private_access_cidrs: [0.0.0.0/0]" },
    /opens the private endpoint/,
  ],
  "half of it reaches the private endpoint": [
    { cluster: "private_access_cidrs: [128.0.0.0/1]" },
    /opens the private endpoint/,
  ],
  "the internet reaches the nodes": [rules("nodes", rule("from_port: 22, cidr: 0.0.0.0/0")), /opens the nodes/],
  "the internet reaches all ports of nodes": [
    rules("nodes", rule("from_port: 0, to_port: 65535, cidr: 0.0.0.0/0")),
    /opens the nodes/,
  ],
  "the internet reaches the control plane": [
    rules("control_plane", rule("from_port: 8443, cidr: 0.0.0.0/0")),
    /opens the control plane/,
  ],
  "half of the internet reaches the nodes": [
    rules("nodes", rule("from_port: 3389, cidr: 0.0.0.0/1")),
    /opens the nodes/,
  ],
  "the internet reaches SSH": [worker("key_name: a\nremote_access: { cidrs: [0.0.0.0/0] }"), /opens remote access/],
  "halves of the internet reach SSH": [
    worker("key_name: a\nremote_access: { cidrs: [0.0.0.0/1, 128.0.0.0/1] }"),
    /opens remote access/,
  ],
  "70 rules of a group": [
    rules(
      "nodes",
      Array.from(
        { length: 70 },
        (_, index) =>
          `{ name: r${index}, direction: ingress, protocol: tcp, from_port: ${1000 + index}, cidr: 192.0.2.0/24 }`,
      ).join(", "),
    ),
    /quota of 60/,
  ],
  "administrator nodes": [
    worker("additional_policy_arns: [arn:aws:iam::aws:policy/AdministratorAccess]"),
    /AdministratorAccess gives administrator rights/,
  ],
  "administrator pods": [
    role("managed_policy_arns: [arn:aws:iam::aws:policy/AdministratorAccess]"),
    /gives administrator rights/,
  ],
  "pods that create administrators": [
    role("managed_policy_arns: [arn:aws:iam::aws:policy/IAMFullAccess]"),
    /gives administrator rights/,
  ],
  "power users": [
    worker("additional_policy_arns: [arn:aws:iam::aws:policy/PowerUserAccess]"),
    /gives administrator rights/,
  ],
  "all of IAM": [role('statements: [{ actions: ["iam:*"], resources: ["*"] }]'), /gives administrator rights/],
  everything: [role('statements: [{ actions: ["*"], resources: ["*"] }]'), /actions/],
  "all of IAM for nodes": [
    worker('additional_policy_statements: [{ actions: ["iam:*"], resources: ["*"] }]'),
    /gives administrator rights/,
  ],
  "anonymous kubelet": [kubelet("extra: { authentication: { anonymous: { enabled: true } } }"), /opens the kubelet/],
  "kubelet without authorization": [kubelet("extra: { authorization: { mode: AlwaysAllow } }"), /opens the kubelet/],
  "read-only port": [kubelet("extra: { readOnlyPort: 10255 }"), /opens the kubelet/],
  "kube_reserved beyond the memory": [
    kubelet("kube_reserved: { memory: 100Gi }"),
    /less than the memory of m6i\.large/,
  ],
  "system_reserved beyond the memory": [
    kubelet("system_reserved: { memory: 9Gi }"),
    /less than the memory of m6i\.large/,
  ],
  "memory in thousandths": [kubelet("kube_reserved: { memory: 100m }"), /less than 1Mi/],
  "memory in bytes": [kubelet('kube_reserved: { memory: "255" }'), /less than 1Mi/],
  "eviction of everything": [kubelet("eviction_hard: { memory.available: 100% }"), /evicts every pod/],
  "eviction of everything for disks": [kubelet("eviction_hard: { nodefs.available: 95% }"), /evicts every pod/],
  "eviction beyond the memory": [kubelet("eviction_hard: { memory.available: 50Gi }"), /less than the memory of/],
  "CPUs that do not exist": [kubelet("reserved_system_cpus: 0-7"), /must be CPUs of every instance type/],
  "a tag of another cluster": [{ common: 'tags: { "kubernetes.io/cluster/other": owned }' }, /cluster other/],
  "a schedule without return": [
    worker("scheduled_scaling: [{ name: a, time_zone: Etc/UTC, recurrence: '0 20 * * *', min_size: 0, max_size: 0 }]"),
    /no other action starts them again/,
  ],
  "a matcher that is no expression": [
    alerting("routes: [{ receiver: a, matchers: ['alertname =~ \"(\"'] }]"),
    /not a regular expression/,
  ],
  "a negative matcher that is no expression": [
    alerting("routes: [{ receiver: a, matchers: ['alertname !~ \"[\"'] }]"),
    /not a regular expression/,
  ],
  "a matcher with a lookahead": [
    alerting("routes: [{ receiver: a, matchers: ['alertname =~ \"(?!x).*\"'] }]"),
    /lookaround/,
  ],
  "a source that is no expression": [
    alerting("inhibit_rules: [{ source_matchers: ['a =~ \"*\"'], target_matchers: ['b = c'], equal: [] }]"),
    /not a regular expression/,
  ],
  "a target that is no expression": [
    alerting("inhibit_rules: [{ source_matchers: ['b = c'], target_matchers: ['a =~ \"(\"'], equal: [] }]"),
    /not a regular expression/,
  ],
  "an inhibition that never ends": [
    alerting(
      "inhibit_rules: [{ source_matchers: ['alertname = \"Watchdog\"'], target_matchers: ['severity =~ \".+\"'], equal: [] }]",
    ),
    /suppresses its targets permanently/,
  ],
  "Watchdog silences a severity": [
    alerting(
      "inhibit_rules: [{ source_matchers: ['alertname = Watchdog'], target_matchers: ['severity = critical'], equal: [] }]",
    ),
    /suppresses its targets permanently/,
  ],
  "everything silences everything": [
    alerting(
      "inhibit_rules: [{ source_matchers: ['alertname =~ \".*\"'], target_matchers: ['alertname =~ \".*\"'], equal: [] }]",
    ),
    /suppresses/,
  ],
  "an alert silences itself": [
    alerting(
      "inhibit_rules: [{ source_matchers: ['severity = critical'], target_matchers: ['severity = critical'], equal: [namespace] }]",
    ),
    /same matchers/,
  ],
  "metrics by no expression": [
    { addons: `${STACK}{ remote_write: [{ name: a, url: "https://example.com", keep_metrics: "(" }] } }` },
    /not a regular expression/,
  ],
  "prefixes on Xen": [
    { worker: "instance_types: [t2.large]", cluster: "vpc_cni: { prefix_delegation: true }" },
    /accepts no prefixes/,
  ],
  "prefixes on m4": [
    { worker: "instance_types: [m4.xlarge]", cluster: "vpc_cni: { prefix_delegation: true }" },
    /accepts no prefixes/,
  ],
  "a Deployment without selector": [apps("Deployment", `{ ${TEMPLATE} }`), /requires selector/],
  "a StatefulSet without selector": [apps("StatefulSet", `{ ${TEMPLATE} }`), /requires selector/],
  "a Deployment of other pods": [
    apps("Deployment", `{ selector: { matchLabels: { app: b } }, ${TEMPLATE} }`),
    /does not match the labels of template/,
  ],
  "a DaemonSet of other pods": [
    apps("DaemonSet", `{ selector: { matchLabels: { name: a } }, ${TEMPLATE} }`),
    /does not match the labels of template/,
  ],
  "a long label": [
    manifest(`{ apiVersion: v1, kind: ConfigMap, metadata: { name: x, labels: { a: ${"a".repeat(64)} } } }`),
    /at most 63/,
  ],
  "a label with a blank": [
    manifest('{ apiVersion: v1, kind: ConfigMap, metadata: { name: x, labels: { a: "b c" } } }'),
    /at most 63/,
  ],
  "no Pood": [manifest("{ apiVersion: v1, kind: Pood, metadata: { name: x } }"), /not a kind of v1/],
  "a Deployment of v1": [manifest("{ apiVersion: v1, kind: Deployment, metadata: { name: x } }"), /not a kind of v1/],
  "a Job of apps": [apps("Job", "{}"), /not a kind of apps/],
  "a webhook that stops everything": [webhook("ValidatingWebhookConfiguration", ""), /refuses every change/],
  "a mutating webhook that stops everything": [
    webhook("MutatingWebhookConfiguration", ", failurePolicy: Fail"),
    /refuses every change/,
  ],
  "no pods in kube-system": [
    {
      extra_manifests:
        '- name: x\n  namespace: kube-system\n  manifests:\n    - { apiVersion: v1, kind: ResourceQuota, metadata: { name: x }, spec: { hard: { pods: "0" } } }',
    },
    /allows no pod in kube-system/,
  ],
  "no traffic in the release's namespace": [
    {
      extra_manifests:
        "- name: x\n  namespace: kube-system\n  manifests:\n    - { apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: x }, spec: { podSelector: {}, policyTypes: [Egress] } }",
    },
    /denies all traffic/,
  ],
  "several nodes mount a volume of EBS": [
    manifest(
      "{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: x }, spec: { accessModes: [ReadWriteMany], resources: { requests: { storage: 1Gi } } } }",
    ),
    /accessModes: ReadWriteMany is not possible in the StorageClass gp3/,
  ],
  "the replicas of a StatefulSet share a volume of EBS": [
    apps(
      "StatefulSet",
      `{ serviceName: x, selector: { matchLabels: { app: a } }, ${TEMPLATE}, volumeClaimTemplates: [{ metadata: { name: d }, spec: { storageClassName: gp2, accessModes: [ReadWriteMany], resources: { requests: { storage: 1Gi } } } }] }`,
    ),
    /accessModes: ReadWriteMany is not possible in the StorageClass gp2/,
  ],
  "metrics on Fargate": [
    {
      addons: "kube_prometheus_stack_enabled: true",
      fargate_profiles: "- { name: p, selectors: [{ namespace: monitoring }] }",
    },
    /in a volume of EBS, which Fargate does not mount, but the profile p selects/,
  ],
  "a script stops the kubelet": [
    worker('pre_bootstrap_script: "#!/bin/bash\\nsystemctl disable --now kubelet\\n"'),
    /stops kubelet, without which/,
  ],
  "a script masks containerd": [
    worker('pre_bootstrap_script: "#!/bin/bash\\nsudo systemctl mask containerd.service || true\\n"'),
    /stops containerd, without which/,
  ],
  "a script of a pool removes containerd": [
    pool('pre_bootstrap_script: "#!/bin/bash\\ndnf -y remove containerd\\n"'),
    /removes containerd, without which/,
  ],
  "a script deletes the kubelet's folder": [
    worker('pre_bootstrap_script: "#!/bin/bash\\nrm -rf /var/lib/kubelet/*\\n"'),
    /deletes \/var\/lib\/kubelet\/\*, without which/,
  ],
  "a script drops all traffic": [
    worker('pre_bootstrap_script: "#!/bin/bash\\niptables -P OUTPUT DROP\\n"'),
    /drops all traffic of OUTPUT/,
  ],
  "a script shuts the node down": [
    worker('post_bootstrap_script: "#!/bin/bash\\nshutdown -h now\\n"'),
    /shuts the node down/,
  ],
  "a script of Windows stops containerd": [
    worker(
      'kind: self_managed\nami_type: WINDOWS_CORE_2022_x86_64\npre_bootstrap_script: "Stop-Service -Name containerd\\n"',
    ),
    /stops containerd, without which/,
  ],
  "a policy of a service-linked role": [
    worker('additional_policy_arns: ["arn:aws:iam::aws:policy/aws-service-role/AmazonEKSServiceRolePolicy"]'),
    /attaches AmazonEKSServiceRolePolicy only to AWS's own service-linked role/,
  ],
  "a policy without its path": [
    worker('additional_policy_arns: ["arn:aws:iam::aws:policy/AmazonEBSCSIDriverPolicy"]'),
    /no policy with this path\. Use arn:aws:iam::aws:policy\/service-role\/AmazonEBSCSIDriverPolicy/,
  ],
  "a policy with a path that it does not have": [
    role('managed_policy_arns: ["arn:aws:iam::aws:policy/service-role/AmazonS3ReadOnlyAccess"]'),
    /Use arn:aws:iam::aws:policy\/AmazonS3ReadOnlyAccess/,
  ],
  "a policy that AWS withdrew": [
    role('managed_policy_arns: ["arn:aws:iam::aws:policy/AWSLambdaFullAccess"]'),
    /AWS withdrew AWSLambdaFullAccess/,
  ],
  "mail without a port": [
    {
      addons: `${STACK}{ alerting: { default_receiver: a, receivers: [{ name: a, email: { to: a@example.com, from: b@example.com, smarthost: smtp.example.com } }] } } }`,
    },
    /smarthost: must be a host and a port/,
  ],
  "a database with its port twice": [
    {
      addons:
        "concourse: { enabled: true, options: { main_team: { local_user: a }, database: { host: 'db.example.com:5432', port: 5432, name: a, sslmode: require } } }",
    },
    /database\.host: must be a host without scheme and port/,
  ],
  "an LDAP server with a scheme": [
    {
      cluster: "k8s_base_domain: a.eks.example.com",
      addons:
        "dex: { enabled: true, options: { ingress_class: alb, secret: d, connectors: [{ id: a, name: A, type: ldap, config: { host: 'ldaps://ldap.example.com' } }] } }",
    },
    /config\.host: must be a host and a port without a scheme/,
  ],
  "a privileged chart in a namespace of level baseline": [
    chart("{ securityContext: { privileged: true } }"),
    /securityContext\.privileged: is refused by Pod Security, because the namespace is baseline/,
  ],
  "an addon mounts the host in a restricted namespace": [
    { addons: "headlamp: { enabled: true, values: { volumes: [{ name: h, hostPath: { path: /var/log } }] } }" },
    /volumes\[h\]\.hostPath: is refused by Pod Security, because the namespace is restricted/,
  ],
  "a pod of root in a restricted namespace": [
    {
      extra_manifests:
        "- name: x\n  namespace: kube-system\n  manifests:\n    - { apiVersion: v1, kind: Namespace, metadata: { name: t, labels: { pod-security.kubernetes.io/enforce: restricted } } }\n    - { apiVersion: v1, kind: Pod, metadata: { name: p, namespace: t }, spec: { containers: [{ name: a, image: 'x:1', securityContext: { runAsUser: 0 } }] } }",
    },
    /runAsUser: is refused by Pod Security, because the namespace is restricted/,
  ],
  "no traffic in kube-system": [policy("{ podSelector: {}, policyTypes: [Ingress, Egress] }"), /denies all traffic/],
  "no egress in kube-system": [policy("{ podSelector: {}, policyTypes: [Egress], egress: [] }"), /denies all traffic/],
  "administration for everybody": [binding("ClusterRoleBinding", "system:unauthenticated"), /gives cluster-admin/],
  "administration for anonymous": [binding("ClusterRoleBinding", "system:anonymous"), /gives cluster-admin/],
  "administration for every identity": [binding("ClusterRoleBinding", "system:authenticated"), /gives cluster-admin/],
  "rights in a namespace for everybody": [binding("RoleBinding", "system:unauthenticated", "edit"), /gives edit/],
};

let found: string[][] = [];

beforeAll(() => {
  found = problemsInEach(Object.values(NONSENSE).map(([sections]) => sections));
});

test.each(Object.entries(NONSENSE).map(([title, [, words]], index) => [title, index, words] as const))(
  "reports %s",
  (_, index, words) => {
    expect(found[index]).toContainEqual(expect.stringMatching(words));
  },
);
