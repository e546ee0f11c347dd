/** Part of `@cloud-copilot/iam-simulate`, whose `exports` the checker of imports cannot resolve. */
const { runSimulation } = jest.requireActual<{
  runSimulation(
    simulation: object,
    options: object,
  ): Promise<{ readonly overallResult?: string; readonly errors?: unknown }>;
}>("@cloud-copilot/iam-simulate");

/** True if IAM would allow what a simulation describes. Fails if the simulator refuses it, such as for an action that does not exist. */
export async function isAllowed(simulation: object): Promise<boolean> {
  const simulated = await runSimulation(
    { identityPolicies: [], serviceControlPolicies: [], resourceControlPolicies: [], ...simulation },
    {},
  );
  if (simulated.overallResult === undefined) throw new Error(`the simulation failed: ${JSON.stringify(simulated)}`);
  return simulated.overallResult === "Allowed";
}
