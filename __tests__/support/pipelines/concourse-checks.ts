import YAML from "yaml";
import { z } from "zod";

/** Fields of Concourse 8.3, from the JSON tags of its sources (atc/config.go, atc/steps.go, atc/task.go). */
const name = z.string().regex(/^[a-z0-9][a-z0-9_.-]*$/);
const map = z.record(z.string(), z.unknown());
const modifiers = {
  tags: z.array(z.string()).min(1).optional(),
  timeout: z
    .string()
    .regex(/^\d+[smh]$/)
    .optional(),
  attempts: z.int().optional(),
};
const image = z.strictObject({
  type: z.string(),
  source: map,
  params: map.optional(),
  version: map.optional(),
  name: name.optional(),
});
const steps = z.union([
  z.strictObject({
    get: name,
    resource: name.optional(),
    passed: z.array(name).min(1).optional(),
    params: map.optional(),
    trigger: z.boolean().optional(),
    version: z.union([z.enum(["every", "latest"]), map]).optional(),
    ...modifiers,
  }),
  z.strictObject({
    task: name,
    config: z.strictObject({
      platform: z.literal("linux"),
      image_resource: image,
      inputs: z.array(z.strictObject({ name, path: z.string().optional(), optional: z.boolean().optional() })),
      outputs: z.array(z.strictObject({ name, path: z.string().optional() })).optional(),
      caches: z.array(z.strictObject({ path: z.string() })).optional(),
      params: z.record(z.string(), z.string()),
      run: z.strictObject({
        path: z.string(),
        args: z.array(z.string()),
        dir: z.string().optional(),
        user: z.string().optional(),
      }),
    }),
    ...modifiers,
  }),
  z.strictObject({
    set_pipeline: z.string(),
    file: z.string(),
    vars: map.optional(),
    var_files: z.array(z.string()).optional(),
    instance_vars: map.optional(),
    team: name.optional(),
    ...modifiers,
  }),
]);
const put = z.strictObject({
  put: name,
  params: map.optional(),
  get_params: map.optional(),
});
const pipeline = z.strictObject({
  resource_types: z.array(z.strictObject({ name, type: z.string(), source: map, version: map.optional() })).optional(),
  var_sources: z
    .array(z.strictObject({ name, type: z.enum(["idtoken", "vault", "ssm", "secretmanager", "dummy"]), config: map }))
    .optional(),
  resources: z.array(
    z.strictObject({
      name,
      type: z.string(),
      source: map,
      check_every: z.string().optional(),
      version: map.optional(),
    }),
  ),
  jobs: z
    .array(
      z.strictObject({
        name,
        serial: z.boolean().optional(),
        serial_groups: z.array(name).min(1).optional(),
        disable_manual_trigger: z.boolean().optional(),
        on_success: put.optional(),
        on_failure: put.optional(),
        on_error: put.optional(),
        on_abort: put.optional(),
        plan: z.array(steps).min(1),
      }),
    )
    .min(1),
});

/** Types that every Concourse has. */
const BUILT_IN = ["git", "time", "registry-image", "pool", "s3", "semver", "mock"];

/** Returns what Concourse would refuse of a pipeline: unknown fields, unknown and unused resources, names, and jobs that do not fit. */
export function concourseErrors(text: string): string[] {
  const parsed = pipeline.safeParse(YAML.parse(text, { version: "1.1" }));
  if (!parsed.success) return parsed.error.issues.map(({ message, path }) => `${path.join(".")}: ${message}`);
  const { jobs, resource_types = [], resources, var_sources = [] } = parsed.data;
  const errors: string[] = [];
  for (const list of [jobs, resources, resource_types]) {
    const names = list.map((each) => each.name);
    if (new Set(names).size < names.length) errors.push(`a name is there twice: ${names.join(", ")}`);
  }
  const types = [...BUILT_IN, ...resource_types.map((each) => each.name)];
  for (const { name: resource, type } of resources)
    if (!types.includes(type)) errors.push(`${resource} has the unknown type ${type}`);
  const used = new Set<string>();
  for (const { name: job, on_abort, on_error, on_failure, on_success, plan } of jobs) {
    for (const hook of [on_abort, on_error, on_failure, on_success]) {
      if (hook === undefined) continue;
      used.add(hook.put);
      if (!resources.some((each) => each.name === hook.put))
        errors.push(`${job} puts the unknown resource ${hook.put}`);
    }
    for (const step of plan) {
      if (!("get" in step)) continue;
      const resource = step.resource ?? step.get;
      used.add(resource);
      if (!resources.some((each) => each.name === resource))
        errors.push(`${job} gets the unknown resource ${resource}`);
      for (const earlier of step.passed ?? []) {
        const other = jobs.find((each) => each.name === earlier);
        if (other === undefined) errors.push(`${job} waits for the unknown job ${earlier}`);
        else if (!other.plan.some((each) => "get" in each && (each.resource ?? each.get) === resource))
          errors.push(`${job} waits for ${resource} of ${earlier}, which does not get it`);
        if (earlier === job) errors.push(`${job} waits for itself`);
      }
    }
  }
  errors.push(...resources.filter((each) => !used.has(each.name)).map((each) => `${each.name} is used by no job`));
  const sources = [...text.matchAll(/\(\(([a-z][\w-]*):/g)].map(([, source]) => source);
  errors.push(
    ...sources
      .filter((source) => !var_sources.some((each) => each.name === source))
      .map((source) => `${source} is no source of variables`),
  );
  return errors;
}

/** Returns which pipelines of a set of files no other pipeline sets, apart from the mother, which sets itself. */
export function unsetPipelines(files: ReadonlyMap<string, string>): string[] {
  const set = [...files].flatMap(([path, text]) =>
    [...text.matchAll(/- set_pipeline: (\S+)\n +file: repository\/(\S+)/g)].flatMap(([, name, file = ""]) =>
      name === "self" && file !== path ? [] : [file],
    ),
  );
  const pipelines = [...files.keys()].filter((path) => path.startsWith("concourse/"));
  return pipelines.filter((path) => !set.includes(path)).map((path) => `${path} is set by no pipeline`);
}
