import type { CiSystem } from "../fleet/schema/pipelines";
import { concourse } from "./concourse/concourse";
import { github } from "./github/github";
import { gitlab } from "./gitlab/gitlab";
import type { Renderer } from "./model/renderer";
import { prow } from "./prow/prow";

/** The renderer of each CI system. */
export const RENDERERS: Readonly<Partial<Record<CiSystem, Renderer>>> = { concourse, github, gitlab, prow };
