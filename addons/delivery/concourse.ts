import { z } from "zod";
import type { PolicyStatement } from "../../language/words/iam";
import { domainName, hostName } from "../../language/words/names";
import { defineHelmAddon, type Values } from "../contract/addon";
import type { AddonContext } from "../contract/addon-context";
import { reportOption, reportSwitch } from "../contract/rule";
import { INGRESS_SERVERS, ingressFor } from "../parts/ingress";
import { monitored } from "../parts/monitoring";
import { apartByZone, besideWindows, disruptionBudget, SYSTEM_TOLERATIONS } from "../parts/pods";
import { STORAGE_CLASS } from "../parts/storage-class";
import { ANOTHER_SIZE, volumesAdvice } from "../parts/volumes";

const options = z.strictObject({
  host: domainName
    .nullable()
    .meta({ examples: ["ci.example.com"] })
    .describe("Hostname of the UI and API. null: reachable by kubectl port-forward only."),
  ingress_class: z.string().min(1).describe("Ingress class for the host, such as alb."),
  database: z
    .strictObject({
      host: hostName.describe("Host of the server, such as an RDS instance."),
      port: z.int().min(1).max(65_535).describe("Port of the server."),
      name: z.string().min(1).describe("Database for Concourse alone."),
      sslmode: z
        .enum(["disable", "require", "verify-ca", "verify-full"])
        .describe("Encryption of the connection, as PostgreSQL's sslmode."),
    })
    .nullable()
    .describe(
      "PostgreSQL server outside of the cluster, which Concourse requires. The Secret contains the user and password.",
    ),
  main_team: z
    .strictObject({
      local_user: z.string().min(1).nullable().describe("User from the key local-users of the Secret. null for none."),
      github: z
        .string()
        .regex(/^[\w.-]+(?::[\w.-]+)?$/, "must be an organisation of GitHub, or organisation:team")
        .meta({ examples: ["example:platform"] })
        .nullable()
        .describe("GitHub organization, or organization:team. Requires the GitHub app in the Secret. null for none."),
    })
    .describe("Administrators."),
  secrets: z
    .enum(["kubernetes", "aws_secrets_manager"])
    .describe(
      "Source of the ((secrets)) of pipelines: Kubernetes Secrets in a namespace for each team, or AWS Secrets Manager below /concourse/<cluster>/.",
    ),
  workers: z.int().min(1).describe("Number of workers. Each has a volume."),
  worker_volume_gib: z.int().min(1).describe(`Size of a worker's volume, in GiB.${ANOTHER_SIZE}`),
});

type Options = z.output<typeof options>;

const path = (context: Pick<AddonContext, "cluster_name">) => `/concourse/${context.cluster_name}`;

function readSecrets(context: AddonContext, { secrets }: Options): readonly PolicyStatement[] {
  if (secrets !== "aws_secrets_manager") return [];
  const { account_id, partition, region } = context;
  return [
    {
      sid: "ReadSecrets",
      actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
      resources: [`arn:${partition}:secretsmanager:${region}:${account_id}:secret:${path(context)}/*`],
    },
    { sid: "SeeWhetherItMay", actions: ["secretsmanager:ListSecrets"], resources: ["*"] }, // accepts no smaller resource
  ];
}

function credentialManagers(context: AddonContext, { secrets }: Options): Values {
  if (secrets === "kubernetes") return { kubernetes: { enabled: true, teams: ["main"], keepNamespaces: true } };
  return {
    kubernetes: { enabled: false },
    awsSecretsManager: {
      enabled: true,
      region: context.region,
      keyAuth: { enabled: false }, // Pod Identity
      pipelineSecretTemplate: `${path(context)}/{{.Team}}/{{.Pipeline}}/{{.Secret}}`,
      teamSecretTemplate: `${path(context)}/{{.Team}}/{{.Secret}}`,
      sharedSecretTemplate: `${path(context)}/{{.Secret}}`,
    },
  };
}

/**
 * Keep a worker on its node until somebody drains the node: cluster-autoscaler would end builds after 10 minutes. Karpenter waits for a
 * worker as long as its grace period lasts, and must be able to replace the nodes of workers, which never end by themselves.
 */
const UNDISTURBED = {
  "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
  "descheduler.alpha.kubernetes.io/prefer-no-eviction": "true",
} as const;

/**
 * Pipelines of Concourse. Its keys and passwords are in two Secrets, `concourse-web` and `concourse-worker`, which somebody else makes:
 * the chart's own would have the private keys that are printed in the chart.
 */
export const concourse = defineHelmAddon({
  name: "concourse",
  summary: "Concourse CI: web and workers, with your own PostgreSQL",
  namespace: "concourse",
  pod_security: "privileged", // workers run containers of their own
  release_notes: {
    "https://concourse-charts.storage.googleapis.com/concourse":
      "https://github.com/concourse/concourse-chart/releases/tag/v", // 20.1.3
  },
  requires: ["aws_ebs_csi_driver"], // or Auto Mode
  after: ["coredns", "kube_prometheus_stack", ...INGRESS_SERVERS],
  conflicts_with: [],
  served_ports: [2222, 8080], // workers outside the cluster, and people
  ingress_class: ({ host, ingress_class }) => ({
    option: "ingress_class",
    name: host === null ? null : ingress_class,
  }),
  hosts: ({ host }) => (host === null ? [] : [{ host, path: ["options", "host"] }]),
  wait: false,
  options,
  service_account: "concourse-web",
  permissions: readSecrets,
  aws_services: ({ secrets }) => (secrets === "aws_secrets_manager" ? ["secretsmanager"] : []),
  checks: [
    (subject) =>
      reportSwitch(
        !subject.volumes && subject.auto_mode_only,
        `requires a volume for each worker, but nothing provides volumes. To fix this, ${volumesAdvice(subject)}`,
      ),
    (_, { database }) =>
      reportOption(database === null, "database", "must name a PostgreSQL server, because the cluster runs none"),
    (_, { main_team }) =>
      reportOption(
        main_team.local_user === null && main_team.github === null,
        "main_team",
        "must name a local_user or a github organization. Otherwise nobody can log in",
      ),
  ],

  values: (context, given) => {
    const { database, host, main_team } = given;
    const { replicas } = context.service_level;
    return {
      secrets: {
        create: false, // concourse-web and concourse-worker exist
        // The chart only checks that this key is set: it is the one of concourse-web that holds the certificate.
        ...(database?.sslmode.startsWith("verify") && { postgresCaCert: "postgresql-ca-cert" }),
      },
      postgresql: { enabled: false, service: { enabled: false } },
      concourse: {
        web: {
          clusterName: context.cluster_name,
          ...(context.ipv6_pods && { peerAddressUseIPv6: true }),
          externalUrl: host === null ? null : `https://${host}`,
          ...(database !== null && {
            postgres: {
              host: database.host,
              port: database.port,
              database: database.name,
              sslmode: database.sslmode,
            },
          }),
          localAuth: { enabled: main_team.local_user !== null },
          auth: {
            cookieSecure: host !== null,
            mainTeam: { localUser: main_team.local_user, github: githubTeam(main_team.github) },
            github: { enabled: main_team.github !== null },
          },
          ...credentialManagers(context, given),
          prometheus: { enabled: monitored(context), serviceMonitor: { enabled: monitored(context) } },
        },
        worker: { runtime: "containerd", baggageclaim: { driver: "overlay" } },
      },
      web: {
        replicas,
        tolerations: SYSTEM_TOLERATIONS,
        additionalAffinities: apartByZone({ app: "concourse-web" }), // the chart has no key for a spread
        resources: { requests: { cpu: "100m", memory: "1Gi" } }, // the builds that it follows decide what it needs
        ingress: host === null ? { enabled: false } : ingress(context, host, given.ingress_class),
      },
      worker: {
        ...besideWindows(context),
        replicas: given.workers,
        minAvailable: given.workers - 1, // the chart has no maxUnavailable; 0 lets the only pod be drained
        hardAntiAffinity: false,
        terminationGracePeriodSeconds: 3600, // the longest time in which a worker can land
        annotations: UNDISTURBED,
        resources: { requests: { cpu: "500m", memory: "2Gi" } }, // no limit: what it needs follows its jobs
      },
      persistence: { worker: { storageClass: STORAGE_CLASS, size: `${given.worker_volume_gib}Gi` } },
    };
  },
  manifests: (context) =>
    disruptionBudget(context, { name: "concourse-web", namespace: "concourse" }, { app: "concourse-web" }),
});

function ingress(context: AddonContext, host: string, className: string): Values {
  const of = { host, className, secretName: "concourse-web-tls", health: "/api/v1/info" };
  return { enabled: true, ingressClassName: className, hosts: [host], ...ingressFor(context, of) };
}

function githubTeam(github: string | null): Values {
  if (github === null) return {};
  return github.includes(":") ? { team: github } : { org: github };
}
