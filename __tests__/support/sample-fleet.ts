/**
 * The tests' own fleet: accounts, tiers, channels and clusters that use every part of the program. `definitions/` belongs to the
 * user, so no test, example or benchmark reads its clusters.
 */
export const SAMPLE_FLEET = "__tests__/fleets/samples";
