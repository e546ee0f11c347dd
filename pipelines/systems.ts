import type { CiSystem } from "../fleet/schema/pipelines";
import { github } from "./github/github";
import { gitlab } from "./gitlab/gitlab";
import type { Renderer } from "./model/renderer";

/** What writes the pipelines of each CI system. */
export const RENDERERS: Readonly<Partial<Record<CiSystem, Renderer>>> = { github, gitlab };
