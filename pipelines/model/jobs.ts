import type { Job, Step } from "./model";
import type { Stage } from "./stage";

type Given = Pick<Job, "name" | "purpose" | "steps"> & Partial<Job>;

/** Returns a job with the safest value of everything that is not given. */
export function job(given: Given): Job {
  return {
    identity: "none",
    after: [],
    evenIfFailed: false,
    each: null,
    oneAtATime: null,
    cancellable: false,
    approval: false,
    forks: false,
    reachesClusters: false,
    rights: [],
    minutes: 20,
    keeps: null,
    reads: [],
    tells: [],
    ...given,
  };
}

/** Returns a step that runs if those before it ended well. */
export function step(stage: Stage, ...variables: Step["variables"]): Step {
  return { stage, words: [], variables, evenIfFailed: false };
}

/** Returns the step with constant words after its stage. */
export function withWords(given: Step, ...words: readonly string[]): Step {
  return { ...given, words };
}

/** Returns the step so that it also runs after a failure. */
export function always(given: Step): Step {
  return { ...given, evenIfFailed: true };
}
