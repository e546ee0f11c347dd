import { velero } from "../../../addons/backup/velero";
import {
  contextOf,
  LEVELS,
  manifestsOf,
  monitoredContext,
  optionsOf,
  permissionsOf,
  reportsOf,
  valuesOf,
} from "../support/context";

/** Kinds of the objects that remove what has finalizers. */
const REMOVAL = ["ServiceAccount", "Role", "RoleBinding", "Job"];

const noSchedule = contextOf({ service_level: LEVELS.one });

describe("what it backs up", () => {
  test("is everything, at the times and for the days of the service level, in its own bucket", () => {
    const values = valuesOf(velero);

    expect(velero.bucket?.(contextOf(), optionsOf(velero))).toEqual({ existing: null, expire_days: null });
    expect(values["configuration"]).toEqual({
      backupStorageLocation: [
        {
          name: "default",
          provider: "aws",
          bucket: "demo-velero-111111111111",
          default: true,
          config: { region: "eu-west-1" },
        },
      ],
      volumeSnapshotLocation: [{ name: "default", provider: "aws", config: { region: "eu-west-1" } }],
      uploaderType: "kopia",
      defaultBackupTTL: "744h0m0s",
      defaultVolumesToFsBackup: false,
      extraEnvVars: [{ name: "AWS_CLUSTER_NAME", value: "demo" }],
    });
    expect(values["schedules"]).toEqual({
      platform: {
        disabled: false,
        schedule: "30 2 * * *",
        useOwnerReferencesInBackup: false,
        template: {
          ttl: "744h0m0s",
          storageLocation: "default",
          includedNamespaces: ["*"],
          excludedNamespaces: [],
          includeClusterResources: true,
          snapshotVolumes: true,
          defaultVolumesToFsBackup: false,
          volumeSnapshotLocations: ["default"],
        },
      },
    });
    expect(values).toMatchObject({ credentials: { useSecret: false }, snapshotsEnabled: true, deployNodeAgent: false });
  });

  test("is in an existing bucket, at the definition's times, and includes the drill's namespace", () => {
    const given = {
      bucket: { name: "backups", kms_key_arn: null },
      schedule: "0 1 * * *",
      retention_days: 2,
      included_namespaces: ["shop"],
    };
    const values = valuesOf(velero, noSchedule, given);

    expect(velero.bucket?.(noSchedule, optionsOf(velero, given))?.existing).toEqual(given.bucket);
    expect(values["configuration"]).toMatchObject({ backupStorageLocation: [{ bucket: "backups" }] });
    expect(values["schedules"]).toMatchObject({
      platform: {
        schedule: "0 1 * * *",
        template: { ttl: "48h0m0s", includedNamespaces: ["shop", "velero-restore-drill"] },
      },
    });
  });

  test("is files, copied by an agent on every node, if snapshots are off", () => {
    const values = valuesOf(velero, monitoredContext, { volumes: "files" });

    expect(values).toMatchObject({
      snapshotsEnabled: false,
      deployNodeAgent: true,
      configuration: { defaultVolumesToFsBackup: true },
      containerSecurityContext: { readOnlyRootFilesystem: false },
      metrics: {
        serviceMonitor: { enabled: true, autodetect: false },
        nodeAgentPodMonitor: { enabled: true, autodetect: false },
      },
    });
    expect(permissionsOf(velero, contextOf(), { volumes: "files" })).toEqual([]);
  });

  test("is nothing if neither the service level nor the definition sets a schedule", () => {
    expect(valuesOf(velero, noSchedule)["schedules"]).toEqual({});
    expect(manifestsOf(velero, noSchedule).map(({ kind }) => kind)).toEqual(REMOVAL);
  });
});

describe("the removal of the addon", () => {
  const job = manifestsOf(velero, noSchedule).find(({ kind }) => kind === "Job") as unknown as {
    metadata: { annotations: Record<string, string> };
    spec: { template: { spec: { containers: [{ command: string[] }] } } };
  };

  test("deletes objects with Velero's finalizers while Velero still runs", () => {
    expect(job.metadata.annotations["helm.sh/hook"]).toBe("pre-delete");
    expect(job.spec.template.spec.containers[0].command.join(" ")).toBe(
      "/bin/kubectl delete restores.velero.io,podvolumebackups.velero.io,podvolumerestores.velero.io,datauploads.velero.io,datadownloads.velero.io --all --namespace velero --timeout=5m",
    );
  });

  test("has a role that allows only this", () => {
    const rules = manifestsOf(velero, noSchedule).flatMap(({ rules: each }) => (each as object[]) ?? []);

    expect(rules).toEqual([
      {
        apiGroups: ["velero.io"],
        resources: ["restores", "podvolumebackups", "podvolumerestores", "datauploads", "datadownloads"],
        verbs: ["get", "list", "watch", "delete"],
      },
    ]);
  });
});

describe("the drill", () => {
  const manifests = manifestsOf(velero).slice(REMOVAL.length);
  const drill = manifests.find(({ kind }) => kind === "CronJob") as unknown as {
    spec: {
      schedule: string;
      jobTemplate: { spec: { backoffLimit: number; template: { spec: Record<string, unknown> } } };
    };
  };
  const pod = drill.spec.jobTemplate.spec.template.spec;

  test("restores its marker from the newest backup into another namespace, compares it, and cleans up", () => {
    expect(drill.spec.schedule).toBe("0 5 * * 1");
    expect(drill.spec.jobTemplate.spec.backoffLimit).toBe(0);
    expect(manifests.find(({ kind }) => kind === "ConfigMap")?.["data"]).toEqual({ text: "restored-from-a-backup" });
    const commands = [...(pod["initContainers"] as []), ...(pod["containers"] as [])].map(
      ({ image, command }: { image: string; command: string[] }) => [image, command.join(" ")],
    );
    const kubectl = "registry.k8s.io/kubectl:v1.35.0";
    const clean = "/bin/kubectl delete namespace velero-restore-drill-copy --ignore-not-found --timeout=5m";
    const forget =
      "/bin/kubectl delete restores.velero.io velero-restore-drill --namespace velero --ignore-not-found --timeout=5m";
    expect(commands).toEqual([
      [kubectl, clean],
      [kubectl, forget],
      [
        "docker.io/velero/velero:v1.18.1",
        "/velero restore create velero-restore-drill --namespace velero --from-schedule velero-platform --include-namespaces velero-restore-drill --namespace-mappings velero-restore-drill:velero-restore-drill-copy --wait",
      ],
      [
        kubectl,
        "/bin/kubectl wait configmap/marker --namespace velero-restore-drill-copy --for=jsonpath={.data.text}=restored-from-a-backup --timeout=60s",
      ],
      [kubectl, clean],
      [kubectl, forget],
    ]);
  });

  test("may delete only the copy and its own Restore", () => {
    const rules = manifests.flatMap(({ kind, rules: each }) =>
      kind.endsWith("Role") ? (each as { verbs: string[] }[]) : [],
    );

    expect(rules.filter(({ verbs }) => verbs.includes("delete"))).toEqual([
      {
        apiGroups: ["velero.io"],
        resources: ["restores"],
        resourceNames: ["velero-restore-drill"],
        verbs: ["delete"],
      },
      {
        apiGroups: [""],
        resources: ["namespaces"],
        resourceNames: ["velero-restore-drill-copy"],
        verbs: ["get", "list", "watch", "delete"],
      },
    ]);
  });

  test("uses the kubectl image that the release pins, and a fixed one for releases before 2026.12", () => {
    const kubectls = (differences: Parameters<typeof contextOf>[0]) => [
      ...new Set(
        JSON.stringify(manifestsOf(velero, contextOf(differences))).match(/registry\.k8s\.io\/kubectl:[^"]+/g),
      ),
    ];

    expect(kubectls({ images: { kubectl: "v1.35.9" } })).toEqual(["registry.k8s.io/kubectl:v1.35.9"]);
    expect(kubectls({ kubernetes_version: "1.34" })).toEqual(["registry.k8s.io/kubectl:v1.34.0"]);
  });

  test("does not run without a schedule", () => {
    const none = manifestsOf(velero, contextOf(), { restore_drill_schedule: null });
    expect(none.map(({ kind }) => kind)).toEqual(REMOVAL);
  });
});

describe("backups of another cluster", () => {
  const from = (differences: object = {}) => ({
    restore_from: { cluster_name: "old.example.com", bucket: "old-velero", kms_key_arn: null, ...differences },
  });

  test("are in a second location, which Velero does not write to, and there is no drill meanwhile", () => {
    const values = valuesOf(velero, contextOf(), from());

    expect(values["configuration"]).toMatchObject({
      backupStorageLocation: [
        { name: "default", default: true },
        {
          name: "other",
          provider: "aws",
          bucket: "old-velero",
          accessMode: "ReadOnly",
          config: { region: "eu-west-1" },
        },
      ],
    });
    expect(values["schedules"]).toMatchObject({ platform: { template: { storageLocation: "default" } } });
    expect(manifestsOf(velero, contextOf(), from()).map(({ kind }) => kind)).toEqual(REMOVAL);
    expect(valuesOf(velero, contextOf(), { ...from(), included_namespaces: ["shop"] })["schedules"]).toMatchObject({
      platform: { template: { includedNamespaces: ["shop"] } },
    });
    expect(valuesOf(velero, contextOf(), from({ region: "eu-north-1" }))["configuration"]).toMatchObject({
      backupStorageLocation: [{ config: { region: "eu-west-1" } }, { config: { region: "eu-north-1" } }],
    });
  });

  test("can be read, and the role writes only logs of restores and volumes of that cluster's snapshots", () => {
    const key = "arn:aws:kms:eu-west-1:111111111111:key/k1";
    const given = { ...from({ kms_key_arn: key }) };
    const before = permissionsOf(velero).map(({ sid }) => sid);
    const added = permissionsOf(velero, contextOf(), given).filter(({ sid }) => !before.includes(sid));

    const tag = "ebs.csi.aws.com/cluster-name";
    const volumes = ["arn:aws:ec2:eu-west-1:111111111111:volume/*"];
    const requested = { [`aws:RequestTag/${tag}`]: "old-example-com" };
    expect(added.map(({ sid: _, ...statement }) => statement)).toEqual([
      { actions: ["s3:GetBucketLocation", "s3:ListBucket"], resources: ["arn:aws:s3:::old-velero"] },
      { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::old-velero/*"] },
      { actions: ["s3:DeleteObject", "s3:PutObject"], resources: ["arn:aws:s3:::old-velero/restores/*"] },
      { actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [key] },
      {
        actions: ["ec2:CreateVolume"],
        resources: ["arn:aws:ec2:eu-west-1:*:snapshot/*"],
        condition: { StringEquals: { [`aws:ResourceTag/${tag}`]: "old-example-com" } },
      },
      { actions: ["ec2:CreateVolume"], resources: volumes, condition: { StringEquals: requested } },
      {
        actions: ["ec2:CreateTags"],
        resources: volumes,
        condition: { StringEquals: { "ec2:CreateAction": "CreateVolume", ...requested } },
      },
    ]);
    expect(
      permissionsOf(velero, contextOf(), { ...from(), volumes: "files" }).flatMap(({ actions }) => actions),
    ).not.toContain("ec2:CreateVolume");
  });

  test("are not in the cluster's own bucket", () => {
    const path = ["options", "restore_from"];
    const own = (bucket: string, options: object = {}) =>
      reportsOf(
        velero,
        contextOf({ enabled: ["aws_ebs_csi_driver"] }),
        optionsOf(velero, { ...from({ bucket }), ...options }),
      );
    const message = (bucket: string) =>
      `names the bucket of this cluster's own backups, ${bucket}, which can be restored already. Remove it`;

    expect(own("demo-velero-111111111111")).toEqual([{ path, message: message("demo-velero-111111111111") }]);
    expect(own("backups", { bucket: { name: "backups", kms_key_arn: null } })).toEqual([
      { path, message: message("backups") },
    ]);
    expect(own("demo-velero-111111111111", { bucket: { name: "backups", kms_key_arn: null } })).toEqual([]);
  });
});

describe("its own settings", () => {
  const check = (differences: Parameters<typeof contextOf>[0], options = {}) =>
    reportsOf(velero, contextOf(differences), optionsOf(velero, options));
  const enabled = ["aws_ebs_csi_driver"];

  test("warns in tier development, which has no schedule", () => {
    expect(check({ enabled, tier: "development" })).toEqual([
      {
        path: ["enabled"],
        message:
          "backs up a cluster of tier development, which can be recreated. Set velero_enabled: false, or set options.schedule",
        severity: "warning",
      },
    ]);
    expect(check({ enabled, tier: "development" }, { schedule: "0 1 * * *" })).toEqual([]);
    expect(check({ enabled })).toEqual([]);
  });

  test("requires a kubectl for the cluster's Kubernetes version", () => {
    const report = {
      path: ["enabled"],
      message:
        "requires an image of kubectl for Kubernetes 1.36. Add images.kubectl to the release, or use another release",
    };

    expect(check({ enabled, kubernetes_version: "1.36" })).toEqual([report]);
    expect(check({ enabled, kubernetes_version: "1.36", images: { kubectl: "v1.36.4" } })).toEqual([]);
  });

  test("requires the EBS driver for snapshots", () => {
    expect(check({})).toEqual([
      {
        path: ["options", "volumes"],
        message:
          "ebs_snapshots requires aws_ebs_csi_driver. Set aws_ebs_csi_driver_enabled: true, or set this to files or none",
      },
    ]);
    expect(check({}, { volumes: "files" })).toEqual([]);
    expect(check({ auto_mode_only: true })).toEqual([
      {
        path: ["options", "volumes"],
        message:
          "ebs_snapshots requires volumes with the tag of the EBS driver, which Auto Mode does not set. Set files or none",
      },
    ]);
  });

  test("refuses keys of snapshots if volumes are copied in another way", () => {
    const volume_key_arns = ["arn:aws:kms:eu-west-1:111111111111:key/k1"];

    expect(check({}, { volumes: "files", volume_key_arns })).toEqual([
      {
        path: ["options", "volume_key_arns"],
        message: "has no effect because volumes is files. Remove it, or set volumes: ebs_snapshots",
      },
    ]);
    expect(permissionsOf(velero, contextOf(), { volume_key_arns }).map(({ sid }) => sid)).toContain("EncryptVolumes");
  });
});

describe("alerts", () => {
  const rules = (differences: Parameters<typeof contextOf>[0], options = {}) =>
    manifestsOf(velero, contextOf(differences), { restore_drill_schedule: null, ...options }).slice(REMOVAL.length);
  const enabled = ["kube_prometheus_stack"];
  const tooOld = (options: Parameters<typeof optionsOf<typeof velero.options>>[1]) =>
    JSON.stringify(rules({ enabled }, options)).match(/> (\d+) \* 3600/)?.[1];

  test("report backups that failed or are too old, if Prometheus is installed", () => {
    expect(rules({})).toEqual([]);
    expect(rules({ enabled }).map(({ kind, metadata }) => [kind, metadata.name])).toEqual([
      ["PrometheusRule", "velero"],
    ]);
    expect(JSON.stringify(rules({ enabled })).match(/"alert":"\w+"/g)).toEqual([
      '"alert":"BackupFailed"',
      '"alert":"BackupTooOld"',
      '"alert":"BackupLocationUnavailable"',
    ]);
  });

  test.each([
    [null, "26"], // the service level's: every night
    ["30 */6 * * *", "8"],
    ["0 3 * * 0", "170"],
    ["0 3 * * 1-5", "74"],
    ["*/5 9-17 * * 1-5", "66"],
    ["0 0 1 * *", "746"],
  ])("at service level %p, a backup is too old after %p hours", (schedule, hours) => {
    expect(tooOld({ schedule })).toBe(hours);
  });

  test("do not exist at a service level without backups", () => {
    expect(rules({ enabled, service_level: LEVELS.one })).toEqual([]);
  });
});
