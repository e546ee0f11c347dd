import YAML from "yaml";
import { z } from "zod";

/** Fields of Prow's jobs, from its documented configuration, as far as the generated files use them. */
const text = z.string().min(1);
const env = z.strictObject({
  name: text.regex(/^[A-Z][A-Z0-9_]*$/),
  value: z.string().optional(),
  valueFrom: z
    .strictObject({ secretKeyRef: z.strictObject({ name: text, key: text, optional: z.boolean() }) })
    .optional(),
});
const spec = z.strictObject({
  serviceAccountName: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/)
    .optional(),
  automountServiceAccountToken: z.boolean(),
  containers: z
    .array(
      z.strictObject({
        image: text,
        command: z.array(text),
        args: z.array(text),
        env: z.array(env),
        volumeMounts: z.array(z.strictObject({ name: text, mountPath: text, readOnly: z.boolean() })).optional(),
      }),
    )
    .length(1),
  volumes: z
    .array(
      z.strictObject({
        name: text,
        projected: z.strictObject({
          sources: z.array(
            z.strictObject({
              serviceAccountToken: z.strictObject({ audience: text, expirationSeconds: z.int().min(600), path: text }),
            }),
          ),
        }),
      }),
    )
    .optional(),
});
const job = {
  name: text.regex(/^[A-Za-z0-9-._]+$/),
  cluster: text.optional(),
  decorate: z.literal(true),
  decoration_config: z.strictObject({ timeout: text, grace_period: text }),
  error_on_eviction: z.boolean().optional(),
  max_concurrency: z.int().min(1).optional(),
  job_queue_name: text.optional(),
  rerun_auth_config: z
    .strictObject({ github_team_slugs: z.array(z.strictObject({ org: text, slug: text })) })
    .optional(),
  reporter_config: z
    .strictObject({ slack: z.strictObject({ channel: text, job_states_to_report: z.array(text) }) })
    .optional(),
  annotations: z.record(z.string(), z.string()).optional(),
  spec,
};
const branches = z.array(text);
const jobs = z.strictObject({
  presubmits: z.record(
    z.string(),
    z.array(z.strictObject({ ...job, always_run: z.literal(true), branches, context: text })),
  ),
  postsubmits: z.record(z.string(), z.array(z.strictObject({ ...job, always_run: z.boolean().optional(), branches }))),
  periodics: z.array(
    z.strictObject({
      ...job,
      cron: text,
      extra_refs: z.array(z.strictObject({ org: text, repo: text, base_ref: text })),
    }),
  ),
});

/** Volumes and variables that Prow's decoration adds itself. */
const RESERVED = ["logs", "tools", "gcs-credentials", "s3-credentials", "code"];

/** Returns what Prow would refuse of the generated files. */
export function prowErrors(jobsText: string, configText: string): string[] {
  const parsed = jobs.safeParse(YAML.parse(jobsText, { version: "1.1" }));
  if (!parsed.success) return parsed.error.issues.map(({ message, path }) => `${path.join(".")}: ${message}`);
  const { periodics, postsubmits, presubmits } = parsed.data;
  const { plank } = YAML.parse(configText) as { plank: { job_queue_capacities: Record<string, number> } };
  const every = [...Object.values(presubmits).flat(), ...Object.values(postsubmits).flat(), ...periodics];
  const errors = [Object.values(presubmits).flat(), Object.values(postsubmits).flat(), periodics].flatMap((list) => {
    const names = list.map(({ name }) => name);
    return names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${name} is there twice`);
  });
  for (const { job_queue_name: queue, name, spec: pod } of every) {
    if (queue !== undefined && plank.job_queue_capacities[queue] === undefined)
      errors.push(`${name}: queue ${queue} has no capacity`);
    const [container] = pod.containers;
    const names = container?.env.map((each) => each.name) ?? [];
    if (new Set(names).size < names.length) errors.push(`${name} has a variable twice`);
    for (const { name: volume } of pod.volumes ?? [])
      if (RESERVED.includes(volume)) errors.push(`${name}: volume ${volume} is Prow's own`);
    for (const mount of container?.volumeMounts ?? [])
      if (!pod.volumes?.some((each) => each.name === mount.name))
        errors.push(`${name} mounts ${mount.name}, which is no volume`);
  }
  return errors;
}
